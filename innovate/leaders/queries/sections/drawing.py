"""Pictures that several sections draw: years beside each other, units in order."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from innovate.leaders.domain.shapes import Bar, Picture, Way
from innovate.leaders.queries.frame import Frame
from innovate.leaders.words import say_number

MOST_BARS = 10


def draw_years(frame: Frame, caption: str, head: str, counts: Mapping[int, float], *, list_: str) -> Picture:
    """A column for each year; each opens its list of that year."""
    rows = [
        Bar(
            str(year),
            float(counts.get(year, 0)),
            say_number(counts.get(year, 0)),
            Way(list_, {"tahun": str(year)}),
        )
        for year in frame.years
    ]
    return Picture("columns", caption, (_("Tahun"), head), tuple(rows))


def draw_units(
    frame: Frame, caption: str, head: str, counts: Mapping[int, float], *, list_: str
) -> Picture | None:
    """The units with most, the largest first; None where there are none."""
    found = sorted(
        ((frame.units[key], count) for key, count in counts.items() if count and key in frame.units),
        key=lambda pair: (-pair[1], pair[0].name),
    )
    rows = [
        Bar(unit.label, float(count), say_number(count), Way(list_, {"unit": unit.code}))
        for unit, count in found[:MOST_BARS]
    ]
    return Picture("bars", caption, (_("Unit"), head), tuple(rows)) if rows else None
