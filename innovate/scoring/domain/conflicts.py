"""Who must not judge what. Units, teams and mentors are compared here; what people declare is in the database."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Reason(enum.StrEnum):
    """Why a juror must not judge an entry, the weightiest first."""

    TEAM = "team"  # is or was in its team
    MENTOR = "mentor"  # accompanies or accompanied its team
    CHALLENGE = "challenge"  # belongs to the organisation that put the challenge of its track
    OWN_UNIT = "own_unit"
    SUPERIOR_UNIT = "superior_unit"  # the juror's unit stands above the entry's
    SUBORDINATE_UNIT = "subordinate_unit"  # the entry's unit stands above the juror's
    DECLARED = "declared"
    ABSTAINED = "abstained"

    @property
    def is_detected(self) -> bool:
        """Whether the data says so, and not a person."""
        return self not in {Reason.DECLARED, Reason.ABSTAINED}


class Tie(NamedTuple):
    """One detected conflict. `basis` names the very team or units it comes from: only that is ever dismissed."""

    reason: Reason
    basis: str


Pair = tuple[int, int]  # (idea, juror)


@dataclass(frozen=True)
class JurorTies:
    """What a juror is tied to."""

    user_id: int
    unit_id: int | None


@dataclass(frozen=True)
class EntryTies:
    """What an entry is tied to: its units (its own and its team's), everyone who is or was in its team, its
    mentors, and the members of the organisation whose challenge its track is.
    """

    idea_id: int
    unit_ids: frozenset[int]
    member_ids: frozenset[int]
    mentor_ids: frozenset[int] = frozenset()
    team_id: int = 0
    owner_ids: frozenset[int] = frozenset()
    challenge_id: int = 0


def line_of(unit_id: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and those above it, nearest first; a ring in the data ends the walk."""
    line: list[int] = []
    while unit_id is not None and unit_id not in line:
        line.append(unit_id)
        unit_id = parents.get(unit_id)
    return line


def detect(juror: JurorTies, entry: EntryTies, parents: Mapping[int, int | None]) -> list[Tie]:
    """Every tie between a juror and an entry, the weightiest first."""
    found = []
    if juror.user_id in entry.member_ids:
        found.append(Tie(Reason.TEAM, f"team:{entry.team_id}"))
    if juror.user_id in entry.mentor_ids:
        found.append(Tie(Reason.MENTOR, f"team:{entry.team_id}"))
    if juror.user_id in entry.owner_ids:
        found.append(Tie(Reason.CHALLENGE, f"challenge:{entry.challenge_id}"))
    return found + sorted(_unit_ties(juror.unit_id, entry, parents), key=_weight)


def _unit_ties(own: int | None, entry: EntryTies, parents: Mapping[int, int | None]) -> Iterator[Tie]:
    if own is None:
        return
    above_juror = line_of(own, parents)
    for unit in entry.unit_ids:
        basis = f"unit:{own}:{unit}"
        if unit == own:
            yield Tie(Reason.OWN_UNIT, basis)
        elif own in line_of(unit, parents):
            yield Tie(Reason.SUPERIOR_UNIT, basis)
        elif unit in above_juror:
            yield Tie(Reason.SUBORDINATE_UNIT, basis)


_ORDER = {reason: place for place, reason in enumerate(Reason)}


def _weight(tie: Tie) -> tuple[int, str]:
    return _ORDER[tie.reason], tie.basis


def find_conflict(juror: JurorTies, entry: EntryTies, parents: Mapping[int, int | None]) -> Reason | None:
    """The weightiest tie between a juror and an entry, None where there is none."""
    ties = detect(juror, entry, parents)
    return ties[0].reason if ties else None


def detect_all(
    jurors: Iterable[JurorTies], entries: Iterable[EntryTies], parents: Mapping[int, int | None]
) -> dict[Pair, list[Tie]]:
    """Every tie of every pair. Entries are looked up by what ties a juror to them, so the work grows with the ties."""
    tied = _Ties(entries, parents)
    found: dict[Pair, list[Tie]] = {}
    for juror in jurors:
        for entry in tied.to(juror):
            pair = (entry.idea_id, juror.user_id)
            if pair not in found and (ties := detect(juror, entry, parents)):
                found[pair] = ties
    return found


def find_all(
    jurors: Iterable[JurorTies],
    entries: Iterable[EntryTies],
    parents: Mapping[int, int | None],
    said: Mapping[Pair, Reason],
    dismissed: Collection[tuple[Pair, Tie]] = frozenset(),
) -> dict[Pair, Reason]:
    """Every pair that must not be, with the weightiest why: detected and not dismissed, or said by a person."""
    found: dict[Pair, Reason] = dict(said)
    for pair, ties in detect_all(jurors, entries, parents).items():
        standing = [tie for tie in ties if (pair, tie) not in dismissed]
        if standing:
            found[pair] = standing[0].reason
    return found


class _Ties:
    """Entries by their members, mentors and owners of challenges, their units, and all units above these."""

    def __init__(self, entries: Iterable[EntryTies], parents: Mapping[int, int | None]) -> None:
        self.parents = parents
        self.by_person: dict[int, list[EntryTies]] = {}
        self.by_unit: dict[int, list[EntryTies]] = {}
        self.below: dict[int, list[EntryTies]] = {}
        for entry in entries:
            for person in entry.member_ids | entry.mentor_ids | entry.owner_ids:
                self.by_person.setdefault(person, []).append(entry)
            for unit in entry.unit_ids:
                self.by_unit.setdefault(unit, []).append(entry)
            for above in {above for unit in entry.unit_ids for above in line_of(unit, parents)}:
                self.below.setdefault(above, []).append(entry)

    def to(self, juror: JurorTies) -> Iterator[EntryTies]:
        """Entries something may tie the juror to."""
        yield from self.by_person.get(juror.user_id, ())
        if juror.unit_id is not None:
            yield from self.below.get(juror.unit_id, ())
        for unit in line_of(juror.unit_id, self.parents):
            yield from self.by_unit.get(unit, ())
