"""A ballot as a device kept it while it could not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from innovate.scoring.domain.rubric import Filled


@dataclass(frozen=True)
class Parcel:
    """`key` is the device's own name for it, `written_at` what its clock said, `words` the juror's own."""

    key: str
    filled: Filled
    handed_in: bool = False
    written_at: datetime | None = None
    words: str = ""
