"""The text that jurors sign, taken apart for a paper."""

from __future__ import annotations

import re
from typing import NamedTuple

_ITEM = re.compile(r"\d{1,2}[.)]\s+(.*)")


class PactParts(NamedTuple):
    """What stands before the numbered clauses, the clauses, and what follows them."""

    opening: list[str]
    clauses: list[str]
    closing: list[str]


def take_apart(body: str) -> PactParts:
    """Paragraphs and numbered lines of a text; a line right under another goes on with it."""
    parts = PactParts([], [], [])
    goes_on: list[str] | None = None
    for line in (each.strip() for each in body.splitlines()):
        item = _ITEM.fullmatch(line)
        if not line:
            goes_on = None
        elif item:
            parts.clauses.append(item[1])
            goes_on = parts.clauses
        elif goes_on:
            goes_on[-1] = f"{goes_on[-1]} {line}"
        else:
            goes_on = parts.closing if parts.clauses else parts.opening
            goes_on.append(line)
    return parts
