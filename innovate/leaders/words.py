"""What classes, stages and kinds are called."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.core.web.localisation import show_number
from innovate.leaders.domain.classes import UnitClass

CLASSES = {
    UnitClass.OFFICE: _l("Dinas, badan, dan bagian"),
    UnitClass.DISTRICT: _l("Kecamatan"),
    UnitClass.WARD: _l("Kelurahan"),
    UnitClass.SERVICE: _l("UPT, puskesmas, dan RSUD"),
    UnitClass.COMPANY: _l("BUMD"),
}


def say_number(value: float | Decimal | None, places: int | None = None) -> str:
    """A number of the reader's language; a dash for what is not known."""
    return "–" if value is None else show_number(value, places)


def say_percent(value: int | None) -> str:
    """Whole percent."""
    return "–" if value is None else _("%(n)s %%", n=show_number(value))


def say_change(value: float | None) -> str:
    """Against the year before."""
    if value is None:
        return _("tahun sebelumnya tidak ada")
    if value == 0:
        return _("sama seperti tahun sebelumnya")
    return (
        _("%(n)s lebih banyak daripada tahun sebelumnya", n=show_number(value))
        if value > 0
        else _("%(n)s lebih sedikit daripada tahun sebelumnya", n=show_number(-value))
    )
