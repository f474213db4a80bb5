"""What is said beside a row of a board: how sure it is, and what decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from flask_babel import gettext as _

from innovate.results.domain.method import Method
from innovate.results.domain.placing import read_decision
from innovate.results.words.numbers import number
from innovate.results.words.places import say_chance, say_decision, say_rank, say_score

SURE, NEVER = 0.995, 0.005


class Said(Protocol):
    """What of a row is put into words."""

    @property
    def idea_id(self) -> int: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def raw_rank(self) -> int | None: ...
    @property
    def raw(self) -> float | None: ...
    @property
    def score(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def rank_low(self) -> int | None: ...
    @property
    def rank_high(self) -> int | None: ...
    @property
    def p_top(self) -> float | None: ...
    @property
    def near_low(self) -> int | None: ...
    @property
    def near_high(self) -> int | None: ...
    @property
    def tie(self) -> Any: ...


class Words(NamedTuple):
    """Sentences and parts of sentences; empty where there is nothing to say. `joined`: not separated from the next."""

    score: str = ""
    rank: str = ""
    chance: str = ""
    decision: str = ""
    near: str = ""
    raw: str = ""
    joined: bool = False


def say_rows(
    rows: Iterable[Said], *, method: Method, criteria: Sequence[str], top: int | None, scores: bool = True
) -> Mapping[int, Words]:
    """By idea. Without `scores` no number that a score could be read from."""
    return {
        row.idea_id: say_row(row, method, criteria, top, scores=scores)
        for row in rows
        if row.rank is not None
    }


def say_row(
    row: Said, method: Method, criteria: Sequence[str], top: int | None, *, scores: bool = True
) -> Words:
    """One ranked row."""
    return Words(
        score=_say_score(row, method) if scores else "",
        rank=_say_rank(row),
        chance=_say_chance(row, top),
        decision=_say_decision(row, criteria),
        near=_say_near(row),
        raw=_say_raw(row) if scores and method is not Method.RAW else "",
        joined=row.near_high is not None and row.rank is not None and row.near_high > row.rank,
    )


def _say_score(row: Said, method: Method) -> str:
    if row.score is None or row.low is None or row.high is None:
        return ""
    if method is not Method.RAW:
        return say_score(row.score, row.low, row.high)
    return _(
        "Nilai rata-rata %(score)s; kemungkinan besar antara %(low)s dan %(high)s",
        score=number(row.score),
        low=number(row.low, 0),
        high=number(row.high, 0),
    )


def _say_rank(row: Said) -> str:
    if row.rank is None or row.rank_low is None or row.rank_high is None:
        return ""
    return say_rank(row.rank, row.rank_low, row.rank_high)


def _say_chance(row: Said, top: int | None) -> str:
    if row.p_top is None or top is None or not NEVER < row.p_top < SURE:
        return ""
    return say_chance(row.p_top, top)


def _say_decision(row: Said, criteria: Sequence[str]) -> str:
    decision = read_decision(row.tie)
    return say_decision(decision, criteria) if decision else ""


def _say_near(row: Said) -> str:
    if row.near_low is None or row.near_high is None or row.near_low == row.near_high:
        return ""
    return _("belum dapat dibedakan dari peringkat %(low)s–%(high)s", low=row.near_low, high=row.near_high)


def _say_raw(row: Said) -> str:
    if row.raw is None or row.raw_rank is None:
        return ""
    return _("Rata-rata %(raw)s (peringkat %(rank)s)", raw=number(row.raw, 2), rank=row.raw_rank)
