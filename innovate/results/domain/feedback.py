"""What a team learns of how it was judged: never more than can be said without pointing at a juror or another team."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import quantiles

ENOUGH = 5  # entries of a category: with fewer, its spread would tell what single entries got


@dataclass(frozen=True)
class Spread:
    """The means that a category's entries got on one criterion: the middle one, and where the middle half lies."""

    low: float
    middle: float
    high: float
    entries: int


def spread_of(means: Collection[float]) -> Spread | None:
    """Quartiles of a category's means, the reader's own among them; None below `ENOUGH`. No smallest, no largest."""
    if len(means) < ENOUGH:
        return None
    low, middle, high = quantiles(means, n=4, method="inclusive")
    return Spread(low, middle, high, len(means))


def order_comments(comments: Iterable[str]) -> list[str]:
    """Comments that say anything, in the order of their own words: it tells nothing that they do not tell themselves.

    Each list is ordered by itself, so that nobody can join what one juror wrote on several criteria.
    """
    said = {comment.strip() for comment in comments} - {""}
    return sorted(said, key=lambda comment: (comment.casefold(), comment))
