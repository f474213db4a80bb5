"""The running order out of a published seed. Anybody can repeat it with a hash function and the list of numbers.

Each entry draws a lot: the SHA-256 of `seed:label`, where the label is what everybody sees (`A-017`). The smallest lot
goes first. By group, the groups keep their own order and the lots decide inside each.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
_DIGITS = 6
MOST_SEED = 80  # characters


class Entrant(NamedTuple):
    """Who takes part in the draw: the key of the idea, its public label, and the place of its group (0 without)."""

    key: int
    label: str
    group: int = 0


def label_of(group_code: str, number: int | None) -> str:
    """What an entry is called in public: `A-017`, `017`."""
    return f"{group_code}-{number or 0:03d}" if group_code else f"{number or 0:03d}"


def propose_seed() -> str:
    """A seed nobody chose: six digits."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


def lot(seed: str, label: str) -> str:
    """The lot of an entry: 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{label}".encode()).hexdigest()


def draw_order(seed: str, entrants: Iterable[Entrant], *, by_group: bool = False) -> list[Entrant]:
    """The entrants in the order of their lots; the same seed and labels give the same order, whatever came first."""
    return sorted(entrants, key=lambda e: (e.group if by_group else 0, lot(seed, e.label), e.label))


def move(items: Sequence[T], item: T, to: int) -> list[T]:
    """The items with one of them at place `to` (from 0); places outside are the first or the last."""
    rest = [each for each in items if each != item]
    at = max(0, min(to, len(rest)))
    return [*rest[:at], item, *rest[at:]]
