"""What an import would do: the ballots it would make, those it leaves out and why, and every cell that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from innovate.intake.domain.faults import CellFault
from innovate.intake.domain.world import Held, Pair, Standing


@dataclass
class Given:
    """One ballot of the file, as far as it goes. `cells`: where the values stand; `place`: the column of the entry."""

    file: int
    row: int
    place: int
    values: dict[int, Decimal] = field(default_factory=dict)
    cells: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    note_cells: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """A line of a form that nobody filled in."""
        return not self.cells and not self.notes


@dataclass(frozen=True)
class Clash:
    """A ballot of the file for which another stands already."""

    given: Given
    held: Held

    @property
    def is_same(self) -> bool:
        """Whether exactly this was handed in."""
        return self.held.standing is Standing.SUBMITTED and dict(self.held.values) == self.given.values


@dataclass(frozen=True)
class Unmatched:
    """Words of a column that stand for nothing known: how often, and in which cell first."""

    kind: str
    words: str
    count: int
    cell: tuple[int, int, int]


@dataclass(frozen=True)
class Plan:
    """All of it. `ready` would be made; `incomplete` lack the criteria named; blank and skipped rows are counted."""

    ready: Mapping[Pair, Given] = field(default_factory=dict)
    incomplete: Mapping[Pair, tuple[Given, tuple[int, ...]]] = field(default_factory=dict)
    clashes: Mapping[Pair, Clash] = field(default_factory=dict)
    faults: Sequence[CellFault] = ()
    unmatched: Sequence[Unmatched] = ()
    blank: int = 0
    skipped: int = 0

    @property
    def same(self) -> int:
        """How many stand already, exactly so."""
        return sum(clash.is_same for clash in self.clashes.values())

    @property
    def is_done_already(self) -> bool:
        """The same file again: nothing would be new."""
        return not self.ready and not self.faults and bool(self.clashes) and self.same == len(self.clashes)

    @property
    def stamp(self) -> str:
        """What would be made and what stands in the way, in 16 digits: whoever saves it saves what they saw."""
        said = [
            f"{pair}:{sorted(given.values.items())}:{sorted(given.notes.items())}"
            for pair, given in sorted(self.ready.items())
        ]
        said += [f"{pair}!" for pair in sorted(self.clashes)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
