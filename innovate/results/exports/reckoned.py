"""A visitor's ranking as links that hold their own file: nothing has to be stored for the download."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.results.exports.rankings import as_csv

_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def link_files(told: Mapping[str, Any]) -> dict[str, str]:
    """`data:` addresses by kind of a ranking's JSON values (`rankings.as_json`, `rankings.votes_as_json`)."""
    rows = told["ideas"] if "ideas" in told else told["items"]
    files = {
        "csv": b"\xef\xbb\xbf" + as_csv(rows).encode(),
        "xlsx": _workbook(told, rows),
        "json": json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1).encode(),
    }
    return {kind: f"data:{_TYPES[kind]};base64,{b64encode(made).decode()}" for kind, made in files.items()}


def _workbook(told: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bytes:
    sheets = [_sheet(_("Peringkat"), rows)]
    if told.get("jurors"):
        sheets.append(_sheet(_("Juri"), told["jurors"]))
    said = [[each["text"]] for each in [*told["notes"], *told.get("flags", ())]]
    sheets.append(Sheet(_("Catatan"), [_("Catatan")], said))
    return write_workbook(_("Hitung peringkat"), sheets)


def _sheet(name: str, rows: Sequence[Mapping[str, Any]]) -> Sheet:
    return Sheet(name, list(rows[0]), [list(row.values()) for row in rows])
