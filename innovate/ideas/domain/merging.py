"""Two people write in one proposal: what can be joined is joined, what cannot is shown to be chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Posted:
    """What a form sent: raw strings by part, the version it was typed on, and what the sender touched if known."""

    parts: Mapping[str, Sequence[str]]
    base: int
    touched: frozenset[str] | None = None


@dataclass(frozen=True)
class Merge:
    """The outcome of laying what was sent over what is stored."""

    values: dict[str, Any] = field(default_factory=dict)
    changed: tuple[str, ...] = ()  # taken from what was sent
    kept: tuple[str, ...] = ()  # changed by somebody else meanwhile, left alone by the sender
    conflicts: tuple[str, ...] = ()  # changed by both


def merge(
    stored: Mapping[str, Any],
    sent: Mapping[str, Any],
    *,
    changed_in: Mapping[str, int],
    base: int,
    touched: Collection[str] | None = None,
) -> Merge:
    """Lay `sent` (written on top of version `base`) over `stored`.

    `changed_in` tells in which version each part was last changed. `touched` names what the sender changed; None means
    unknown, and then every difference in a part that somebody else changed since `base` counts as a conflict.
    """
    values = dict(stored)
    changed, kept, conflicts = [], [], []
    for name, value in sent.items():
        if (stored.get(name) or "") == (value or ""):
            continue
        if changed_in.get(name, 0) <= base:
            values[name] = value
            changed.append(name)
        elif touched is not None and name not in touched:
            kept.append(name)
        else:
            conflicts.append(name)
    return Merge(values, tuple(changed), tuple(kept), tuple(conflicts))
