"""Digital skills as people rate themselves: where they began and where they are."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.core.suppression import MINIMUM
from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.queries.frame import Frame
from innovate.leaders.queries.skills import Levels, list_levels
from innovate.leaders.words import say_number
from innovate.skills.domain.levels import HIGHEST

_NOTES = (
    _l(
        "Penilaian diri pada jenjang 0 sampai 4; yang dibandingkan penilaian pertama dan terakhir orang yang sama."
    ),
    _l(
        "Kenaikan tidak membuktikan bahwa pelatihan penyebabnya: tidak ada kelompok pembanding, dan yang menilai lagi "
        "mungkin yang paling bersemangat. Rata-rata kurang dari lima orang tidak ditampilkan, juga yang dapat dihitung "
        "dari selisih."
    ),
)


def read_skills(frame: Frame) -> Section | None:
    """First and last ratings of the same people; None while nobody rated. Means of fewer than five are not shown."""
    found = [row for row in list_levels(frame) if row.people]
    if not found:
        return None
    moved = [row for row in found if row.before is not None and row.after is not None]
    up = sum((row.after or 0) > (row.before or 0) for row in moved)
    people = max(row.people for row in found)
    twice = max(row.again for row in found)
    return Section(
        "keterampilan",
        _("Keterampilan digital"),
        _(
            "%(up)s dari %(all)s keterampilan naik di antara orang yang menilai diri dua kali",
            up=up,
            all=len(moved),
        )
        if moved
        else _("Belum cukup orang menilai diri dua kali"),
        (
            Figure(say_count(people), _("orang menilai diri sampai akhir tahun ini"), Way("keterampilan")),
            Figure(say_count(twice), _("di antaranya menilai dua kali atau lebih"), Way("keterampilan")),
        ),
        tuple(_draw(found)),
        tuple(map(str, _NOTES)),
    )


def _draw(found: list[Levels]) -> list[Picture]:
    moves = tuple(
        Bar(
            row.skill.name,
            float(row.after),
            _(
                "%(before)s menjadi %(after)s",
                before=say_level(row.before),
                after=say_level(row.after),
            ),
            Way("keterampilan"),
            note=say_number(row.again),
            before=float(row.before),
        )
        for row in found
        if row.before is not None and row.after is not None
    )
    levels = tuple(
        Bar(
            row.skill.name,
            None if row.mean is None else float(row.mean),
            say_level(row.mean),
            Way("keterampilan"),
            note=say_count(row.people),
        )
        for row in found
    )
    pictures = []
    if moves:
        heads = (_("Keterampilan"), _("Pertama dan terakhir"), _("Orang"))
        pictures.append(Picture("moves", _("Sebelum dan sesudah, orang yang sama"), heads, moves, HIGHEST))
    heads = (_("Keterampilan"), _("Jenjang rata-rata"), _("Orang"))
    pictures.append(Picture("bars", _("Jenjang rata-rata"), heads, levels, HIGHEST))
    return pictures


def say_level(value: Fraction | None) -> str:
    """A mean level at one decimal, or that it is not shown."""
    return _("tidak ditampilkan") if value is None else say_number(float(value), 1)


def say_count(n: int) -> str:
    """How many people; fewer than five are not counted out."""
    return _("kurang dari lima") if 0 < n < MINIMUM else say_number(n)
