"""Merkle trees as in RFC 6962: `SHA-256(00 || data)` for a leaf, `SHA-256(01 || left || right)` for a node.

A node without a right neighbour moves up unchanged, which gives the RFC's tree: the left half is the largest power of
two below the size. Prose with a worked table: docs/algorithms/bundle.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

EMPTY = hashlib.sha256().digest()
Levels = list[list[bytes]]  # leaves first, the root alone last


def leaf_hash(data: bytes) -> bytes:
    """The 32 bytes that stand for `data` in a tree."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32 bytes above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def build_levels(leaves: Sequence[bytes]) -> Levels:
    """Every level of the tree over leaf hashes, from the leaves to the root."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node_hash(below[n], below[n + 1]) for n in range(0, len(below) - 1, 2)]
        levels.append([*above, below[-1]] if len(below) % 2 else above)
    return levels


def root_of(levels: Levels) -> bytes:
    """The root; of no leaves at all the hash of nothing."""
    return levels[-1][0] if levels[0] else EMPTY


def inclusion_path(levels: Levels, index: int) -> list[bytes]:
    """What leaf `index` (from 0) needs beside itself to arrive at the root, lowest first."""
    if not 0 <= index < len(levels[0]):
        raise IndexError(index)
    path = []
    for level in levels[:-1]:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        index >>= 1
    return path


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a leaf hash stands at `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    last, found, left = size - 1, leaf, list(path)
    while last:
        if index % 2 or index < last:
            if not left:
                return False
            other = left.pop(0)
            found = node_hash(other, found) if index % 2 else node_hash(found, other)
        index, last = index >> 1, last >> 1
    return not left and found == root


def prove_many(levels: Levels, wanted: Iterable[int]) -> list[bytes]:
    """The hashes that turn the `wanted` leaves into the root, as the tree is walked from the left."""
    marked = [set(wanted)]
    for _level in levels[1:]:
        marked.append({index >> 1 for index in marked[-1]})
    proof: list[bytes] = []
    places = [(len(levels) - 1, 0)] if levels[0] else []
    while places:
        height, index = places.pop()
        if index not in marked[height]:
            proof.append(levels[height][index])
        elif height:
            children = [n for n in (2 * index + 1, 2 * index) if n < len(levels[height - 1])]
            places += [(height - 1, n) for n in children]
    return proof


@dataclass
class Frontier:
    """A tree that only grows: its complete subtrees, largest first, as (leaves, hash). Adding costs about one hash."""

    parts: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return sum(leaves for leaves, _hash in self.parts)

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        part = (1, leaf)
        while self.parts and self.parts[-1][0] == part[0]:
            leaves, left = self.parts.pop()
            part = (2 * leaves, node_hash(left, part[1]))
        self.parts.append(part)

    @property
    def root(self) -> bytes:
        """The root of what is there."""
        if not self.parts:
            return EMPTY
        found = self.parts[-1][1]
        for _leaves, left in reversed(self.parts[:-1]):
            found = node_hash(left, found)
        return found

    def as_json(self) -> list[list[object]]:
        """The subtrees as plain values."""
        return [[leaves, part.hex()] for leaves, part in self.parts]

    @classmethod
    def from_json(cls, parts: Iterable[Sequence[object]]) -> Frontier:
        """The tree that `as_json` wrote down."""
        return cls([(int(str(leaves)), bytes.fromhex(str(part))) for leaves, part in parts])
