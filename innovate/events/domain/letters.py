"""Letters that a moved deadline rests on: which files are taken, and in which direction a deadline moved."""

from __future__ import annotations

import enum
import re
from datetime import datetime
from typing import Protocol

_NAME_MAX = 120


class LetterFault(enum.StrEnum):
    """Why a file is not taken as a letter."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"  # not a PDF, by its name or by its first bytes


class Move(enum.StrEnum):
    """What moving a phase does to those who wait for its end."""

    LENGTHENED = "lengthened"
    SHORTENED = "shortened"
    SHIFTED = "shifted"  # only its beginning moved


class Moved(Protocol):
    """The end of a phase before and after."""

    old_ends_at: datetime
    new_ends_at: datetime


def find_letter_fault(filename: str, content: bytes, *, max_bytes: int) -> LetterFault | None:
    """None for a PDF of at most `max_bytes`; `content` holds one byte more where the file was larger."""
    if not content:
        return LetterFault.EMPTY
    if len(content) > max_bytes:
        return LetterFault.TOO_LARGE
    is_pdf = filename.lower().endswith(".pdf") and content.startswith(b"%PDF-")
    return None if is_pdf else LetterFault.KIND


def letter_name(filename: str) -> str:
    """A name that is safe in a header and on a disk."""
    stem = filename.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    stem = re.sub(r"[^\w .()-]+", " ", stem).strip(" .")[:_NAME_MAX].strip(" .")
    return f"{stem or 'surat'}.pdf"


def describe_move(change: Moved) -> Move:
    """In which direction the end went; shortening is told like lengthening."""
    if change.new_ends_at == change.old_ends_at:
        return Move.SHIFTED
    return Move.LENGTHENED if change.new_ends_at > change.old_ends_at else Move.SHORTENED
