"""Who takes part: units, classes of units, kecamatan, people."""

from __future__ import annotations

from collections import Counter

from flask_babel import gettext as _

from innovate.leaders.domain.classes import UnitClass
from innovate.leaders.domain.districts import find_tile
from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.domain.years import change, share
from innovate.leaders.queries.counts import by_unit, by_year, count_people, count_teams
from innovate.leaders.queries.frame import Frame
from innovate.leaders.queries.sections.drawing import draw_units, draw_years
from innovate.leaders.words import CLASSES, say_change, say_number, say_percent


def read_participation(frame: Frame) -> Section:
    """Teams, people and units of the year, beside the other years. Two statements."""
    year = frame.year or 0
    teams, people = count_teams(frame), count_people(frame)
    units = by_unit(teams, year)
    taking_part = Counter({when: len(by_unit(teams, when)) for when in frame.years})
    everybody = frame.list_open(year)
    here = sum(unit.id in units for unit in everybody)
    totals = by_year(teams)
    before = None if frame.before is None else totals[frame.before]
    finding = _(
        "%(part)s dari %(all)s unit ikut serta (%(share)s)",
        part=say_number(here),
        all=say_number(len(everybody)),
        share=say_percent(share(here, len(everybody))),
    )
    pictures = [
        draw_years(frame, _("Unit yang ikut serta menurut tahun"), _("Unit"), taking_part, list_="unit"),
        _draw_classes(frame, units),
        _draw_districts(frame, units),
        draw_units(frame, _("Unit dengan tim terbanyak"), _("Tim"), units, list_="tim"),
    ]
    return Section(
        "partisipasi",
        _("Partisipasi"),
        finding,
        (
            Figure(
                say_number(totals[year]),
                _("tim terdaftar; %(change)s", change=say_change(change(before, totals[year]))),
                Way("tim"),
            ),
            Figure(say_number(people.get(year, 0)), _("orang dalam tim itu"), Way("tim")),
            Figure(
                say_number(len(everybody) - here), _("unit belum ikut"), Way("unit", {"keadaan": "belum"})
            ),
        ),
        tuple(picture for picture in pictures if picture),
        (
            _(
                "Tim yang dibubarkan tidak dihitung. Orang dihitung sekali dalam setahun, juga bila ikut beberapa tim."
            ),
            _(
                "Tim tanpa unit kota (mahasiswa, komunitas) masuk jumlah tim dan orang, tetapi tidak masuk bagian unit."
            ),
        ),
    )


def _draw_classes(frame: Frame, units: Counter[int]) -> Picture:
    """Units that take part out of those there are, by class: lengths are shares."""
    rows = []
    for each in UnitClass:
        there = [unit for unit in frame.list_open(frame.year or 0) if unit.unit_class is each]
        part = sum(unit.id in units for unit in there)
        percent = share(part, len(there))
        if percent is not None:
            text = _(
                "%(part)s dari %(all)s (%(share)s)", part=part, all=len(there), share=say_percent(percent)
            )
            rows.append(Bar(str(CLASSES[each]), float(percent), text, Way("unit", {"jenis": each.value})))
    rows.sort(key=lambda row: -(row.value or 0))
    return Picture(
        "shares",
        _("Bagian unit yang ikut serta menurut jenis"),
        (_("Jenis unit"), _("Ikut serta")),
        tuple(rows),
        100,
    )


def _draw_districts(frame: Frame, units: Counter[int]) -> Picture | None:
    """Teams of each kecamatan with its kelurahan; units of the whole city belong to none."""
    teams: Counter[int] = Counter()
    for key, count in units.items():
        place = frame.units.get(key)
        if place is not None and place.district is not None:
            teams[place.district] += count
    rows = [
        Bar(
            place.label,
            float(teams[key]),
            say_number(teams[key]),
            Way("tim", {"kecamatan": place.code}),
            find_tile(place.name),
        )
        for key, place in frame.units.items()
        if place.district == key and place.is_open(frame.at.date())
    ]
    rows.sort(key=lambda row: (-(row.value or 0), row.label))
    if not rows:
        return None
    return Picture("tiles", _("Tim dari kecamatan dan kelurahannya"), (_("Kecamatan"), _("Tim")), tuple(rows))
