"""Arithmetic of impact: the table of docs/algorithms/impact.md, and what holds for every number."""

from __future__ import annotations

import itertools
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.impact.domain.indicators import Aim, Guard, Period, Trend, compare, find_gaps, find_trend
from innovate.impact.domain.kinds import Direction, Measure
from innovate.impact.domain.numbers import read_decimal, show_decimal
from innovate.impact.domain.reach import Why, classify
from innovate.impact.domain.schedule import add_months, list_due, period_of
from innovate.impact.domain.totals import Report, Total, add_up

DOC = Path(__file__).parents[2] / "docs" / "algorithms" / "impact.md"
NUMBERS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)


def table(heading: str) -> list[list[str]]:
    section = DOC.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def number(text: str) -> Decimal | None:
    return read_decimal(text) if text != "–" else None


def percent(text: str) -> Fraction | None:
    return Fraction(text.replace(",", ".")) if text != "–" else None


@pytest.mark.parametrize("row", table("Indicators"), ids=lambda row: " ".join(row[:4]))
def test_indicators_as_the_document_says(row: list[str]) -> None:
    way, baseline, target, value, change, part, toward, improved, guards = row
    found = compare(Aim(Direction(way), number(baseline), number(target)), number(value))
    assert found.change == number(change)
    assert found.percent == percent(part)
    assert found.toward == percent(toward)
    assert found.improved is {"yes": True, "no": False, "–": None}[improved]
    assert found.guards == frozenset(Guard(code) for code in re.findall(r"\w+", guards.replace("–", "")))


@pytest.mark.parametrize("row", table("Reach"), ids=lambda row: " ".join(row[:3]))
def test_classes_of_reach_as_the_document_says(row: list[str]) -> None:
    measure, value, before, level, why = row
    found = classify(Measure(measure), number(value) or Decimal(0), number(before))
    assert found.level == (int(level) if level != "–" else None)
    assert found.why == (Why(why) if why != "–" else None)


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(Direction))
def test_a_comparison_is_exact_and_never_fails(
    baseline: Decimal, target: Decimal, value: Decimal, way: Direction
) -> None:
    found = compare(Aim(way, baseline, target), value)
    assert found.change == value - baseline
    assert (found.percent is None) is (baseline == 0)
    if found.percent is not None:
        assert Fraction(baseline) + abs(Fraction(baseline)) * found.percent / 100 == Fraction(value)
    if found.toward is not None:
        assert (found.toward >= 100) is found.reached
    assert compare(Aim(way, baseline), baseline).improved is None


@given(NUMBERS)
def test_what_is_shown_is_read_again(value: Decimal) -> None:
    assert read_decimal(show_decimal(value)) == value or re.fullmatch(
        r"-?\d{1,3}(\.\d{3})+", show_decimal(value)
    )


@given(st.text(max_size=20))
def test_reading_never_fails(text: str) -> None:
    found = read_decimal(text)
    assert found is None or found.is_finite()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("1.250", "1250"),
        ("1.250,75", "1250.75"),
        ("12.5", "12.5"),
        ("-3", "-3"),
        ("0", "0"),
    ],
)
def test_numbers_as_people_write_them(text: str, value: str) -> None:
    assert read_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "dua", "1,2,3", "1e5", "NaN", "0,12345", "100000000000", "²", "1.25.0"])
def test_what_is_no_number(text: str) -> None:
    assert read_decimal(text) is None


def spans(*values: int) -> list[Period]:
    return [Period(date(2025, n, 1), date(2025, n, 28), Decimal(v)) for n, v in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("values", "up", "down"),
    [
        ((1, 2, 2, 3), Trend.BETTER, Trend.WORSE),
        ((3, 1), Trend.WORSE, Trend.BETTER),
        ((2, 2), Trend.LEVEL, Trend.LEVEL),
        ((1, 3, 2), Trend.MIXED, Trend.MIXED),
        ((1,), Guard.TOO_FEW, Guard.TOO_FEW),
    ],
)
def test_trends(values: tuple[int, ...], up: object, down: object) -> None:
    periods = list(reversed(spans(*values)))
    assert find_trend(Aim(Direction.UP), periods) is up
    assert find_trend(Aim(Direction.DOWN), periods) is down


def test_days_without_a_report_are_named() -> None:
    first, second = spans(1, 2)
    gap = find_gaps([second, first])
    assert [(row.first, row.last) for row in gap] == [(date(2025, 1, 29), date(2025, 1, 31))]
    assert find_gaps([first]) == []


def test_months_end_where_months_end() -> None:
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert add_months(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert add_months(date(2025, 12, 5), 12) == date(2026, 12, 5)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 5000))
def test_askings_are_about_periods_that_never_overlap(announced: date, days: int) -> None:
    today = date.fromordinal(announced.toordinal() + days)
    due = list(list_due(announced, today))
    assert all(day <= today for _months, day in due)
    periods = [period_of(announced, months) for months, _day in due]
    assert all(before[1] < after[0] for before, after in itertools.pairwise(periods))
    assert all(first <= last for first, last in periods)


def test_a_person_is_counted_once_in_a_year_of_one_innovation() -> None:
    rows = [
        Report(1, 2025, 120, 100),
        Report(1, 2025, 200, 50),
        Report(2, 2025, 80, None),
        Report(1, 2026, 90, 5),
    ]
    assert add_up(rows) == {2025: Total(280, 150, 2), 2026: Total(90, 5, 1)}


def test_a_period_before_the_baseline_is_kept_and_not_compared():
    aim = Aim(Direction.UP, Decimal(40), Decimal(80), date(2025, 6, 1))
    before = compare(aim, Decimal(60), date(2025, 5, 31))
    assert (before.value, before.change, before.toward) == (Decimal(60), None, None)
    assert before.guards == {Guard.BEFORE_BASELINE}
    assert compare(aim, Decimal(60), date(2025, 6, 1)).change == Decimal(20)
