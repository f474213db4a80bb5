"""Whether ideas live on, whom they reach, and what they save."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.domain.years import share
from innovate.leaders.queries.frame import Frame
from innovate.leaders.queries.impact import Alive, Totals, count_totals, list_alive
from innovate.leaders.queries.sections.drawing import draw_years
from innovate.leaders.words import say_number, say_percent

_NOTES = (
    _l(
        "Bagian yang masih dipakai dihitung dari jawaban yang diverifikasi; yang belum menjawab tidak dianggap "
        "berhenti maupun berjalan."
    ),
    _l(
        "Orang dan rupiah hanya dari laporan yang diverifikasi. Dalam satu inovasi orang dihitung sekali setahun; "
        "orang yang dilayani dua inovasi terhitung dua kali. Tanpa pembanding, perubahan tidak dapat dipastikan "
        "berasal dari inovasi itu."
    ),
)
_MILLION = 1_000_000


def read_impact(frame: Frame) -> Section | None:
    """Askings by edition, and verified numbers by year; None while nobody was asked. Two statements."""
    alive, totals = list_alive(frame), count_totals(frame)
    if not alive and not totals.innovations:
        return None
    year = frame.year or 0
    pictures = [
        _draw_alive(alive) if alive else None,
        draw_years(
            frame, _("Orang yang terjangkau menurut tahun"), _("Orang"), totals.people, list_="laporan"
        ),
        draw_years(
            frame,
            _("Juta rupiah yang dihemat menurut tahun"),
            _("Juta rupiah"),
            {when: round(rupiah / _MILLION, 1) for when, rupiah in totals.saved.items()},
            list_="laporan",
        ),
    ]
    return Section(
        "dampak",
        _("Dampak"),
        _find(alive),
        _count(totals, year),
        tuple(picture for picture in pictures if picture),
        tuple(map(str, _NOTES)),
    )


def _find(alive: list[Alive]) -> str:
    rows = [row for row in alive if row.verified]
    if not rows:
        return _("Belum ada jawaban yang diverifikasi")
    last = max(rows, key=lambda row: (row.months, row.year))
    return _(
        "%(share)s inovasi edisi %(year)s masih dipakai sesudah %(months)s bulan (%(n)s jawaban terverifikasi)",
        share=say_percent(share(last.alive, last.verified)),
        year=last.year,
        months=last.months,
        n=say_number(last.verified),
    )


def _count(totals: Totals, year: int) -> tuple[Figure, ...]:
    return (
        Figure(say_number(totals.people[year]), _("orang terjangkau"), Way("laporan")),
        Figure(_("Rp%(n)s", n=say_number(totals.saved[year])), _("dihemat"), Way("laporan")),
        Figure(say_number(totals.innovations[year]), _("inovasi melapor"), Way("laporan")),
    )


def _draw_alive(alive: list[Alive]) -> Picture:
    """A row for each edition and distance; lengths are shares of verified answers."""
    rows = []
    for row in alive:
        percent = share(row.alive, row.verified)
        rows.append(
            Bar(
                _("Edisi %(year)s, sesudah %(n)s bulan", year=row.year, n=row.months),
                None if percent is None else float(percent),
                _(
                    "%(alive)s dari %(all)s (%(share)s)",
                    alive=row.alive,
                    all=row.verified,
                    share=say_percent(percent),
                ),
                Way("bertahan", {"tahun": str(row.year), "keadaan": str(row.months)}),
                note=_(
                    "%(asked)s ditanya, %(silent)s belum menjawab",
                    asked=row.asked,
                    silent=row.asked - row.answered,
                ),
            )
        )
    heads = (_("Edisi dan jarak"), _("Masih dipakai"), _("Ditanya"))
    return Picture("shares", _("Inovasi yang masih dipakai"), heads, tuple(rows), 100)
