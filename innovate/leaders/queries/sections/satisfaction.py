"""Satisfaction of the public (SKM) by year, and what people said of trainings."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.queries.frame import Frame
from innovate.leaders.words import say_number
from innovate.surveys.queries.summary import MeanRow, SkmRow, list_means, list_skm

_NOTE = _l(
    "Indeks 25 sampai 100 dari sembilan unsur berbobot sama. Yang tidak menjawab mungkin berpendapat lain. "
    "Survei dengan kurang dari lima jawaban tidak ditampilkan, dan survei tidak dibagi menurut jenis unit."
)


def read_satisfaction(frame: Frame) -> Section | None:
    """Every SKM that closed in the years shown; None where there is none. Surveys know no class of unit."""
    if frame.unit_class is not None:
        return None
    by_year = {year: list_skm(year) for year in frame.years}
    rows = [(year, row) for year, found in by_year.items() for row in found]
    means = list_means(frame.year or 0)
    if not rows and not means:
        return None
    here = by_year.get(frame.year or 0, [])
    return Section(
        "kepuasan",
        _("Kepuasan"),
        _find(here[-1]) if here else _("Tahun ini belum ada SKM yang selesai"),
        tuple(
            Figure(
                say_number(row.value, 2),
                _("%(title)s, mutu %(grade)s", title=row.survey.title, grade=row.grade),
                Way("kepuasan"),
            )
            for row in here
        ),
        tuple(picture for picture in (_draw_index(rows), _draw_means(means)) if picture),
        (str(_NOTE),),
    )


def _find(row: SkmRow) -> str:
    return _(
        "Indeks kepuasan %(value)s, mutu %(grade)s, dari %(n)s jawaban",
        value=say_number(row.value, 2),
        grade=row.grade,
        n=say_number(row.n),
    )


def _draw_index(rows: list[tuple[int, SkmRow]]) -> Picture | None:
    bars = tuple(
        Bar(
            f"{year}, {row.survey.title}",
            float(row.value),
            _("%(value)s (%(grade)s)", value=say_number(row.value, 2), grade=row.grade),
            Way("kepuasan", {"tahun": str(year)}),
            note=say_number(row.n),
        )
        for year, row in rows
    )
    heads = (_("Tahun dan survei"), _("Indeks dan mutu"), _("Jawaban"))
    return Picture("bars", _("Survei kepuasan masyarakat menurut tahun"), heads, bars, 100) if bars else None


def _draw_means(means: list[MeanRow]) -> Picture | None:
    bars = tuple(
        Bar(
            row.survey.title,
            float(row.mean),
            say_number(float(row.mean), 2),
            Way("kepuasan"),
            note=say_number(row.n),
        )
        for row in means
    )
    heads = (_("Survei"), _("Rata-rata 1–5"), _("Jawaban"))
    return Picture("bars", _("Pendapat tentang pelatihan"), heads, bars, 5) if bars else None
