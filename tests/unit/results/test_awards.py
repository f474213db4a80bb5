"""Award lists, and the order in which a ceremony reveals them."""

from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.awards import list_places, shared_ranks
from innovate.results.domain.ceremony import Step, StepKind, plan_steps

PRIZES = {1: "Juara I", 2: "Juara II", 3: "Juara III", 4: "Juara Harapan I"}


def row(group: str, rank: int | None, title: str) -> SimpleNamespace:
    return SimpleNamespace(group_code=group, rank=rank, award=PRIZES.get(rank or 0, ""), title=title)


def rows_of(ranks: list[int | None], group: str = "A") -> list[SimpleNamespace]:
    return [row(group, rank, f"{group}{n}") for n, rank in enumerate(ranks)]


def test_each_group_has_its_own_places() -> None:
    places = list_places([*rows_of([1, 2, 3]), *rows_of([1, 2], "B")], PRIZES)
    assert [(p.group_code, p.rank, p.award) for p in places] == [
        ("A", 1, "Juara I"),
        ("A", 2, "Juara II"),
        ("A", 3, "Juara III"),
        ("B", 1, "Juara I"),
        ("B", 2, "Juara II"),
    ]
    assert not any(p.is_shared or p.skipped for p in places)


def test_a_shared_rank_says_which_prizes_nobody_gets() -> None:
    first, third, fourth = list_places(rows_of([1, 1, 3, 4, 4]), PRIZES)
    assert first.is_shared
    assert first.skipped == ("Juara II",)
    assert not third.is_shared
    assert fourth.is_shared
    assert fourth.skipped == ()  # there is no prize for rank 5
    assert shared_ranks(rows_of([1, 1, 3, 4, 4])) == {("A", 1), ("A", 4)}


def test_without_prizes_the_first_ranks_can_be_asked_for() -> None:
    rows = [SimpleNamespace(group_code="", rank=n, award="", title=str(n)) for n in (1, 2, 3, 4, None)]
    assert list_places(rows, {}) == []
    assert [p.rank for p in list_places(rows, {}, upto=3)] == [1, 2, 3]


def test_a_ceremony_goes_from_the_last_to_the_first_of_each_group() -> None:
    places = list_places([*rows_of([1, 1, 3]), *rows_of([1, 2], "B")], PRIZES)
    steps = plan_steps(["B", "A"], places, ["khusus"])
    told = [(step.kind.value, step.group_code, step.place.rank if step.place else None) for step in steps]
    assert told == [
        ("opening", "", None),
        ("group", "B", None),
        ("place", "B", 2),
        ("place", "B", 1),
        ("group", "A", None),
        ("place", "A", 3),
        ("place", "A", 1),
        ("special", "", None),
        ("closing", "", None),
    ]
    assert [step.is_first for step in steps] == [False, False, False, True, False, False, True, False, False]


def test_nothing_to_reveal_is_an_opening_alone() -> None:
    assert [step.kind for step in plan_steps(["A"], [])] == [StepKind.OPENING]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 6)), max_size=12))
def test_no_step_shows_a_place_before_its_own_step(drawn: list[tuple[str, int]]) -> None:
    rows = [row(group, rank, str(n)) for n, (group, rank) in enumerate(sorted(drawn))]
    steps = plan_steps(["A", "B"], list_places(rows, PRIZES, upto=6))
    revealed: set[tuple[str, int]] = set()
    for step in steps:
        if step.place:
            revealed.add((step.group_code, step.place.rank))
        assert opened(step) <= revealed
    assert revealed == set(drawn)
    for before, after in pairwise(steps):
        if before.place and after.place and before.group_code == after.group_code:
            assert before.place.rank > after.place.rank


def opened(step: Step) -> set[tuple[str, int]]:
    return {(place.group_code, place.rank) for place, is_open in step.ladder if is_open}
