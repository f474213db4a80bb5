"""The results as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.quizzes.domain.gain import NoGain, Summary, classify
from innovate.quizzes.domain.kinds import Moment
from innovate.quizzes.queries.results import ItemRow, PersonRow, UnitRow
from innovate.quizzes.words import CLASSES, KINDS, NO_GAIN


def results_as_workbook(
    title: str,
    summary: Summary | None,
    units: Sequence[UnitRow],
    items: Sequence[ItemRow],
    persons: Sequence[PersonRow] | None,
) -> bytes:
    """The group, its units, the questions, and the persons for whoever may read them (`persons` None: not)."""
    sheets = [
        Sheet(_("Ringkasan"), [_("Ukuran"), _("Nilai")], list(_summary_rows(summary))),
        Sheet(_("Unit kerja"), _unit_heads(), [_unit_row(unit) for unit in units]),
        Sheet(_("Soal"), _item_heads(), [_item_row(item) for item in items]),
    ]
    if persons is not None:
        sheets.append(Sheet(_("Peserta"), _person_heads(), [_person_row(person) for person in persons]))
    return write_workbook(title, sheets)


def _summary_rows(summary: Summary | None) -> Iterator[Sequence[Any]]:
    if summary is None:
        yield _("Kurang dari lima orang mengikuti kedua tes"), None
        return
    yield _("Mengikuti kedua tes"), summary.paired
    yield _("Hanya tes awal"), summary.only_pre
    yield _("Hanya tes akhir"), summary.only_post
    yield _("Sudah penuh sejak awal"), summary.full
    yield _("Rata-rata tes awal (%)"), _percent(summary.mean_pre)
    yield _("Rata-rata tes akhir (%)"), _percent(summary.mean_post)
    yield _("Rata-rata N-gain perorangan"), _plain(summary.mean_gain)
    yield _("N-gain dari rata-rata"), _plain(summary.of_means)
    if summary.difference:
        yield _("Selisih rata-rata (poin persen)"), _percent(summary.difference.mean)
        yield _("Batas bawah 95%"), _percent(summary.difference.low)
        yield _("Batas atas 95%"), _percent(summary.difference.high)


def _unit_heads() -> list[str]:
    return [
        _("Unit kerja"),
        _("Mengikuti kedua tes"),
        _("Tes awal (%)"),
        _("Tes akhir (%)"),
        _("Rata-rata N-gain"),
        _("N-gain dari rata-rata"),
    ]


def _unit_row(unit: UnitRow) -> Sequence[Any]:
    name = unit.name or _("Tanpa unit kerja")
    if unit.summary is None:
        return [name, _("disembunyikan"), None, None, None, None]
    found = unit.summary
    return [
        name,
        found.paired,
        _percent(found.mean_pre),
        _percent(found.mean_post),
        _plain(found.mean_gain),
        _plain(found.of_means),
    ]


def _item_heads() -> list[str]:
    return [
        _("Soal"),
        _("Jenis"),
        _("Lembar awal"),
        _("Tes awal"),
        _("Lembar akhir"),
        _("Tes akhir"),
        _("Daya pembeda"),
    ]


def _item_row(item: ItemRow) -> Sequence[Any]:
    return [
        item.text,
        str(KINDS[item.kind]),
        item.asked_before,
        _plain(item.before),
        item.asked_after,
        _plain(item.after),
        _plain(item.discrimination),
    ]


def _person_heads() -> list[str]:
    return [
        _("Nama"),
        _("Unit kerja"),
        _("Poin awal"),
        _("Dari"),
        _("Poin akhir"),
        _("Dari"),
        _("N-gain"),
        _("Kelas"),
    ]


def _person_row(person: PersonRow) -> Sequence[Any]:
    cells: list[Any] = [person.name, person.unit]
    for moment in (Moment.PRE, Moment.POST):
        won, most = person.points.get(moment, (None, None))
        cells += [_plain(won), most]
    found = person.gain
    word = NO_GAIN[found] if isinstance(found, NoGain) else CLASSES[classify(found)]
    return [*cells, _plain(found), str(word)]


def _plain(value: Any) -> float | None:
    return None if value is None or isinstance(value, NoGain) else round(float(value), 4)


def _percent(value: Fraction | float | None) -> float | None:
    return None if value is None else round(100 * float(value), 2)
