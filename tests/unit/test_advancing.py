"""Who advances, with the numbers of docs/algorithms/advancing.md."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.advance import Cut, CutRule, cut_groups, list_tied


@dataclass(frozen=True)
class Row:
    idea_id: int
    group_code: str
    rank: int | None


# Six entries of group A for three places: 2 stands alone, 3, 4 and 5 share rank 2, one has no rank.
ROWS = [
    Row(2, "A", 1),
    Row(3, "A", 2),
    Row(4, "A", 2),
    Row(5, "A", 2),
    Row(6, "A", 5),
    Row(7, "A", None),
]
MEANS = {3: [4.0, 3.5], 4: [4.5, 3.0], 5: [4.0, 4.0]}


def decide(rule: CutRule, per_group: int = 3, means=MEANS, rows=ROWS) -> Cut:
    (cut,) = cut_groups(rows, per_group, rule, means)
    return cut


def test_the_worked_example() -> None:
    assert decide(CutRule.CRITERIA) == Cut("A", (2, 4, 5), (), 0, {4: 0, 5: 1})
    assert decide(CutRule.ALL) == Cut("A", (2, 3, 4, 5))
    assert decide(CutRule.NONE) == Cut("A", (2,))
    assert decide(CutRule.HAND) == Cut("A", (2,), (3, 4, 5), 2)
    assert list_tied(ROWS, 3) == [3, 4, 5]


def test_a_tie_that_fits_needs_no_decision() -> None:
    assert decide(CutRule.HAND, 4) == Cut("A", (2, 3, 4, 5))
    assert list_tied(ROWS, 4) == []


def test_criteria_that_are_equal_leave_the_rest_undecided() -> None:
    same = {3: [4.0, 4.0], 4: [4.5, 3.0], 5: [4.0, 4.0]}
    assert decide(CutRule.CRITERIA, means=same) == Cut("A", (2, 4), (3, 5), 1, {4: 0})
    assert decide(CutRule.CRITERIA, means={}) == Cut("A", (2,), (3, 4, 5), 2, {})


def test_more_places_than_entries_take_every_ranked_one() -> None:
    assert decide(CutRule.CRITERIA, 10).advancing == (2, 3, 4, 5, 6)


def test_groups_are_cut_apart() -> None:
    rows = [Row(1, "B", 1), Row(2, "A", 1), Row(3, "B", 2), Row(4, "A", 2)]
    cuts = cut_groups(rows, 1, CutRule.CRITERIA, {})
    assert [(cut.group_code, cut.advancing) for cut in cuts] == [("A", (2,)), ("B", (1,))]


@st.composite
def boards(draw: st.DrawFn) -> tuple[list[Row], dict[int, list[float]]]:
    scores = draw(st.lists(st.integers(0, 4), min_size=1, max_size=12))
    rows = [Row(n, "A", 1 + sum(other > score for other in scores)) for n, score in enumerate(scores)]
    marks = st.lists(st.integers(1, 3).map(float), min_size=2, max_size=2)
    return rows, {row.idea_id: draw(marks) for row in rows}


@given(boards(), st.integers(1, 12), st.sampled_from(list(CutRule)))
def test_nobody_is_passed_over(board, per_group: int, rule: CutRule) -> None:
    rows, means = board
    cut = decide(rule, per_group, means, rows)
    rank = {row.idea_id: row.rank for row in rows}
    inside, outside = set(cut.advancing), set(rank) - set(cut.advancing) - set(cut.undecided)
    assert len(inside) == len(cut.advancing)
    assert all(rank[a] <= rank[b] for a in inside for b in outside)
    if rule is not CutRule.ALL:
        assert len(inside) + cut.open_places <= per_group
        assert len(inside) + len(cut.undecided) >= min(per_group, len(rows)) or rule is CutRule.NONE
    for idea, criterion in (cut.by_criterion or {}).items():
        same = [other for other in {*outside, *cut.undecided} if rank[other] == rank[idea]]
        assert same
        assert all(means[idea][: criterion + 1] > means[other][: criterion + 1] for other in same[:1])
