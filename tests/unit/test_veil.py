"""What a person sees from whom entries are kept: never where those stand."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.standing import Row
from innovate.results.domain.veil import veil

BLANK = Row(
    idea_id=0,
    idea_public_id="",
    number=None,
    title="",
    group_code="A",
    track_code="",
    team_name="",
    unit_name="",
    in_gallery=False,
    raw=None,
    score=None,
    ballots=1,
    rank=None,
    track_rank=None,
    position=1,
)


def ranking(scores: Sequence[tuple[int, str]]) -> list[Row]:
    """Rows of one group from (score, category), ranked 1-1-3 as boards are; prizes for the first three."""
    rows = []
    for position, (idea, (score, track)) in enumerate(
        sorted(enumerate(scores), key=lambda each: -each[1][0]), 1
    ):
        rank = 1 + sum(other > score for other, _track in scores)
        own = 1 + sum(other > score for other, its in scores if its == track)
        rows.append(
            BLANK._replace(
                idea_id=idea,
                track_code=track,
                score=float(score),
                rank=rank,
                raw_rank=rank,
                track_rank=own,
                position=position,
                award={1: "Juara I", 2: "Juara II", 3: "Juara III"}.get(rank, ""),
                rank_low=rank,
                rank_high=rank + 1,
                p_top=0.5,
                passed=rank < 4,
            )
        )
    return rows


entries = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["digital", "fisik"])), min_size=1, max_size=12
)


@given(entries, st.data())
def test_a_kept_entry_leaves_no_gap_whatever_its_rank(scores, data) -> None:
    """Two worlds that differ only in the score of what is kept look the same."""
    kept = data.draw(st.integers(0, len(scores) - 1))
    other = [*scores]
    other[kept] = (data.draw(st.integers(0, 9)), scores[kept][1])
    seen, also = veil(ranking(scores), {kept}), veil(ranking(other), {kept})
    assert [row._replace(position=0) for row in seen] == [row._replace(position=0) for row in also]


@given(entries, st.sets(st.integers(0, 11)))
def test_what_is_shown_is_ranked_as_if_there_were_nothing_else(scores, hidden) -> None:
    shown = veil(ranking(scores), hidden)
    assert {row.idea_id for row in shown} == set(range(len(scores))) - hidden
    if hidden:
        ranks = [1 + sum((other.score or 0) > (row.score or 0) for other in shown) for row in shown]
        assert [row.rank for row in shown] == [row.raw_rank for row in shown] == ranks
        assert not any(row.award or row.p_top or row.rank_low or row.passed is not None for row in shown)


def test_nothing_changes_for_who_sees_everything() -> None:
    rows = ranking([(3, "digital"), (5, "fisik")])
    assert veil(rows, ()) is rows


def test_groups_and_pools_are_ranked_apart_and_what_has_no_rank_gets_none() -> None:
    kept = BLANK._replace(idea_id=1, rank=1)
    rows = [
        kept,
        BLANK._replace(idea_id=2, rank=2),
        BLANK._replace(idea_id=3, rank=2, pool=1),
        BLANK._replace(idea_id=4, rank=2, group_code="B"),
        BLANK._replace(idea_id=5),
    ]
    assert [row.rank for row in veil(rows, {1})] == [1, 2, 2, None]
