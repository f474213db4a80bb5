"""The order of entries: another for every visitor, the same each time they look. The first place is nobody's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def shuffle(rows: Iterable[T], seed: str, key: Callable[[T], str]) -> list[T]:
    """Rows in an order that only the seed and their keys decide; leaving some out moves none of the others."""
    return sorted(rows, key=lambda row: (hashlib.sha256(f"{seed}\x00{key(row)}".encode()).digest(), key(row)))
