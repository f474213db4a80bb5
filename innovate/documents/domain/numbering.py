"""The number on a paper, made from a pattern that the organizer writes: `{nomor}/{kode}/{unit}/{tahun}`."""

from __future__ import annotations

import re
from datetime import date

from innovate.documents.domain.numerals import write_roman

PATTERN = "{nomor}/{kode}/{unit}/{bulan}/{tahun}"
LONGEST = 80
FIELDS = ("nomor", "kode", "unit", "bulan", "tahun")
_FIELD = re.compile(r"\{([^{}]*)\}")


def find_fault(pattern: str) -> str | None:
    """What is wrong with a pattern: the code `empty`, `long`, `brace`, `unknown:<field>` or `missing:<field>`.

    The running number and the year must be in it: numbers begin again each year, and none may come twice.
    """
    if not pattern.strip():
        return "empty"
    if len(pattern) > LONGEST:
        return "long"
    names = _FIELD.findall(pattern)
    unknown = next((name for name in names if name not in FIELDS), None)
    if unknown is not None:
        return f"unknown:{unknown}"
    if re.search(r"[{}\x00-\x1f\x7f]", _FIELD.sub("", pattern)):
        return "brace"
    missing = next((name for name in ("nomor", "tahun") if name not in names), None)
    return f"missing:{missing}" if missing else None


def write_number(pattern: str, *, number: int, code: str, unit: str, day: date) -> str:
    """The number of a paper; the month is Roman: `012/BA/ORG/XI/2026`. The pattern has no fault."""
    values = {
        "nomor": f"{number:03d}",
        "kode": code,
        "unit": unit,
        "bulan": write_roman(day.month),
        "tahun": str(day.year),
    }
    return _FIELD.sub(lambda found: values[found[1]], pattern)
