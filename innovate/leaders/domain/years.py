"""Which years there are, which is shown, and how one stands to the year before."""

from __future__ import annotations

from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal

MOST_YEARS = 5


def choose_years(found: Collection[int], this_year: int) -> tuple[int, ...]:
    """The years to compare, ascending: at most the last five of those with something in them, never one to come."""
    return tuple(sorted({year for year in found if year <= this_year})[-MOST_YEARS:])


def choose_year(asked: str, years: Collection[int]) -> int | None:
    """The year an address asks for, else the last one; None where there are none."""
    if asked.isascii() and asked.isdecimal() and int(asked[:5]) in years:
        return int(asked)
    return max(years, default=None)


def share(part: int, whole: int) -> int | None:
    """Whole percent, half up; None of nothing."""
    return None if whole <= 0 else int(Decimal(100 * part / whole).quantize(Decimal(1), ROUND_HALF_UP))


def change(before: float | None, after: float | None) -> float | None:
    """How much more (or less) than the year before; None where one of them is unknown."""
    return None if before is None or after is None else after - before
