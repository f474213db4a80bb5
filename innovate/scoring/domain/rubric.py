"""What a rubric is and what a ballot adds up to: y = 100 x sum of weight x share, exact until the last step.

A criterion's value is rescaled to its share of the criterion's range (1 on 1..5 is 0, 5 is 1). Weights are per cent;
where they do not sum to 100 they count in proportion, and pages show them so.

Worked example: weights 25, 20, 25, 15, 15 on 1..5 and values 4, 4, 3, 2, 5 give
.75 x 25 + .75 x 20 + .5 x 25 + .25 x 15 + 1 x 15 = 65.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Protocol

MAX_CRITERIA = 20
MAX_BUTTONS = 11  # scales with more values are typed, not tapped
_TYPED = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")
_HUNDREDTH = Decimal("0.01")


class Scale(Protocol):
    """A criterion's numbers."""

    @property
    def weight(self) -> Decimal: ...

    @property
    def minimum(self) -> Decimal: ...

    @property
    def maximum(self) -> Decimal: ...

    @property
    def step(self) -> Decimal: ...


class Named(Scale, Protocol):
    """A criterion as its builder sees it."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Running:
    """What the values given so far add up to: `points` of `possible`, and whether nothing is missing."""

    points: Decimal
    possible: Decimal
    complete: bool


@dataclass(frozen=True)
class CriterionDraft:
    """A criterion as its builder typed it."""

    name: str
    weight: Decimal
    description: str = ""
    minimum: Decimal = Decimal(1)
    maximum: Decimal = Decimal(5)
    step: Decimal = Decimal(1)
    levels: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Filled:
    """A scorecard as a juror sent it: texts by criterion, and the version it was typed on."""

    version: int
    values: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)  # to the team
    comment_team: str = ""
    comment_internal: str = ""
    notes_internal: Mapping[int, str] = field(default_factory=dict)  # for the jury alone
    read_seconds: int = 0  # how long the entry was before the juror's eyes, as their device counted

    @property
    def texts(self) -> list[str]:
        """Everything that was written."""
        notes = [*self.notes.values(), *self.notes_internal.values()]
        return [self.comment_team, self.comment_internal, *notes]


def parse_value(text: str) -> Decimal | None:
    """A number as people type it, `88`, `88,5` or `88.5`; None for nothing.

    ValueError for anything else: `1.234` could be a thousand or a bit more than one, so it is not guessed.
    """
    text = text.strip()
    if not text:
        return None
    if not _TYPED.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def check_value(scale: Scale, value: Decimal) -> str | None:
    """Why a value is not on the scale: `range`, `step`, or None when it is."""
    if not scale.minimum <= value <= scale.maximum:
        return "range"
    if (value - scale.minimum) % scale.step:
        return "step"
    return None


def list_values(scale: Scale) -> list[Decimal]:
    """Every value of a scale short enough for buttons, rising; empty when values are typed."""
    count = int((scale.maximum - scale.minimum) / scale.step) + 1
    if count > MAX_BUTTONS:
        return []
    return [scale.minimum + scale.step * n for n in range(count)]


def share(scale: Scale, value: Decimal) -> Fraction:
    """Where a value lies in its range, 0..1."""
    return Fraction(value - scale.minimum) / Fraction(scale.maximum - scale.minimum)


def total(scales: Mapping[int, Scale], values: Mapping[int, Decimal]) -> Fraction | None:
    """The ballot's total 0..100, exact; None while a criterion has no value (such a ballot never counts)."""
    if not scales or any(key not in values for key in scales):
        return None
    weights = sum((Fraction(scale.weight) for scale in scales.values()), Fraction(0))
    points = sum((Fraction(s.weight) * share(s, values[key]) for key, s in scales.items()), Fraction(0))
    return 100 * points / weights


def running(scales: Mapping[int, Scale], values: Mapping[int, Decimal]) -> Running:
    """Points so far and how many were possible, both rounded to hundredths for show."""
    weights = sum((Fraction(scale.weight) for scale in scales.values()), Fraction(0)) or Fraction(1)
    given = {key: scale for key, scale in scales.items() if key in values}
    points = sum((Fraction(s.weight) * share(s, values[key]) for key, s in given.items()), Fraction(0))
    possible = sum((Fraction(s.weight) for s in given.values()), Fraction(0))
    return Running(
        _hundredths(100 * points / weights), _hundredths(100 * possible / weights), len(given) == len(scales)
    )


def _hundredths(value: Fraction) -> Decimal:
    """Half up, as people round."""
    return Decimal((value * 100 + Fraction(1, 2)).__floor__()) / 100


def normalised(weights: Sequence[Decimal]) -> list[Decimal]:
    """The weights as shares of 100 in hundredths that sum to exactly 100 (largest remainders are rounded up)."""
    whole = sum(weights)
    if not whole:
        return [Decimal(0) for _ in weights]
    exact = [100 * weight / whole for weight in weights]
    floors = [value.quantize(_HUNDREDTH, ROUND_FLOOR) for value in exact]
    missing = int((100 - sum(floors)) / _HUNDREDTH)
    by_remainder = sorted(range(len(exact)), key=lambda n: (floors[n] - exact[n], n))
    for n in by_remainder[:missing]:
        floors[n] += _HUNDREDTH
    return floors


def find_problems(criteria: Sequence[Named]) -> list[tuple[int, str]]:
    """What keeps a rubric from being used, as (index, code); index -1 is the rubric itself.

    Codes: `empty`, `too_many`, `name`, `same_name`, `weight`, `range`, `step`.
    """
    if not criteria:
        return [(-1, "empty")]
    problems = [(-1, "too_many")] if len(criteria) > MAX_CRITERIA else []
    names: set[str] = set()
    for index, criterion in enumerate(criteria):
        problems += [(index, code) for code in _criterion_problems(criterion)]
        if criterion.name.casefold() in names:
            problems.append((index, "same_name"))
        names.add(criterion.name.casefold())
    return problems


def _criterion_problems(criterion: Named) -> list[str]:
    codes = [] if criterion.name.strip() else ["name"]
    if not 0 < criterion.weight <= 100:
        codes.append("weight")
    if criterion.minimum < 0 or criterion.minimum >= criterion.maximum:
        codes.append("range")
    elif criterion.step <= 0 or (criterion.maximum - criterion.minimum) % criterion.step:
        codes.append("step")
    return codes


def carry_over(old: Mapping[int, Named], new: Mapping[int, Named]) -> dict[int, int]:
    """Which criteria of a new version are the old ones unchanged in name and scale (weights may differ): old -> new."""
    by_shape = {_shape(criterion): key for key, criterion in new.items()}
    return {key: by_shape[_shape(c)] for key, c in old.items() if _shape(c) in by_shape}


def _shape(criterion: Named) -> tuple[str, Decimal, Decimal, Decimal]:
    return (criterion.name.strip().casefold(), criterion.minimum, criterion.maximum, criterion.step)
