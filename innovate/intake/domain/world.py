"""What a round is, as far as a spreadsheet of ballots is concerned."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from innovate.intake.domain.names import Names, bare_name, entry_names, entry_ways
from innovate.scoring.domain.rubric import Scale

Pair = tuple[int, int]  # idea, juror


class Standing(enum.StrEnum):
    """What there is already of a ballot: begun, handed in, or kept and not counted."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Held:
    """A ballot that stands in the round, with its values by criterion."""

    standing: Standing
    values: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """An entry that was handed in; `is_judged`: it is one of the round's."""

    id: int
    public_id: str
    number: int | None
    group: str
    title: str
    team: str
    is_judged: bool = True

    @property
    def label(self) -> str:
        """`007 PARIT KITA`."""
        return f"{self.number or 0:03d} {self.title}"


@dataclass(frozen=True)
class Judge:
    """A juror of the event; `serves`: in this round."""

    id: int
    public_id: str
    email: str
    name: str
    full_name: str
    serves: bool = True


@dataclass(frozen=True)
class Criterion:
    """A criterion of the rubric in force, with its scale."""

    id: int
    name: str
    scale: Scale


@dataclass(frozen=True)
class World:
    """Everything a plan depends on. `barred`: pairs between which a conflict of interest stands."""

    entries: Mapping[int, Entry]
    jurors: Mapping[int, Judge]
    criteria: Mapping[int, Criterion]
    held: Mapping[Pair, Held] = field(default_factory=dict)
    barred: frozenset[Pair] = frozenset()
    locked: frozenset[int] = frozenset()
    clerk_id: int = 0
    clerk_barred: frozenset[int] = frozenset()

    def name_entries(self) -> Names[int]:
        """Entries by what sheets call them."""
        return Names({e.id: entry_names(e.number, e.group, e.title, e.team) for e in self.entries.values()})

    def name_jurors(self) -> Names[int]:
        """Jurors by address and name."""
        return Names({j.id: [j.email, j.name, j.full_name, bare_name(j.name)] for j in self.jurors.values()})


def juror_ways(text: str) -> tuple[str, ...]:
    """How a cell that names a juror may be read."""
    return text, bare_name(text)


__all__ = ["Criterion", "Entry", "Held", "Judge", "Pair", "Standing", "World", "entry_ways", "juror_ways"]
