"""What comes in from the pages of paper sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from innovate.core.web.forms import Form, length, required
from innovate.paper.domain.agreement import FromPaper
from innovate.scoring.forms.ballot import read_scorecard

_DIGITS = 6


class WordsForm(Form):
    """An objection, or the answer to one."""

    words = TextAreaField(_l("Penjelasan"), [required(), length(1000, 5)])


def read_from_paper(sent: Any, criterion_ids: Iterable[int]) -> FromPaper:
    """The scorecard with `nomor`, `ttd` and `reason`; criteria have no remarks of their own on paper."""
    filled = replace(read_scorecard(sent, criterion_ids), version=0, notes={})
    number = sent.get("nomor", "").strip().lstrip("#").rpartition("-")[2]
    known = number.isascii() and number.isdecimal() and len(number) <= _DIGITS
    return FromPaper(
        filled=filled,
        number=int(number) if known else None,
        signed=sent.get("ttd") == "1",
        reason=sent.get("reason", "").replace("\x00", "").strip()[:500],
    )
