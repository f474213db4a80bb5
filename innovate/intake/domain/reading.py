"""How the columns and the words of an import are to be read, as guessed and as the organizer changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from innovate.intake.domain.columns import Row

SKIPPED = "-"  # the rows that name this are left out, because somebody said so: a line of totals, say
KINDS = ("idea", "juror", "criterion")


@dataclass(frozen=True)
class Reading:
    """`columns`: meaning by plain title. `values`: of each kind, the key (or SKIPPED) by plain words."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def chosen(self, kind: str, plain: str) -> str:
        """What somebody said these words mean; "" for nothing."""
        return self.values.get(kind, {}).get(plain, "")

    def as_json(self) -> dict[str, Any]:
        """As the import keeps it."""
        return {
            "columns": dict(self.columns),
            "values": {kind: dict(chosen) for kind, chosen in self.values.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Reading:
        """As it was kept."""
        return cls(dict(kept.get("columns", {})), {k: dict(v) for k, v in kept.get("values", {}).items()})


@dataclass(frozen=True)
class Upload:
    """One file of an import: its rows, the number of its head, and whose ballots it holds if no column says so."""

    name: str
    rows: Sequence[Row]
    head: int
    juror_id: int | None = None
