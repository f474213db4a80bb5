"""What is typed of an indicator, and what stands behind a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from innovate.impact.domain.kinds import Direction


@dataclass(frozen=True)
class Sent:
    """A file as it came, and how large it may be."""

    filename: str
    content: bytes
    max_bytes: int


@dataclass(frozen=True)
class Proof:
    """Where a number comes from: words, a link, a file."""

    source: str = ""
    link: str = ""
    file: Sent | None = None


@dataclass(frozen=True)
class Aimed:
    """What is typed of an indicator."""

    name: str
    unit: str
    direction: Direction
    baseline: Decimal | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    target: Decimal | None = None
