"""An index of maturity: indicators with a level each, their weighted sum, and the band it falls into.

Points = sum of weight x level, exact; nothing is rescaled. Of the national innovation index (20 indicators, levels 0
to 3) the weights sum to 37, so the points reach 111; above 60 is Sangat Inovatif, from 35 on Inovatif.
docs/algorithms/iga.md
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol


class Indicator(Protocol):
    """The numbers of one indicator."""

    @property
    def weight(self) -> Any: ...

    @property
    def maximum(self) -> Any: ...


@dataclass(frozen=True)
class Standing:
    """Points of `highest`, and the band's name; `is_whole` when every indicator has a level."""

    points: Fraction
    highest: Fraction
    band: str
    is_whole: bool


def weigh(indicators: Mapping[int, Indicator], levels: Mapping[int, Fraction]) -> Fraction:
    """Sum of weight x level. An indicator without a level adds nothing."""
    return sum(
        (Fraction(i.weight) * levels[key] for key, i in indicators.items() if key in levels), Fraction(0)
    )


def highest(indicators: Iterable[Indicator]) -> Fraction:
    """What the points can reach."""
    return sum((Fraction(i.weight) * Fraction(i.maximum) for i in indicators), Fraction(0))


def find_band(bands: Sequence[Mapping[str, Any]], points: Fraction) -> str:
    """The first band that the points reach: `above` only by more, `from` by as much; one without edge by anything."""
    for band in bands:
        if band.get("above") is not None:
            if points > Fraction(str(band["above"])):
                return str(band["name"])
        elif band.get("from") is None or points >= Fraction(str(band["from"])):
            return str(band["name"])
    return ""


def find_band_problem(bands: Sequence[Mapping[str, Any]]) -> str | None:
    """`edges`: a band has both edges; `order`: edges do not fall; `rest`: the last, and only the last, has none."""
    edges = [[band[key] for key in ("above", "from") if band.get(key) is not None] for band in bands]
    if any(len(each) > 1 for each in edges):
        return "edges"
    if not edges or edges[-1] or not all(edges[:-1]):
        return "rest"
    falling = [each[0] for each in edges[:-1]]
    return "order" if any(a < b for a, b in pairwise(falling)) else None


def stand(
    indicators: Mapping[int, Indicator], levels: Mapping[int, Fraction], bands: Sequence[Mapping[str, Any]]
) -> Standing:
    """Points and band of one entry."""
    points = weigh(indicators, levels)
    whole = all(key in levels for key in indicators)
    return Standing(points, highest(indicators.values()), find_band(bands, points), whole)


def mean_levels(given: Iterable[Mapping[int, Any]]) -> dict[int, Fraction]:
    """The mean of what several verifiers gave each indicator."""
    collected: dict[int, list[Fraction]] = {}
    for values in given:
        for key, value in values.items():
            collected.setdefault(key, []).append(Fraction(value))
    return {key: sum(values, Fraction(0)) / len(values) for key, values in collected.items()}


def claimed_level(options: Sequence[str], answer: str) -> int | None:
    """The level a unit claims for itself: which of the options it chose, counted from 0."""
    return options.index(answer) if answer in options else None
