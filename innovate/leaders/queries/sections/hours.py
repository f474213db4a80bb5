"""Learning hours (JP) by year and class of unit."""

from __future__ import annotations

from collections import Counter

from flask_babel import gettext as _

from innovate.leaders.domain.classes import UnitClass
from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.domain.years import change
from innovate.leaders.queries.frame import Frame
from innovate.leaders.queries.sections.drawing import draw_units, draw_years
from innovate.leaders.words import CLASSES, say_change, say_number
from innovate.learning.queries.summary import count_learners, list_hours


def read_hours(frame: Frame) -> Section | None:
    """JP that count, and who was there; None where nothing was taught. Two statements."""
    if not frame.held:
        return None
    year, rows = frame.year or 0, _list_rows(frame)
    jp: Counter[int] = Counter()
    for when, _unit_id, count in rows:
        jp[when] += count
    held = {key: one for key, one in frame.held.items() if one.year == year}
    people = count_learners(held, frame.unit_ids).get(year, 0)
    before = None if frame.before is None else jp[frame.before]
    told = _("JP; %(change)s", change=say_change(change(before, jp[year])))
    return Section(
        "jp",
        _("Jam pelajaran"),
        _(
            "%(jp)s JP bagi %(people)s orang dari %(held)s kegiatan",
            jp=say_number(jp[year]),
            people=say_number(people),
            held=say_number(len(held)),
        ),
        (
            Figure(say_number(jp[year]), told, Way("pelatihan")),
            Figure(
                say_number(round(jp[year] / people, 1) if people else None),
                _("JP rata-rata setiap orang yang hadir"),
            ),
        ),
        tuple(_draw(frame, rows, jp)),
        (
            _(
                "Dihitung dari kehadiran yang tercatat pada kegiatan yang sudah selesai; satu JP adalah 45 menit."
            ),
            _("Unit adalah unit orang itu ketika mendaftar. Jam belajar di luar Innovate tidak terhitung."),
        ),
    )


def _list_rows(frame: Frame) -> list[tuple[int, int | None, int]]:
    """Year, unit and JP."""
    found = [(frame.held[row.activity_id].year, row.unit_id, row.jp) for row in list_hours(frame.held)]
    return [row for row in found if frame.takes(row[1])]


def _draw(frame: Frame, rows: list[tuple[int, int | None, int]], jp: Counter[int]) -> list[Picture]:
    units: Counter[int] = Counter()
    classes: Counter[UnitClass] = Counter()
    for when, unit_id, count in rows:
        unit = None if unit_id is None else frame.units.get(unit_id)
        if when == frame.year and unit is not None and count:
            units[unit.id] += count
            classes[unit.unit_class] += count
    bars = [
        Bar(str(CLASSES[key]), float(count), say_number(count), Way("pelatihan", {"jenis": key.value}))
        for key, count in classes.most_common()
    ]
    heads = (_("Jenis unit"), _("JP"))
    pictures = [
        draw_years(frame, _("JP menurut tahun"), _("JP"), jp, list_="pelatihan"),
        Picture("bars", _("JP menurut jenis unit"), heads, tuple(bars)) if bars else None,
        draw_units(frame, _("Unit dengan JP terbanyak"), _("JP"), units, list_="pelatihan"),
    ]
    return [picture for picture in pictures if picture]
