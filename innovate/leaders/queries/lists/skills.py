"""Skills with their means. Not of whom."""

from __future__ import annotations

from flask_babel import gettext as _

from innovate.leaders.queries.lists.wanted import Listing, Wanted, cut
from innovate.leaders.queries.sections.skills import say_count, say_level
from innovate.leaders.queries.skills import list_levels


def list_skills(wanted: Wanted) -> Listing:
    """As the framework orders them; counts below five stay hidden like their means. Two statements."""
    rows = [
        (
            row.skill.name,
            say_count(row.people),
            say_level(row.mean),
            say_count(row.again),
            say_level(row.before),
            say_level(row.after),
        )
        for row in list_levels(wanted.frame)
    ]
    heads = (
        _("Keterampilan"),
        _("Orang"),
        _("Jenjang rata-rata"),
        _("Menilai dua kali"),
        _("Pertama"),
        _("Terakhir"),
    )
    lead = _("Rata-rata kurang dari lima orang tidak ditampilkan.")
    return Listing(_("Keterampilan digital"), heads, cut(rows, wanted), lead=lead)
