"""What a contest shall be, as people set it up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """What a contest shall be: `entries` are ideas' public ids with their stands, `jurors` users' public ids."""

    name: str
    cut: int
    entries: Mapping[str, str]
    jurors: Collection[str]
    reason: str = ""
