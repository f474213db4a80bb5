"""Two different people must have typed the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from innovate.paper.domain.agreement import SheetState, Typed, find_partner, list_disputed, state_after


def typed(who: int, *values: str, seat: int = 1) -> Typed:
    return Typed(who, seat, {str(key): value for key, value in enumerate(values)})


def test_the_ways_to_a_ballot() -> None:
    ana, budi, citra = typed(1, "4", "3"), typed(2, "4", "3"), typed(3, "4", "2")
    assert state_after([], ana) is SheetState.KEYED
    assert state_after([ana], budi) is SheetState.MATCHED
    assert state_after([ana], citra) is SheetState.DIFFERING
    assert state_after([ana, citra], typed(3, "4", "3")) is SheetState.CONFIRMED
    assert find_partner([ana, citra], typed(3, "4", "3")) == 0
    assert state_after([ana, citra], typed(1, "4", "2")) is SheetState.CONFIRMED
    assert state_after([ana, citra], typed(4, "5", "5")) is SheetState.DIFFERING


def test_nobody_confirms_themselves() -> None:
    assert state_after([typed(1, "4"), typed(2, "3")], typed(1, "4")) is SheetState.DIFFERING


def test_another_entry_is_another_answer() -> None:
    assert state_after([typed(1, "4", seat=1)], typed(2, "4", seat=2)) is SheetState.DIFFERING


entries = st.builds(typed, st.integers(1, 3), st.sampled_from("345"), seat=st.integers(1, 2))


@given(st.lists(entries, max_size=5), entries)
def test_a_ballot_always_has_two_people_behind_it(before: list[Typed], last: Typed) -> None:
    state = state_after(before, last)
    behind = {each.typist_id for each in [*before, last] if each.says_what(last)}
    assert state.is_ballot == (len(behind) > 1)
    assert (state is SheetState.KEYED) == (not before)


def test_what_is_disputed() -> None:
    assert list_disputed([{"1": "4", "2": "3"}, {"1": "4", "2": "2"}, {"1": "4", "2": "3"}]) == {"2"}
    assert list_disputed([{"1": "4"}]) == list_disputed([]) == set()
