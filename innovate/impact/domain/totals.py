"""Numbers of the city out of verified reports, without counting a person twice where that can be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """One verified report: whose, of the year its period ends in, people reached and rupiah saved in the period."""

    innovation: int
    year: int
    people: int | None
    saved: int | None


@dataclass(frozen=True)
class Total:
    """`people`: of each innovation the largest period of the year, added up. `saved`: every period added up."""

    people: int
    saved: int
    innovations: int


def add_up(reports: Iterable[Report]) -> dict[int, Total]:
    """Totals by year. Somebody served in two periods of a year is counted once, as periods of one innovation are not
    added; somebody served by two innovations is counted with both, which nobody can know. Money of periods is added:
    periods of one innovation never overlap.
    """
    people: dict[tuple[int, int], int] = defaultdict(int)
    saved: dict[int, int] = defaultdict(int)
    for report in reports:
        key = report.year, report.innovation
        people[key] = max(people[key], report.people or 0)
        saved[report.year] += report.saved or 0
    years = {year for year, _innovation in people}
    return {
        year: Total(
            sum(number for (of, _who), number in people.items() if of == year),
            saved[year],
            sum(of == year for of, _who in people),
        )
        for year in years
    }
