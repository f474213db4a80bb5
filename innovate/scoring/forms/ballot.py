"""The scorecard as a browser sends it: plain fields, so that it works without script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from innovate.core.web.forms import trim
from innovate.scoring.domain.parcel import Parcel
from innovate.scoring.domain.rubric import Filled

_VERSION_DIGITS = 9
_SECOND_DIGITS = 6
_CRITERION = re.compile(r"(?:nilai|catatan|dalam)-([0-9]{1,9})")
_MOST_CRITERIA = 50
_YEARS = (2000, 2100)


def read_scorecard(sent: Any, criterion_ids: Iterable[int]) -> Filled:
    """`nilai-<id>`, `catatan-<id>` and `dalam-<id>` for each criterion, two comments, and the version typed on."""
    keys = list(criterion_ids)
    return Filled(
        version=read_version(sent),
        values={key: trim(sent.get(f"nilai-{key}", "")) for key in keys},
        notes={key: _text(sent, f"catatan-{key}") for key in keys},
        comment_team=_text(sent, "comment_team"),
        comment_internal=_text(sent, "comment_internal"),
        notes_internal={key: _text(sent, f"dalam-{key}") for key in keys},
        read_seconds=_seconds(sent.get("dibaca", "")),
    )


def read_version(sent: Any) -> int:
    """The version; -1, which is never current, for what is not one."""
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _VERSION_DIGITS else -1


def _seconds(text: str) -> int:
    """What a device counted; 0 for anything that is no count."""
    plain = text.isascii() and text.isdecimal() and len(text) <= _SECOND_DIGITS
    return int(text) if plain else 0


def _text(sent: Any, name: str) -> str:
    return str(trim(sent.get(name, "").replace("\r\n", "\n")))


def read_parcel(sent: Any) -> Parcel:
    """A ballot as a device kept it, whatever criteria the rubric has by now."""
    keys = sorted({int(found.group(1)) for name in sent if (found := _CRITERION.fullmatch(name))})
    return Parcel(
        key=sent.get("key", ""),
        filled=read_scorecard(sent, keys[:_MOST_CRITERIA]),
        handed_in=sent.get("handed_in") == "1",
        written_at=_instant(sent.get("written_at", "")),
        words=_text(sent, "words"),
    )


def _instant(text: str) -> datetime | None:
    """An instant with its zone as a device writes it; None for anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None and _YEARS[0] <= at.year <= _YEARS[1] else None
