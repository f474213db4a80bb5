"""How far ideas came: registered, submitted, eligible, finalist, winner."""

from __future__ import annotations

from flask_babel import gettext as _

from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.domain.years import share
from innovate.leaders.queries.counts import by_year, count_placed, count_submitted, count_teams
from innovate.leaders.queries.frame import Frame
from innovate.leaders.queries.impact import list_alive
from innovate.leaders.queries.sections.drawing import draw_years
from innovate.leaders.words import say_number, say_percent


def read_pipeline(frame: Frame) -> Section:
    """The river of the year, and handed-in ideas beside the other years. Four statements."""
    year = frame.year or 0
    registered = by_year(count_teams(frame))
    submitted, eligible = (by_year(cells) for cells in count_submitted(frame))
    finalists, winners = (by_year(cells) for cells in count_placed(frame))
    steps = (
        (registered[year], _("Terdaftar"), Way("tim")),
        (submitted[year], _("Diajukan"), Way("usulan", {"keadaan": "diajukan"})),
        (eligible[year], _("Memenuhi syarat"), Way("usulan", {"keadaan": "memenuhi"})),
        (finalists[year], _("Finalis"), Way("usulan", {"keadaan": "finalis"})),
        (winners[year], _("Pemenang"), Way("usulan", {"keadaan": "pemenang"})),
    )
    running = _find_running(frame)
    river = (
        *(Bar(label, float(n), say_number(n), way) for n, label, way in steps),
        Bar(_("Masih dipakai"), running, say_number(running), Way("bertahan")),
    )
    return Section(
        "alur",
        _("Alur gagasan"),
        _(
            "%(share)s tim yang terdaftar mengajukan usulan; %(n)s usulan memenuhi syarat",
            share=say_percent(share(submitted[year], registered[year])),
            n=say_number(eligible[year]),
        ),
        (
            Figure(say_number(submitted[year]), _("usulan diajukan"), Way("usulan", {"keadaan": "diajukan"})),
            Figure(
                say_percent(share(eligible[year], submitted[year])),
                _("dari yang diajukan memenuhi syarat"),
                Way("usulan", {"keadaan": "memenuhi"}),
            ),
        ),
        (
            Picture("river", _("Dari pendaftaran sampai pemenang"), (_("Tahap"), _("Jumlah")), river),
            draw_years(
                frame, _("Usulan yang diajukan menurut tahun"), _("Usulan"), submitted, list_="usulan"
            ),
        ),
        (
            _("Finalis dan pemenang dihitung hanya dari hasil yang sudah diumumkan."),
            _("Terdaftar dihitung dalam tim; satu tim mengajukan paling banyak satu usulan."),
            _(
                "Masih dipakai: menurut jawaban terverifikasi yang terakhir, dari semua usulan, juga yang tidak menang."
            ),
        ),
    )


def _find_running(frame: Frame) -> float | None:
    """Of the year's entries those still in use by the last verified answers; None before there is one."""
    rows = [row for row in list_alive(frame) if row.year == frame.year and row.verified]
    return float(max(rows, key=lambda row: row.months).alive) if rows else None
