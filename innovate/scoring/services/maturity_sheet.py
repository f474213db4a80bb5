"""The index of maturity as a workbook: one row an entry, its profile, each indicator, both totals, the predicate."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from innovate.core.numbers import round_half_up
from innovate.core.workbooks import Sheet, write_workbook
from innovate.scoring.queries.maturity import Index, Row


def write_index(index: Index, rows: Sequence[Row], title: str) -> bytes:
    """An XLSX file of two sheets: verified levels with the profile, and levels as units claimed them."""
    names = [criterion.name for criterion in index.indicators.values()]
    about = [_("Nomor"), _("Inovasi"), _("Unit"), _("Tim"), _("Kelompok"), _("Kategori")]
    profile = [field.label for field in index.fields]
    heads = [*about, *profile, *names, _("Nilai"), _("Predikat"), _("Nilai mandiri"), _("Predikat mandiri")]
    verified = Sheet(index.name, heads, [_verified(index, row) for row in rows])
    claimed = Sheet(
        _("Penilaian mandiri"), [*about, *names, _("Nilai mandiri")], [_claimed(index, r) for r in rows]
    )
    return write_workbook(title, [verified, claimed])


def _about(row: Row) -> list[Any]:
    idea = row.idea
    unit = idea.unit or idea.team.unit
    return [
        idea.number,
        row.title,
        unit.name if unit else idea.team.organization,
        idea.team.name,
        idea.group.name if idea.group else "",
        idea.track.name if idea.track else "",
    ]


def _verified(index: Index, row: Row) -> list[Any]:
    said = row.verified
    profile = [_text(row.answers.get(field.key)) for field in index.fields]
    levels = [_number(row.verified_levels.get(key)) for key in index.indicators]
    found = [_number(said.points), said.band] if said else [None, ""]
    return [*_about(row), *profile, *levels, *found, _number(row.claimed.points), row.claimed.band]


def _claimed(index: Index, row: Row) -> list[Any]:
    levels = [_number(row.claimed_levels.get(key)) for key in index.indicators]
    return [*_about(row), *levels, _number(row.claimed.points)]


def _text(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value or "")


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(round_half_up(float(value), 2))
