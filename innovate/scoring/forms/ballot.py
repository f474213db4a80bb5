"""The scorecard as a browser sends it: plain fields, so that it works without script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from innovate.core.web.forms import trim
from innovate.scoring.domain.rubric import Filled

_VERSION_DIGITS = 9


def read_scorecard(sent: Any, criterion_ids: Iterable[int]) -> Filled:
    """`nilai-<id>` and `catatan-<id>` for each criterion, two comments, and the version it was typed on."""
    keys = list(criterion_ids)
    return Filled(
        version=read_version(sent),
        values={key: trim(sent.get(f"nilai-{key}", "")) for key in keys},
        notes={key: _text(sent, f"catatan-{key}") for key in keys},
        comment_team=_text(sent, "comment_team"),
        comment_internal=_text(sent, "comment_internal"),
    )


def read_version(sent: Any) -> int:
    """The version; -1, which is never current, for what is not one."""
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _VERSION_DIGITS else -1


def _text(sent: Any, name: str) -> str:
    return str(trim(sent.get(name, "").replace("\r\n", "\n")))
