"""Who must not judge what. Units and teams are compared here; what people declare is kept in the database."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


class Reason(enum.StrEnum):
    """Why a juror must not judge an entry, the weightiest first."""

    TEAM = "team"  # is or was in its team
    OWN_UNIT = "own_unit"
    SUPERIOR_UNIT = "superior_unit"  # the juror's unit stands above the entry's
    SUBORDINATE_UNIT = "subordinate_unit"  # the entry's unit stands above the juror's
    DECLARED = "declared"
    ABSTAINED = "abstained"


@dataclass(frozen=True)
class JurorTies:
    """What a juror is tied to."""

    user_id: int
    unit_id: int | None


@dataclass(frozen=True)
class EntryTies:
    """What an entry is tied to: its units (its own and its team's) and everyone who is or was in its team."""

    idea_id: int
    unit_ids: frozenset[int]
    member_ids: frozenset[int]


def line_of(unit_id: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and those above it, nearest first; a ring in the data ends the walk."""
    line: list[int] = []
    while unit_id is not None and unit_id not in line:
        line.append(unit_id)
        unit_id = parents.get(unit_id)
    return line


def find_conflict(juror: JurorTies, entry: EntryTies, parents: Mapping[int, int | None]) -> Reason | None:
    """Why the juror's unit or team keeps them from the entry, None where nothing does."""
    if juror.user_id in entry.member_ids:
        return Reason.TEAM
    if juror.unit_id is None or not entry.unit_ids:
        return None
    if juror.unit_id in entry.unit_ids:
        return Reason.OWN_UNIT
    if any(juror.unit_id in line_of(unit, parents) for unit in entry.unit_ids):
        return Reason.SUPERIOR_UNIT
    if entry.unit_ids.intersection(line_of(juror.unit_id, parents)):
        return Reason.SUBORDINATE_UNIT
    return None


def find_all(
    jurors: Iterable[JurorTies],
    entries: Iterable[EntryTies],
    parents: Mapping[int, int | None],
    said: Mapping[tuple[int, int], Reason],
) -> dict[tuple[int, int], Reason]:
    """Every (idea, juror) that must not be, with why. `said` holds declarations and abstentions.

    Entries are looked up by what ties a juror to them, so the work grows with the conflicts, not with every pair.
    """
    tied = _Ties(entries, parents)
    found: dict[tuple[int, int], Reason] = dict(said)
    for juror in jurors:
        for entry in tied.to(juror):
            if reason := find_conflict(juror, entry, parents):
                found[entry.idea_id, juror.user_id] = reason
    return found


class _Ties:
    """Entries by their members, their units, and all units above these."""

    def __init__(self, entries: Iterable[EntryTies], parents: Mapping[int, int | None]) -> None:
        self.parents = parents
        self.by_member: dict[int, list[EntryTies]] = {}
        self.by_unit: dict[int, list[EntryTies]] = {}
        self.below: dict[int, list[EntryTies]] = {}
        for entry in entries:
            for member in entry.member_ids:
                self.by_member.setdefault(member, []).append(entry)
            for unit in entry.unit_ids:
                self.by_unit.setdefault(unit, []).append(entry)
            for above in {above for unit in entry.unit_ids for above in line_of(unit, parents)}:
                self.below.setdefault(above, []).append(entry)

    def to(self, juror: JurorTies) -> Iterator[EntryTies]:
        """Entries something may tie the juror to."""
        yield from self.by_member.get(juror.user_id, ())
        if juror.unit_id is not None:
            yield from self.below.get(juror.unit_id, ())
        for unit in line_of(juror.unit_id, self.parents):
            yield from self.by_unit.get(unit, ())
