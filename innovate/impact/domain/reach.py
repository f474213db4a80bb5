"""Classes of reach: one measure for each innovation, the year of use against the year before. Boundaries are exact."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from innovate.impact.domain.kinds import Measure


class Why(enum.StrEnum):
    """Why there is no class."""

    NO_YEAR_BEFORE = "no_year_before"
    ZERO_YEAR_BEFORE = "zero_year_before"
    BELOW = "below"  # less than the lowest class takes
    NOT_IMPROVED = "not_improved"
    MORE_THAN_ALL = "more_than_all"  # more units than there are


@dataclass(frozen=True)
class Reached:
    """`level` 1, 2 or 3, or None and why. `figure` is what was classed: a number, or percent."""

    level: int | None
    figure: Fraction | None = None
    why: Why | None = None


def classify(measure: Measure, value: Decimal, before: Decimal | None = None) -> Reached:
    """`value` is of the year of use. `before`: the year before or, for the share of units, how many units there are.

    People 1–200, 201–500, from 501. Units 5–20 %, to 50 %, above. Saved to 10 %, to 20 %, above. Revenue below 10 %,
    below 20 %, from 20 %. Products to 100, to 200, above. Trend: 1, 2, 3 and more periods that went the wanted way.
    """
    number = Fraction(value)
    if measure is Measure.PEOPLE:
        return _step(number, 1, (200, 500))
    if measure is Measure.PRODUCTS:
        return _step(number, 1, (100, 200))
    if measure is Measure.TREND:
        return _step(Fraction(int(number)), 1, (1, 2))
    if before is None or before <= 0:
        return Reached(None, why=Why.NO_YEAR_BEFORE if before is None else Why.ZERO_YEAR_BEFORE)
    return _of_percent(measure, number, Fraction(before))


def _of_percent(measure: Measure, number: Fraction, before: Fraction) -> Reached:
    if measure is Measure.UNITS:
        share = number / before * 100
        return Reached(None, share, Why.MORE_THAN_ALL) if share > 100 else _step(share, 5, (20, 50))
    change = number - before
    percent = (change if measure is Measure.REVENUE else -change) / before * 100
    if percent <= 0:
        return Reached(None, percent, Why.NOT_IMPROVED)
    if measure is Measure.REVENUE:
        return Reached(1 if percent < 10 else 2 if percent < 20 else 3, percent)
    return _step(percent, 0, (10, 20))


def _step(number: Fraction, least: int, tops: tuple[int, int]) -> Reached:
    if number < least:
        return Reached(None, number, Why.BELOW)
    return Reached(1 if number <= tops[0] else 2 if number <= tops[1] else 3, number)
