"""Two texts word by word: what stayed, what went, what came."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
_PARAGRAPHS = re.compile(r"[^\n]*\n+|[^\n]+")
_MOST_PAIRS = (
    4_000_000  # beyond this, two paragraphs are shown as a whole instead of being compared for seconds
)


class Change(enum.StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of text with one fate."""

    change: Change
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One part of an idea that differs between two revisions."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


def compare_parts(
    parts: Sequence[tuple[str, str]], before: Mapping[str, str], after: Mapping[str, str]
) -> list[FieldChange]:
    """The parts, of (name, label), whose texts differ, in the order given."""
    changes = []
    for name, label in parts:
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            changes.append(FieldChange(name, label, tuple(compare_words(old, new))))
    return changes


def compare_words(before: str, after: str) -> list[Piece]:
    """The pieces that make up both texts: same and removed give `before`, same and added give `after`."""
    pieces: list[Piece] = []
    for same, old, new in _blocks(_PARAGRAPHS.findall(before), _PARAGRAPHS.findall(after)):
        if same:
            pieces.append(Piece(Change.SAME, "".join(old)))
        else:
            pieces.extend(_compare_block("".join(old), "".join(new)))
    return _joined(pieces)


def has_changed(pieces: Sequence[Piece]) -> bool:
    """Whether anything went or came."""
    return any(piece.change is not Change.SAME for piece in pieces)


def _compare_block(before: str, after: str) -> list[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        return [Piece(Change.REMOVED, before), Piece(Change.ADDED, after)]
    pieces = []
    for same, gone, come in _blocks(old, new):
        if same:
            pieces.append(Piece(Change.SAME, "".join(gone)))
        else:
            pieces += [Piece(Change.REMOVED, "".join(gone)), Piece(Change.ADDED, "".join(come))]
    return pieces


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag == "equal", old[a:b], new[c:d]


def _joined(pieces: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].change is piece.change:
            joined[-1] = Piece(piece.change, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
