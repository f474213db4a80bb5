"""Numbers and names as people write them."""

from __future__ import annotations

from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from innovate.core.numbers import round_half_up

MOST_NAMES = 5


def number(value: float, places: int = 1, least: int = 0) -> str:
    """A number as people write it, `3,2`: at most so many decimals, and at least."""
    return format_decimal(round_half_up(float(value), places), f"#,##0.{'0' * least}{'#' * (places - least)}")


def percent(share: float) -> str:
    """A share 0..1 in whole per cent."""
    return f"{round_half_up(100 * share, 0)} %"


def names(values: Any) -> str:
    """The first five names, and how many more there are."""
    shown = ", ".join(str(value) for value in list(values)[:MOST_NAMES])
    more = len(values) - MOST_NAMES
    return shown if more <= 0 else _("%(names)s dan %(count)s lainnya", names=shown, count=more)
