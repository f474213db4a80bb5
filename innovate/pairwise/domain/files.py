"""Ranking a file of comparisons: maximum likelihood, or with a prior and a notice where that does not exist."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from innovate.pairwise.domain.bradley_terry import Comparisons, Fit, NotConnected, fit_map, fit_ml

TIE_PLACES = 6


class Notice(enum.StrEnum):
    """What a reader must know about the numbers."""

    PRIOR = "prior"  # not strongly connected: abilities are held together by a prior N(0, 4)


@dataclass(frozen=True)
class Ranked:
    """One item: `ability` in logits (mean 0 over all), its standard error against the first item of the file."""

    item: str
    ability: float
    se_to_first: float
    rank: int


@dataclass(frozen=True)
class Ranking:
    """The items in the order of the file's first mention, and what to say about them."""

    items: Sequence[Ranked]
    notices: Sequence[Notice] = ()


def rank_votes(votes: Iterable[tuple[str, str, float]]) -> Ranking:
    """Rank (winner, loser, count) rows. ValueError for an item against itself, a count below 0, or no rows at all."""
    rows = list(votes)
    if not rows:
        raise ValueError("no comparisons")
    for winner, loser, count in rows:
        if winner == loser:
            raise ValueError(f"{winner!r} is compared with itself")
        if not count >= 0:
            raise ValueError(f"the count {count!r} is below 0")
    names = list(dict.fromkeys(name for row in rows for name in row[:2]))
    place = {name: n for n, name in enumerate(names)}
    pairs = [(place[winner], place[loser]) for winner, loser, _count in rows]
    made = Comparisons.of(len(names), pairs, [count for *_names, count in rows])
    try:
        return _lay_out(names, fit_ml(made))
    except NotConnected:
        return _lay_out(names, fit_map(made), Notice.PRIOR)


def _lay_out(names: Sequence[str], fit: Fit, *notices: Notice) -> Ranking:
    centred = (fit.ability - fit.ability.mean()).tolist()
    errors = fit.error_to(0).tolist()
    keys = [round(value, TIE_PLACES) for value in centred]
    items = [
        Ranked(name, value, error, 1 + sum(other > key for other in keys))
        for name, value, error, key in zip(names, centred, errors, keys, strict=True)
    ]
    return Ranking(items, notices)
