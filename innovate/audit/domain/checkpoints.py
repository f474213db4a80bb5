"""Whether a trail is still the one its checkpoints were taken of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from innovate.audit.domain.chain import Fault, Link
from innovate.audit.domain.merkle import Frontier, leaf_hash
from innovate.audit.domain.notes import FIRST, Checkpoint, hash_note, read_note

ORIGIN = "innovate/audit"
Signed = Callable[[str, bytes, str], bool]  # (body, signature, key id)


class Kept(Protocol):
    """What matters of a stored checkpoint."""

    @property
    def size(self) -> int: ...

    @property
    def text(self) -> str: ...


@dataclass
class Witness:
    """Takes the trail's root at the `sizes` that checkpoints speak of, while the entries pass by."""

    sizes: Collection[int]
    roots: dict[int, str] = field(default_factory=dict)

    def watch(self, entries: Iterable[tuple[Link, str, str]]) -> Iterator[tuple[Link, str, str]]:
        """The same entries."""
        tree = Frontier()
        for entry in entries:
            tree.add(leaf_hash(bytes.fromhex(entry[2])))
            if entry[0].number in self.sizes:
                self.roots[entry[0].number] = tree.root.hex()
            yield entry


def find_checkpoint_fault(kept: Iterable[Kept], roots: Mapping[int, str], is_signed: Signed) -> Fault | None:
    """The first checkpoint (oldest first) that does not fit the trail or the one before; None when all do.

    `roots` are those of the trail as it is, by size. The fault's number is the newest entry that was covered.
    """
    before, size = FIRST, 0
    for each in kept:
        try:
            checkpoint, key_id, signature = read_note(each.text)
        except ValueError:
            return Fault(each.size, "checkpoint unreadable")
        if checkpoint.size != each.size:
            return Fault(each.size, "checkpoint unreadable")
        reason = _reason(checkpoint, roots, before, size)
        if not reason and not is_signed(checkpoint.body, signature, key_id):
            reason = "checkpoint not signed by a key of this installation"
        if reason:
            return Fault(checkpoint.size, reason)
        before, size = hash_note(each.text), checkpoint.size
    return None


def find_other(checkpoint: Checkpoint, roots: Mapping[int, str]) -> str:
    """Why a checkpoint that somebody kept elsewhere does not fit the trail; empty when it does."""
    if checkpoint.origin != ORIGIN:
        return "not a checkpoint of the trail"
    if checkpoint.size not in roots:
        return f"the checkpoint covers {checkpoint.size} entries, the trail has fewer"
    return "" if roots[checkpoint.size] == checkpoint.root else "entries differ from the checkpoint"


def _reason(checkpoint: Checkpoint, roots: Mapping[int, str], before: str, size: int) -> str:
    if checkpoint.find("previous") != before or checkpoint.size <= size:
        return "checkpoint does not follow the one before"
    return find_other(checkpoint, roots)
