"""What a field of an entry form may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from innovate.events.domain.kinds import FieldKind

FILE_TYPES = ("pdf", "docx", "xlsx", "pptx", "jpg", "png", "mp4", "webm", "zip")
WITH_CHOICES = frozenset({FieldKind.CHOICE, FieldKind.SEVERAL})
WITH_WORDS = frozenset({FieldKind.LONG})


def clean_options(
    kind: FieldKind, *, choices: str, max_files: int | None, accept: list[str], word_least: int | None = None
) -> dict[str, Any]:
    """The options that belong to this kind, out of what a form offers for all kinds."""
    if kind in WITH_CHOICES:
        return {"choices": [line.strip() for line in choices.splitlines() if line.strip()]}
    if kind is FieldKind.FILE:
        return {"max_files": 1 if max_files is None else max_files, "accept": list(accept)}
    return {"word_least": word_least} if kind in WITH_WORDS and word_least else {}


def find_field_problem(kind: FieldKind, word_limit: int | None, options: Mapping[str, Any]) -> str | None:
    """The first thing wrong with a field (choices, choices_repeat, word_limit, word_least, max_files, accept)."""
    if problem := _find_word_problem(kind, word_limit, options.get("word_least")):
        return problem
    if kind in WITH_CHOICES:
        choices = options.get("choices", [])
        if not choices:
            return "choices"
        if len(set(choices)) < len(choices):
            return "choices_repeat"
    if kind is FieldKind.FILE:
        if not 1 <= options.get("max_files", 1) <= 10:
            return "max_files"
        if not set(options.get("accept", ())) & set(FILE_TYPES):
            return "accept"
    return None


def _find_word_problem(kind: FieldKind, limit: int | None, least: int | None) -> str | None:
    if limit is not None and not (kind in WITH_WORDS and 1 <= limit <= 5000):
        return "word_limit"
    return "word_least" if least is not None and not 1 <= least <= (limit or 5000) else None
