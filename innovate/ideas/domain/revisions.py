"""When a save begins a new entry in an idea's history, and how entries are numbered and recognised."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

COALESCE = timedelta(minutes=10)


def continues(*, is_autosave: bool, author_id: int, began_at: datetime, saved_by: int, at: datetime) -> bool:
    """Whether an autosave grows the last entry: one entry per author in ten minutes, and only on autosaves."""
    return is_autosave and author_id == saved_by and timedelta(0) <= at - began_at < COALESCE


def format_number(number: int | None, group_code: str = "") -> str:
    """The receipt number as printed, `A-017`: the group, and a number that stays the same for ever."""
    if number is None:
        return ""
    return f"{group_code}-{number:03d}" if group_code else f"{number:03d}"


def fingerprint(content: Mapping[str, Any]) -> str:
    """Sixteen characters that change with any change of what was handed in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
