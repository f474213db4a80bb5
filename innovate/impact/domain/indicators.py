"""What an indicator says against its baseline and its target, exactly, and what it cannot say and why."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from innovate.impact.domain.kinds import Direction


class Guard(enum.StrEnum):
    """Why a number is not there."""

    NO_BASELINE = "no_baseline"  # kept as a record, compared with nothing
    ZERO_BASELINE = "zero_baseline"  # a change, but no percentage
    BEFORE_BASELINE = "before_baseline"  # the period ended before the day of the baseline
    NO_TARGET = "no_target"
    TARGET_IS_BASELINE = "target_is_baseline"  # there is no way to measure
    TARGET_AGAINST_DIRECTION = "target_against_direction"
    NO_ACTUAL = "no_actual"
    TOO_FEW = "too_few"  # a trend needs two periods
    MISSING_PERIODS = "missing_periods"


class Trend(enum.StrEnum):
    """How the periods went, seen in the wanted direction."""

    BETTER = "better"
    WORSE = "worse"
    LEVEL = "level"
    MIXED = "mixed"


@dataclass(frozen=True)
class Aim:
    """An indicator without its periods."""

    direction: Direction
    baseline: Decimal | None = None
    target: Decimal | None = None
    baseline_on: date | None = None


@dataclass(frozen=True)
class Period:
    """One actual: first and last day, and the value."""

    first: date
    last: date
    value: Decimal


@dataclass(frozen=True)
class Gap:
    """Days without an actual, first and last inclusive."""

    first: date
    last: date


@dataclass(frozen=True)
class Comparison:
    """`change`: value minus baseline. `percent`: of the baseline, of its size where it is negative. `toward`: percent
    of the way from baseline to target, below 0 when it went the other way, above 100 when it went past.
    """

    value: Decimal | None
    change: Decimal | None = None
    percent: Fraction | None = None
    improved: bool | None = None  # None: level, or nothing to compare
    toward: Fraction | None = None
    reached: bool | None = None
    guards: frozenset[Guard] = frozenset()


def compare(aim: Aim, value: Decimal | None, last: date | None = None) -> Comparison:
    """An actual against baseline and target. Everything that cannot be said is named in `guards`.

    `last`: the last day of its period; one that ended before the baseline is kept and not compared.
    """
    if (
        last is not None
        and aim.baseline is not None
        and aim.baseline_on is not None
        and last < aim.baseline_on
    ):
        found = compare(Aim(aim.direction, None, aim.target), value)
        return replace(found, guards=found.guards - {Guard.NO_BASELINE} | {Guard.BEFORE_BASELINE})
    guards = {guard for guard, holds in _of_aim(aim).items() if holds}
    if value is None:
        return Comparison(None, guards=frozenset(guards | {Guard.NO_ACTUAL}))
    reached = None if aim.target is None else _is_at(aim.direction, value, aim.target)
    if aim.baseline is None:
        return Comparison(value, reached=reached, guards=frozenset(guards))
    change = value - aim.baseline
    percent = None if aim.baseline == 0 else Fraction(change) / abs(Fraction(aim.baseline)) * 100
    improved = None if change == 0 else (change > 0) is (aim.direction is Direction.UP)
    toward = None
    if aim.target is not None and not guards & {Guard.TARGET_IS_BASELINE, Guard.TARGET_AGAINST_DIRECTION}:
        toward = Fraction(change) / Fraction(aim.target - aim.baseline) * 100
    return Comparison(value, change, percent, improved, toward, reached, frozenset(guards))


def _of_aim(aim: Aim) -> dict[Guard, bool]:
    both = aim.baseline is not None and aim.target is not None
    way = Decimal(0) if not both else aim.target - aim.baseline  # type: ignore[operator]
    return {
        Guard.NO_BASELINE: aim.baseline is None,
        Guard.ZERO_BASELINE: aim.baseline == 0,
        Guard.NO_TARGET: aim.target is None,
        Guard.TARGET_IS_BASELINE: both and way == 0,
        Guard.TARGET_AGAINST_DIRECTION: both
        and way != 0
        and (way > 0) is not (aim.direction is Direction.UP),
    }


def _is_at(direction: Direction, value: Decimal, target: Decimal) -> bool:
    return value >= target if direction is Direction.UP else value <= target


def find_trend(aim: Aim, periods: Sequence[Period]) -> Trend | Guard:
    """How the values went from period to period, oldest first; `TOO_FEW` with fewer than two."""
    values = [period.value for period in sorted(periods, key=lambda p: (p.first, p.last))]
    if len(values) < 2:
        return Guard.TOO_FEW
    sign = 1 if aim.direction is Direction.UP else -1
    steps = [sign * (after - before) for before, after in itertools.pairwise(values)]
    if all(step == 0 for step in steps):
        return Trend.LEVEL
    if all(step >= 0 for step in steps):
        return Trend.BETTER
    return Trend.WORSE if all(step <= 0 for step in steps) else Trend.MIXED


def find_gaps(periods: Sequence[Period]) -> list[Gap]:
    """Days between the first and the last period for which nothing was reported."""
    gaps: list[Gap] = []
    end: date | None = None
    for period in sorted(periods, key=lambda p: (p.first, p.last)):
        if end is not None and period.first > end + timedelta(days=1):
            gaps.append(Gap(end + timedelta(days=1), period.first - timedelta(days=1)))
        end = period.last if end is None else max(end, period.last)
    return gaps
