"""From places to the rows of a board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from innovate.ideas.domain.entries import BoardEntry
from innovate.results.domain.method import ScoringRules
from innovate.results.domain.placing import Place, Unplaced, write_decision
from innovate.results.domain.standing import Row


def build_rows(
    entries: Sequence[BoardEntry],
    places: Sequence[Place],
    unplaced: Mapping[int, Unplaced],
    *,
    rules: ScoringRules,
    awards: Mapping[int, str],
    workings: Mapping[int, Sequence[Any]] | None = None,
) -> list[Row]:
    """Rows by group, then pool, then place; entries without a place come last in their group, by their order.

    `places` are in order within each group and pool. `awards` maps a rank within a group to the prize it wins; where a
    group falls into several pools nobody is first of all, so nobody wins.
    """
    by_idea = {entry.idea_id: entry for entry in entries}
    tracks = _rank_in_tracks(places, by_idea)
    split = {by_idea[place.idea].group_code for place in places if place.pool}
    position = Counter[str]()
    rows: list[Row] = []
    for place in places:
        entry = by_idea[place.idea]
        group = entry.group_code
        position[group] += 1
        wins = group not in split and rules.may_win(place.score)
        rows.append(
            _place(
                entry,
                place,
                track_rank=tracks[place.idea],
                position=position[group],
                award=awards.get(place.rank, "") if wins else "",
                passed=rules.passes(place.rank, place.score),
                working=workings.get(place.idea) if workings else None,
            )
        )
    placed = {place.idea for place in places}
    for entry in entries:
        if entry.idea_id not in placed:
            position[entry.group_code] += 1
            known = unplaced.get(entry.idea_id, Unplaced())
            rows.append(
                Row(
                    *entry,
                    raw=known.raw,
                    score=known.score,
                    ballots=known.ballots,
                    rank=None,
                    track_rank=None,
                    position=position[entry.group_code],
                )
            )
    return sorted(rows, key=lambda row: (row.group_code, row.position))


def _place(entry: BoardEntry, place: Place, **more: Any) -> Row:
    """A row with a place. Written out: taking both apart by name costs more than all the rest of a large board."""
    low, high = place.near or (None, None)
    return Row(
        *entry,
        raw=place.raw,
        score=place.score,
        ballots=place.ballots,
        rank=place.rank,
        pool=place.pool,
        raw_rank=place.raw_rank,
        se=place.se,
        low=place.low,
        high=place.high,
        rank_low=place.rank_low,
        rank_high=place.rank_high,
        p_top=place.p_top,
        near_low=low,
        near_high=high,
        tie=write_decision(place.decision),
        **more,
    )


def _rank_in_tracks(places: Sequence[Place], by_idea: Mapping[int, BoardEntry]) -> dict[int, int]:
    """Ranks within group, pool and category: A and B never meet. Who shares a rank shares it there too."""
    seen: dict[tuple[str, int, str], tuple[int, int, int]] = {}  # how many, the last's rank and place
    ranks: dict[int, int] = {}
    for place in places:
        entry = by_idea[place.idea]
        key = (entry.group_code, place.pool, entry.track_code)
        count, rank, own = seen.get(key, (0, 0, 0))
        own = own if rank == place.rank else count + 1
        seen[key] = (count + 1, place.rank, own)
        ranks[place.idea] = own
    return ranks
