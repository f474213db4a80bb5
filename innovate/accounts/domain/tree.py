"""The tree of work units, as pairs of a key and the key of the parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


def arrange(
    rows: Iterable[Row],
    *,
    key: Callable[[Row], Any],
    parent: Callable[[Row], Any],
    order: Callable[[Row], Any],
) -> list[tuple[int, Row]]:
    """Rows with their depth, parents before children, brothers in order. A row whose parent is not among them is a
    root; rows in a circle come last as roots, so that none is ever lost.
    """
    rows = sorted(rows, key=order)
    keys = {key(row) for row in rows}
    children: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        children[parent(row) if parent(row) in keys else None].append(row)
    found: list[tuple[int, Row]] = []
    stack = [(0, row) for row in reversed(children[None])]
    while stack:
        depth, row = stack.pop()
        found.append((depth, row))
        stack.extend((depth + 1, child) for child in reversed(children[key(row)]))
    placed = {key(row) for _, row in found}
    return found + [(0, row) for row in rows if key(row) not in placed]


def ancestors(key: Key, parents: Mapping[Key, Key | None]) -> list[Key]:
    """Keys above, nearest first; a circle ends where it closes."""
    found: list[Key] = []
    above = parents.get(key)
    while above is not None and above not in found and above != key:
        found.append(above)
        above = parents.get(above)
    return found


def makes_circle(key: Key, new_parent: Key | None, parents: Mapping[Key, Key | None]) -> bool:
    """Whether putting `key` below `new_parent` would make it its own ancestor."""
    return new_parent is not None and (new_parent == key or key in ancestors(new_parent, parents))


def find_circle(parents: Mapping[Key, Key | None]) -> Key | None:
    """A key that is its own ancestor; None if the tree is sound."""
    for key in parents:
        seen = {key}
        above = parents.get(key)
        while above is not None and above in parents:
            if above == key:
                return key
            if above in seen:
                break
            seen.add(above)
            above = parents[above]
    return None
