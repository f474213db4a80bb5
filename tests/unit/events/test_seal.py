"""The seal: who sees results when, and which steps a board may take."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.seal import BoardState as S
from innovate.events.domain.seal import can_move, may_see_results, needs_reason

ORDER = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED, S.FINAL)
FORWARD = set(itertools.pairwise(ORDER))


def test_forward_goes_one_step_at_a_time() -> None:
    for before, after in itertools.product(S, S):
        ahead = ORDER.index(after) > ORDER.index(before)
        if ahead:
            assert can_move(before, after) is ((before, after) in FORWARD), (before, after)
        assert needs_reason(before, after) is (ORDER.index(after) < ORDER.index(before))


def test_every_frozen_ranking_can_be_corrected_and_nothing_moves_to_itself() -> None:
    for state in S:
        assert not can_move(state, state)
        if state.is_settled:
            assert can_move(state, S.PROVISIONAL), state


def test_what_is_public_was_signed_off() -> None:
    assert {before for before in S if can_move(before, S.ANNOUNCED)} == {S.SIGNED, S.FINAL}
    assert {before for before in S if can_move(before, S.SIGNED)} == {S.FROZEN, S.ANNOUNCED, S.FINAL}
    assert [state for state in ORDER if state.is_public] == [S.ANNOUNCED, S.FINAL]
    assert [state for state in ORDER if state.is_settled] == list(ORDER[2:])


@pytest.mark.parametrize("state", S)
def test_who_sees_results(state: S) -> None:
    nobody = {"is_organizer": False, "is_chair": False, "is_auditor": False}
    assert may_see_results(state, **nobody) is state.is_public
    assert may_see_results(state, **nobody | {"is_organizer": True})
    assert may_see_results(state, **nobody | {"is_auditor": True})
    assert may_see_results(state, **nobody | {"is_chair": True}) is (state is not S.COLLECTING)


# -- whatever happens ---------------------------------------------------------------------------------------------

people = st.fixed_dictionaries({who: st.booleans() for who in ("is_organizer", "is_chair", "is_auditor")})


def walk(choices: list[int]) -> list[S]:
    """A board's life: at each step one of the moves that are allowed there."""
    path = [S.COLLECTING]
    for choice in choices:
        allowed = [state for state in S if can_move(path[-1], state)]
        path.append(allowed[choice % len(allowed)])
    return path


@given(st.lists(st.integers(0, 9), max_size=30), people)
def test_along_every_way_a_board_can_go_the_public_learns_only_what_is_announced(choices, person) -> None:
    visitor = dict.fromkeys(person, False)
    for state in walk(choices):
        sees = may_see_results(state, **person)
        assert sees >= may_see_results(state, **visitor), (
            "never more for a visitor than for somebody with a part"
        )
        assert may_see_results(state, **visitor) is (state in {S.ANNOUNCED, S.FINAL})
        if not any(person.values()):
            assert sees is state.is_public


@given(st.sampled_from(S), st.sampled_from(S), people)
def test_nobody_sees_more_while_sealed_than_later(one, other, person) -> None:
    earlier, later = sorted((one, other), key=ORDER.index)
    assert may_see_results(earlier, **person) <= may_see_results(later, **person)


@given(st.sampled_from(S), people, people)
def test_a_further_part_never_takes_sight_away(state, person, more) -> None:
    both = {who: person[who] or more[who] for who in person}
    assert may_see_results(state, **both) >= may_see_results(state, **person)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_on_the_way_to_the_public_somebody_always_signs(choices) -> None:
    """Between collecting and each announcement stands a signature for a snapshot that was frozen since."""
    path = walk(choices)
    for at, state in enumerate(path):
        if not state.is_public:
            continue
        before = path[:at]
        reopened = max((n for n, each in enumerate(before) if not each.is_settled), default=-1)
        assert S.SIGNED in before[reopened + 1 :]
        assert before[reopened + 1] is S.FROZEN
