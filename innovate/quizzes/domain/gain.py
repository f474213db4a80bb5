"""What was gained between two tests: N-gain by Hake, with its classes and guards (docs/algorithms/n-gain.md)."""

from __future__ import annotations

import enum
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

HIGH, MEDIUM = Fraction(7, 10), Fraction(3, 10)


class GainClass(enum.StrEnum):
    """Hake's classes: from 0.7, from 0.3, below (also where it is negative)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class NoGain(enum.StrEnum):
    """Why there is no number: everything was right before, or a test is missing."""

    FULL = "full"
    NO_PRE = "no_pre"
    NO_POST = "no_post"


class Pair(NamedTuple):
    """Shares (0 to 1) of the points a person won before and after; None: not taken."""

    pre: Fraction | None
    post: Fraction | None


class Both(NamedTuple):
    """A pair with both tests taken."""

    pre: Fraction
    post: Fraction


class Difference(NamedTuple):
    """The mean of (after - before) of n persons, with its 95 % interval (t); None where n < 2."""

    n: int
    mean: Fraction
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Summary:
    """What a group gained. `paired` took both tests; `mean_gain` is over the `counted` whose gain has a number,
    `of_means` is Hake's gain of the means of all that are paired. Shares are of the points.
    """

    paired: int = 0
    counted: int = 0
    full: int = 0
    only_pre: int = 0
    only_post: int = 0
    mean_pre: Fraction | None = None
    mean_post: Fraction | None = None
    mean_gain: Fraction | None = None
    of_means: Fraction | NoGain | None = None
    difference: Difference | None = None
    classes: Mapping[GainClass, int | None] = field(default_factory=dict)


def gain(pre: Fraction | None, post: Fraction | None) -> Fraction | NoGain:
    """(post - pre) / (1 - pre) of shares, or why there is none. At most 1; negative where less was right after."""
    if pre is None:
        return NoGain.NO_PRE
    if post is None:
        return NoGain.NO_POST
    return NoGain.FULL if pre >= 1 else (post - pre) / (1 - pre)


def classify(value: Fraction) -> GainClass:
    """The class of a gain."""
    return GainClass.HIGH if value >= HIGH else GainClass.MEDIUM if value >= MEDIUM else GainClass.LOW


def summarise(pairs: Sequence[Pair]) -> Summary:
    """What a group gained; persons who took neither test do not count anywhere."""
    both = [Both(pair.pre, pair.post) for pair in pairs if pair.pre is not None and pair.post is not None]
    only_pre = sum(pair.pre is not None and pair.post is None for pair in pairs)
    only_post = sum(pair.pre is None and pair.post is not None for pair in pairs)
    if not both:
        return Summary(only_pre=only_pre, only_post=only_post)
    gains = [value for value in (gain(*pair) for pair in both) if isinstance(value, Fraction)]
    pre, post = mean([pair.pre for pair in both]), mean([pair.post for pair in both])
    return Summary(
        paired=len(both),
        counted=len(gains),
        full=len(both) - len(gains),
        only_pre=only_pre,
        only_post=only_post,
        mean_pre=pre,
        mean_post=post,
        mean_gain=mean(gains) if gains else None,
        of_means=gain(pre, post),
        difference=compare([pair.post - pair.pre for pair in both]),
        classes=Counter(map(classify, gains)),
    )


def mean(values: Sequence[Fraction]) -> Fraction:
    """The mean of at least one value, exact."""
    return sum(values, Fraction(0)) / len(values)


def compare(differences: Sequence[Fraction]) -> Difference:
    """The mean of at least one difference with its 95 % interval by Student's t on n - 1 degrees of freedom."""
    n, middle = len(differences), mean(differences)
    if n < 2:
        return Difference(n, middle, None, None)
    from innovate.core.scientific import special

    variance = sum(((value - middle) ** 2 for value in differences), Fraction(0)) / (n - 1)
    half = float(special.stdtrit(n - 1, 0.975)) * math.sqrt(variance / n)
    return Difference(n, middle, float(middle) - half, float(middle) + half)
