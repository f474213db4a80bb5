"""Reading what deserves a second look in a vote."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from innovate.core.db import db
from innovate.voting.domain.questions import Question, QuestionKind, Trace, find_questions
from innovate.voting.domain.stages import may_see_totals
from innovate.voting.models import Poll, Vote, VoteChoice
from innovate.voting.queries.entries import Entrant
from innovate.voting.queries.polls import counts
from innovate.voting.queries.totals import Count, load_count, without

MOST_LINES = 200  # votes of a question that its page lists


@dataclass(frozen=True)
class VoteLine:
    """A vote as the organizer reads it. `network` is a number that means something on this page only."""

    public_id: str
    at: datetime
    network: int
    domain: str
    chosen: Sequence[Entrant]


@dataclass(frozen=True)
class Finding:
    """A question with its votes; after the closing also who would win without them, and the entry of a burst."""

    question: Question
    lines: Sequence[VoteLine]
    entrant: Entrant | None = None
    without: Sequence[Entrant] | None = None
    changes: bool = False

    @property
    def left_off(self) -> int:
        """How many votes are not listed."""
        return len(self.question.votes) - len(self.lines)


@dataclass(frozen=True)
class Inquiry:
    """Everything to ask, and who wins as things are (None while nobody may know)."""

    findings: Sequence[Finding]
    winners: Sequence[Entrant] | None


def load_inquiry(poll: Poll, at: datetime, zone: ZoneInfo) -> Inquiry:
    """The questions of a vote. Before its closing nothing is read of what people chose."""
    open_ = may_see_totals(poll.stage(at))
    traces = _list_traces(poll.id, choices=open_)
    count = load_count(poll) if open_ else None
    found = find_questions(traces, zone, entries=open_)
    read = _Reader({trace.key: trace for trace in traces}, count, poll)
    return Inquiry([read.finding(question) for question in found], read.winners)


class _Reader:
    """Turns keys into what people read."""

    def __init__(self, traces: Mapping[str, Trace], count: Count | None, poll: Poll) -> None:
        self.traces, self.count, self.poll = traces, count, poll
        self.networks = {
            name: n for n, name in enumerate(dict.fromkeys(t.network for t in traces.values()), 1)
        }
        self.entrants = {each.id: each for each in count.entrants} if count else {}
        self.present = _who(count.outcome.sure, count.outcome.tied) if count else frozenset()

    @property
    def winners(self) -> Sequence[Entrant] | None:
        return self.count.named(self.present) if self.count else None

    def finding(self, question: Question) -> Finding:
        lines = [self._line(self.traces[key]) for key in question.votes[:MOST_LINES]]
        if self.count is None:
            return Finding(question, lines)
        lost: Counter[int] = Counter(
            self.entrants[entry].idea_id for key in question.votes for entry in self.traces[key].entries
        )
        other = without(self.count, self.poll, lost)
        who = _who(other.sure, other.tied)
        burst = question.kind is QuestionKind.BURST
        return Finding(
            question,
            lines,
            entrant=self.entrants[int(question.subject)] if burst else None,
            without=[self.count.by_idea[row.idea_id] for row in other.rows if row.idea_id in who],
            changes=who != self.present,
        )

    def _line(self, trace: Trace) -> VoteLine:
        chosen = [self.entrants[entry] for entry in sorted(trace.entries)]
        return VoteLine(trace.key, trace.at, self.networks[trace.network], trace.domain, chosen)


def _who(sure: Sequence[int], tied: Sequence[int]) -> frozenset[int]:
    return frozenset(sure) | frozenset(tied)


def _list_traces(poll_id: int, *, choices: bool) -> list[Trace]:
    query = select(Vote.id, Vote.public_id, Vote.confirmed_at, Vote.network, Vote.domain, Vote.stem)
    rows = db.session.execute(query.where(Vote.poll_id == poll_id, counts()).order_by(Vote.id)).all()
    chosen: dict[int, set[int]] = defaultdict(set)
    if choices:
        pairs = select(VoteChoice.vote_id, VoteChoice.entry_id).join(Vote, Vote.id == VoteChoice.vote_id)
        for vote, entry in db.session.execute(pairs.where(Vote.poll_id == poll_id)):
            chosen[vote].add(entry)
    return [
        Trace(public_id, at, network, domain, stem, frozenset(chosen[key]))
        for key, public_id, at, network, domain, stem in rows
    ]
