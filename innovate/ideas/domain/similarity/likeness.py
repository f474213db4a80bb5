"""How much two fingerprints share, and from when on that is worth a look."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

LEAST_SHARE = 0.02
LEAST_SHARED = 8
LEAST_CAP, CAP_SHARE = 20, 0.002


@dataclass(frozen=True)
class Likeness:
    """`shared` hashes (>= 0), and their `containment`: the share of the smaller fingerprint, 0..1."""

    shared: int
    containment: float

    @property
    def is_flagged(self) -> bool:
        """Whether somebody should look: at least 2 % and at least 8 hashes."""
        return self.containment >= LEAST_SHARE and self.shared >= LEAST_SHARED


def cap_of(ideas: int) -> int:
    """In how many of so many ideas a hash may be found before it counts as text that everybody uses."""
    return max(LEAST_CAP, int(ideas * CAP_SHARE))


def likeness_of(shared: int, one: int, other: int) -> Likeness:
    """The likeness of two fingerprints of these sizes; nothing is contained in an empty one."""
    smaller = min(one, other)
    return Likeness(shared, min(1.0, shared / smaller) if smaller else 0.0)


def compare(one: Collection[int], other: Collection[int]) -> Likeness:
    """The likeness of two fingerprints. Symmetric; a text with any hash has containment 1 in itself."""
    left, right = frozenset(one), frozenset(other)
    return likeness_of(len(left & right), len(left), len(right))
