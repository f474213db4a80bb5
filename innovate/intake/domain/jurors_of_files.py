"""Whose ballots a file holds where no column says so: the common sheet has one file for each juror."""

from __future__ import annotations

import re
from collections.abc import Mapping

from innovate.intake.domain.names import bare_name
from innovate.intake.domain.reading import Upload
from innovate.intake.domain.world import Judge
from innovate.results.domain.sheets.table import plain_name, say_cell

_NO_LETTERS = re.compile(r"[\W_]+")


def guess_juror(upload: Upload, jurors: Mapping[int, Judge]) -> int | None:
    """The one juror who is named in the file's name or above its head; None where it is none or several."""
    above = [say_cell(cell) for number, cells in upload.rows if number < upload.head for cell in cells]
    for texts in ([upload.name.rpartition(".")[0]], above):
        words = " ".join(_words(text) for text in texts)
        found = {
            key for key, juror in jurors.items() if f" {_words(bare_name(juror.name)).strip()} " in words
        }
        if len(found) == 1:
            return found.pop()
    return None


def _words(text: str) -> str:
    return f" {_NO_LETTERS.sub(' ', plain_name(text)).strip()} "
