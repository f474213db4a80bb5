"""Ranks, ties and the combination of rounds."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from innovate.ideas.domain.entries import BoardEntry
from innovate.results.domain.ranking import RoundMeans, Scored, combine_rounds, rank_ideas
from innovate.results.domain.standing import build_rows, divide, find_cuts, hash_rows


class Line(NamedTuple):
    idea_id: int
    group_code: str


def entry(idea_id: int, group: str = "A", track: str = "t") -> BoardEntry:
    return BoardEntry(
        idea_id, f"p{idea_id}", idea_id, f"INOVASI {idea_id}", group, track, "Tim", "Dinas", True
    )


def test_worked_table() -> None:
    """The numbers of docs/algorithms/ranking.md."""
    desk = RoundMeans(Decimal(70), {1: (80.0, 3), 2: (86.0, 3), 3: (74.0, 3), 4: (80.0, 3)})
    talk = RoundMeans(Decimal(30), {1: (90.0, 5), 2: (76.0, 5), 3: (95.0, 5)})
    scores = combine_rounds([1, 2, 3, 4], [desk, talk])
    assert [s.score for s in scores] == [83.0, 83.0, 80.3, None]
    assert [(p.idea_id, p.rank, p.position) for p in rank_ideas(scores)] == [
        (1, 1, 1),
        (2, 1, 2),
        (3, 3, 3),
        (4, None, 4),
    ]


def test_a_tie_is_equality_after_six_decimals() -> None:
    placed = rank_ideas([Scored(1, 80.0000001, 3), Scored(2, 80.0000004, 3), Scored(3, 79.99999, 3)])
    assert [(p.idea_id, p.rank) for p in placed] == [(1, 1), (2, 1), (3, 3)]


def test_too_few_ballots_is_listed_apart_without_rank() -> None:
    placed = rank_ideas([Scored(1, 99.0, 1), Scored(2, 50.0, 3), Scored(3, None, 0)], minimum_ballots=2)
    assert [(p.idea_id, p.rank) for p in placed] == [(2, 1), (1, None), (3, None)]


def test_groups_and_categories_rank_separately_and_prizes_follow_the_group() -> None:
    entries = [entry(1), entry(2, track="u"), entry(3, "B"), entry(4)]
    scores = [Scored(1, 70, 3), Scored(2, 90, 3), Scored(3, 60, 3), Scored(4, 65, 3)]
    rows = build_rows(entries, scores, minimum_ballots=1, awards={1: "Juara I", 2: "Juara II"})
    assert [(r.idea_id, r.rank, r.track_rank, r.award) for r in rows] == [
        (2, 1, 1, "Juara I"),
        (1, 2, 1, "Juara II"),
        (4, 3, 2, ""),
        (3, 1, 1, "Juara I"),
    ]


def test_the_hash_changes_with_any_score() -> None:
    entries, scores = [entry(1), entry(2)], [Scored(1, 70, 3), Scored(2, 90, 3)]
    before = hash_rows(build_rows(entries, scores, minimum_ballots=1, awards={}))
    after = hash_rows(build_rows(entries, [Scored(1, 70.00001, 3), scores[1]], minimum_ballots=1, awards={}))
    assert before != after
    assert before == hash_rows(build_rows(entries, scores, minimum_ballots=1, awards={}))


scored = st.lists(
    st.builds(
        Scored,
        st.integers(1, 999),
        st.none() | st.floats(0, 100).map(lambda x: round(x, 1)),
        st.integers(0, 5),
    ),
    unique_by=lambda s: s.idea_id,
)


@given(scored, st.integers(1, 4))
def test_ranks_agree_with_counting_who_is_better(ideas: list[Scored], minimum: int) -> None:
    placed = rank_ideas(ideas, minimum_ballots=minimum)
    eligible = {s.idea_id: s.score for s in ideas if s.score is not None and s.ballots >= minimum}
    for place in placed:
        if place.idea_id in eligible:
            better = sum(score > eligible[place.idea_id] for score in eligible.values())
            assert place.rank == better + 1
        else:
            assert place.rank is None
    assert sorted(p.position for p in placed) == list(range(1, len(ideas) + 1))
    assert {p.idea_id for p in placed} == {s.idea_id for s in ideas}


@given(scored)
def test_order_of_input_does_not_change_ranks(ideas: list[Scored]) -> None:
    forward = {p.idea_id: p.rank for p in rank_ideas(ideas)}
    backward = {p.idea_id: p.rank for p in rank_ideas(list(reversed(ideas)))}
    assert forward == backward


class Placed(NamedTuple):
    group_code: str
    rank: int | None


def test_the_line_of_those_who_went_on_stands_below_the_last_of_them_in_each_group() -> None:
    rows = [Line(1, "A"), Line(2, "A"), Line(3, "A"), Line(4, "B"), Line(5, "B")]
    assert find_cuts(rows, {1, 2, 4}) == {2: 2, 4: 1}
    assert find_cuts(rows, {1, 3}) == {}, "no line where somebody above it stayed behind"
    assert find_cuts(rows, {4, 5}) == {}, "no line where nobody stands below"
    assert find_cuts(rows, set()) == {}


def test_a_list_is_divided_into_ties_and_the_unranked() -> None:
    rows = [
        *(Placed("A", rank) for rank in (1, 2, 3, 3, 5, None, None)),
        *(Placed("B", rank) for rank in (1, 1, 3, None)),
    ]
    runs = divide(rows)
    assert [(r.group_code, r.ranked, r.rank, len(r.rows)) for r in runs] == [
        ("A", True, None, 2),
        ("A", True, 3, 2),
        ("A", True, None, 1),
        ("A", False, None, 2),
        ("B", True, 1, 2),
        ("B", True, None, 1),
        ("B", False, None, 1),
    ]
    assert [row for run in runs for row in run.rows] == rows
    assert divide([]) == []
