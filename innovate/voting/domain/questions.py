"""What in a vote deserves a second look. Each finding is a question to people, never a reason to remove by itself.

Networks: many votes from one network within minutes. Domains: one domain that is no public provider with a large part
of all votes. Series: addresses that differ by a number alone. Bursts: an entry that within a quarter of an hour takes
far more of the votes than its share of that day lets one expect (exact binomial tail). docs/algorithms/public-vote.md.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import comb
from zoneinfo import ZoneInfo

from innovate.voting.domain.addresses import PUBLIC_PROVIDERS

NETWORK_SPAN = timedelta(minutes=10)
NETWORK_LEAST = 8
DOMAIN_LEAST = 20
DOMAIN_SHARE = 0.25
SERIES_LEAST = 3
BURST_SPAN = timedelta(minutes=15)
BURST_LEAST = 8
BURST_CHANCE = 0.001  # of all windows of the vote together


class QuestionKind(enum.StrEnum):
    """What was noticed."""

    NETWORK = "network"
    DOMAIN = "domain"
    SERIES = "series"
    BURST = "burst"


@dataclass(frozen=True)
class Trace:
    """A confirmed vote as its traces show it; networks and stems are salted hashes, `entries` what was chosen."""

    key: str
    at: datetime
    network: str
    domain: str
    stem: str
    entries: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Question:
    """Votes (by key, oldest first) that have something in common. `subject`: the domain, or the entry's key as text."""

    kind: QuestionKind
    subject: str
    votes: tuple[str, ...]
    begins: datetime
    ends: datetime

    @property
    def code(self) -> str:
        """What tells it from the others."""
        return f"{self.kind}-{self.votes[0]}"


def find_questions(traces: Iterable[Trace], zone: ZoneInfo, *, entries: bool) -> list[Question]:
    """Everything to ask, most votes first. `entries` False looks at no choice: while a vote runs, nobody may."""
    ordered = sorted(traces, key=lambda trace: (trace.at, trace.key))
    found = [*_networks(ordered), *_domains(ordered), *_series(ordered)]
    if entries:
        found += _bursts(ordered, zone)
    return sorted(found, key=lambda question: (-len(question.votes), question.code))


def _ask(kind: QuestionKind, subject: str, votes: Sequence[Trace]) -> Question:
    return Question(kind, subject, tuple(vote.key for vote in votes), votes[0].at, votes[-1].at)


def _networks(ordered: Sequence[Trace]) -> list[Question]:
    """For each network the votes that lie, with seven others of it, within ten minutes."""
    found = []
    for network, votes in _by(ordered, "network").items():
        caught: set[int] = set()
        for first in range(len(votes) - NETWORK_LEAST + 1):
            if votes[first + NETWORK_LEAST - 1].at - votes[first].at <= NETWORK_SPAN:
                caught.update(range(first, first + NETWORK_LEAST))
        if network and caught:
            found.append(_ask(QuestionKind.NETWORK, "", [votes[n] for n in sorted(caught)]))
    return found


def _domains(ordered: Sequence[Trace]) -> list[Question]:
    return [
        _ask(QuestionKind.DOMAIN, domain, votes)
        for domain, votes in _by(ordered, "domain").items()
        if domain
        and domain not in PUBLIC_PROVIDERS
        and len(votes) >= max(DOMAIN_LEAST, DOMAIN_SHARE * len(ordered))
    ]


def _series(ordered: Sequence[Trace]) -> list[Question]:
    return [
        _ask(QuestionKind.SERIES, votes[0].domain, votes)
        for stem, votes in _by(ordered, "stem").items()
        if stem and len(votes) >= SERIES_LEAST
    ]


def _bursts(ordered: Sequence[Trace], zone: ZoneInfo) -> list[Question]:
    days: dict[date, list[Trace]] = defaultdict(list)
    for trace in ordered:
        days[trace.at.astimezone(zone).date()].append(trace)
    windows = [(day, window) for day in days.values() for window in _split(day)]
    limit = BURST_CHANCE / max(1, len(windows))
    found = []
    for day, window in windows:
        for entry in sorted(set().union(*(trace.entries for trace in window))):
            inside = [trace for trace in window if entry in trace.entries]
            taken = sum(entry in trace.entries for trace in day)
            chance = burst_chance(len(inside), len(window), taken, len(day))
            if len(inside) >= BURST_LEAST and chance < limit:
                found.append(_ask(QuestionKind.BURST, str(entry), inside))
    return found


def _split(day: Sequence[Trace]) -> list[list[Trace]]:
    """The votes of a day by quarters of an hour."""
    quarters: dict[int, list[Trace]] = defaultdict(list)
    for trace in day:
        quarters[int(trace.at.timestamp() // BURST_SPAN.total_seconds())].append(trace)
    return list(quarters.values())


def burst_chance(inside: int, window: int, of_day: int, day: int) -> float:
    """P(X >= inside) for X ~ Binomial(window, p), p the entry's share of the day's votes outside the window.

    (of_day - inside + 1) / (day - window + 2): one vote for it and one against it are added, so that an entry without
    any other vote that day is not impossible.
    """
    p = (of_day - inside + 1) / (day - window + 2)
    return sum(comb(window, k) * p**k * (1 - p) ** (window - k) for k in range(inside, window + 1))


def _by(ordered: Sequence[Trace], name: str) -> dict[str, list[Trace]]:
    found: dict[str, list[Trace]] = defaultdict(list)
    for trace in ordered:
        found[getattr(trace, name)].append(trace)
    return found
