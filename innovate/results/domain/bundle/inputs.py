"""What a bundle is built from: a frozen result, and the part of the audit trail that leads to it.

Numbers that are not whole are decimal texts throughout, so that every language reads the same.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from innovate.audit.domain import jcs

FEW_JURORS = 10  # below this many colleagues could guess whose ballot is whose
EQUALLY_STRICT = "inf"
Rule = Mapping[str, Any]  # {"rule": "heaviest_criterion"} and so on: docs/algorithms/bundle.md


class Publication(enum.StrEnum):
    """full: with every ballot under pseudonyms; summary: without ballots."""

    FULL = "full"
    SUMMARY = "summary"


def choose_publication(chosen: Publication | None, jurors: int) -> Publication:
    """What the organizer chose, or by the size of the jury."""
    return chosen or (Publication.SUMMARY if jurors < FEW_JURORS else Publication.FULL)


@dataclass(frozen=True)
class Criterion:
    """One criterion of a rubric, weight in per cent."""

    id: int
    name: str
    weight: str
    minimum: str
    maximum: str


@dataclass(frozen=True)
class RubricPart:
    """One version of a round's rubric, criteria in their order."""

    id: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class SpreadPart:
    """What the spread-aware method found: mu in points, and by juror (pseudonym) the spread s_j and the noise sig_j^2,
    each as `write_ratio`.
    """

    mu: str
    jurors: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class RoundPart:
    """One round that counts: its weight in per cent, its method and lambda = s2/sb2 (`write_ratio`), `inf` for "raw";
    with "fair-spread" on the ballots as `spread` rescales them.
    """

    id: int
    number: int
    name: str
    weight: str
    rubric: int
    method: str = "raw"
    ratio: str = EQUALLY_STRICT
    spread: SpreadPart | None = None


@dataclass(frozen=True)
class Exclusion:
    """A ballot (by its published id) that is among the leaves and does not count."""

    ballot: str
    reason: str
    at: str


@dataclass(frozen=True)
class Ruling:
    """A plenary decision on a tie: the ideas, best first, and the written reason."""

    ideas: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class RoundScore:
    """An idea in one round: its score with 6 decimals (None without a ballot), and its ballots that count."""

    score: str | None
    ballots: int


@dataclass(frozen=True)
class Place:
    """One idea on the board. `ties` holds, by the index of a tie rule as text, what that rule read (largest first).
    Each `pool` of a group has ranks of its own: no chain of ballots connects it with the others.
    """

    idea: str
    number: int | None
    title: str
    group: str
    track: str
    rank: int | None
    score: str | None
    rounds: tuple[RoundScore, ...]
    ties: Mapping[str, list[str]]
    award: str = ""
    pool: int = 0


@dataclass(frozen=True)
class FrozenResult:
    """A result as it stood when it was frozen. `lines` are the canonical ballots, by round, idea and juror. `joint`:
    what no ballots connect is ranked together nevertheless.
    """

    event: str
    name: str
    round: int
    snapshot: int
    taken_at: str
    method: str
    minimum_ballots: int
    jurors: int
    rounds: tuple[RoundPart, ...]
    rubrics: tuple[RubricPart, ...]
    ties: tuple[Rule, ...]
    rulings: tuple[Ruling, ...]
    seeds: Mapping[str, int]
    exclusions: tuple[Exclusion, ...]
    places: tuple[Place, ...]
    lines: tuple[bytes, ...]
    joint: bool = False

    def as_bytes(self) -> bytes:
        """The result as it is kept: one line with everything else, then a line for each ballot."""
        head = {key: as_plain(value) for key, value in vars(self).items() if key != "lines"}
        return b"\n".join([jcs.dumps(head), *self.lines]) + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> FrozenResult:
        """The result that `as_bytes` wrote."""
        head, *lines = data.split(b"\n")[:-1]
        values = json.loads(head)
        values["rounds"] = tuple(map(_read_round, values["rounds"]))
        values["rubrics"] = tuple(
            RubricPart(each["id"], tuple(Criterion(**c) for c in each["criteria"]))
            for each in values["rubrics"]
        )
        values["ties"] = tuple(values["ties"])
        values["rulings"] = tuple(Ruling(tuple(each["ideas"]), each["reason"]) for each in values["rulings"])
        values["exclusions"] = tuple(Exclusion(**each) for each in values["exclusions"])
        values["places"] = tuple(
            Place(**{**each, "rounds": tuple(RoundScore(**r) for r in each["rounds"])})
            for each in values["places"]
        )
        return cls(**values, lines=tuple(lines))


def _read_round(values: dict[str, Any]) -> RoundPart:
    said = values.pop("spread", None)
    jurors = {key: tuple(each) for key, each in said["jurors"].items()} if said else {}
    return RoundPart(**values, spread=SpreadPart(said["mu"], jurors) if said else None)


def read_lines(data: bytes) -> list[bytes]:
    """The ballots' lines alone of what `FrozenResult.as_bytes` wrote."""
    return data.split(b"\n")[1:-1]


@dataclass(frozen=True)
class Trail:
    """The event's entries of the audit trail, oldest first as (link, hash before, hash), the signed `checkpoint` that
    covers them, and the hashes that lead from them to its root.
    """

    entries: tuple[tuple[Mapping[str, Any], str, str], ...]
    checkpoint: str
    proof: tuple[str, ...]


def as_plain(value: Any) -> Any:
    """A value of these classes as JSON values."""
    if is_dataclass(value):
        return {key: as_plain(each) for key, each in vars(value).items()}
    if isinstance(value, tuple | list):
        return [as_plain(each) for each in value]
    return {key: as_plain(each) for key, each in value.items()} if isinstance(value, Mapping) else value


def write_score(score: float | None) -> str | None:
    """A score as it is published: 6 decimals."""
    return None if score is None else f"{score:.6f}"


def write_ratio(ratio: float) -> str:
    """Lambda, mu, a spread or a noise as it is published: 6 significant digits, or `inf`."""
    return f"{ratio:.6g}"
