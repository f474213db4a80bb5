"""A running contest as those who lead it see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.pairwise.domain.bradley_terry import count_islands
from innovate.pairwise.domain.certainty import place_all, sureness
from innovate.pairwise.models import Contest, Step, StepKind
from innovate.pairwise.queries.desk import LIVE_DRAWS
from innovate.pairwise.queries.eyes import EVERYTHING, Eyes
from innovate.pairwise.queries.field import BUSY, Field, Seat, Stall, load_field


class JurorLine(NamedTuple):
    """A juror's share in a contest; `offered` is where they are, while the visit is not old."""

    seat: Seat
    votes: int
    skips: int
    undone: int
    last_at: datetime | None
    conflicts: int
    offered: Stall | None


class EntryLine(NamedTuple):
    """How an entry fares in the comparing, not how well: seen how often, in how many comparisons, visited now."""

    stall: Stall
    seen: int
    compared: int
    busy_since: datetime | None


@dataclass(frozen=True)
class Room:
    """The state of a contest, without any order by quality."""

    field: Field
    jurors: Sequence[JurorLine]
    entries: Sequence[EntryLine]
    islands: int

    @property
    def votes(self) -> int:
        """Comparisons that count."""
        return len(self.field.votes)

    @property
    def least_seen(self) -> int:
        """How often the least seen entry was seen."""
        return min((line.seen for line in self.entries), default=0)

    @property
    def is_linked(self) -> bool:
        """Whether every entry can be placed against every other."""
        return self.islands == 1

    @property
    def sureness(self) -> float | None:
        """How many of the first K are expected to be right, as a share."""
        cut = self.field.contest.cut
        return sureness(place_all(self.field.belief, self.field.open_keys, cut, draws=LIVE_DRAWS), cut)


def load_room(contest: Contest, at: datetime, eyes: Eyes = EVERYTHING) -> Room:
    """Everything the live page shows to these eyes; one statement more than the field's."""
    field = load_field(contest)
    compared = Counter(key for vote in field.votes for key in (vote.winner, vote.loser))
    seen = Counter(trace.offered_id for trace in field.traces if trace.kind is not StepKind.SKIP)
    busy = field.busy(at)
    entries = [
        EntryLine(shown, seen[stall.id], compared[stall.id], busy.get(stall.id))
        for stall in field.stalls
        if stall.is_open and (shown := eyes.see(stall)) is not None
    ]
    where = {key: n for n, key in enumerate(sorted(field.open_keys))}
    pairs = [(where[v.winner], where[v.loser]) for v in field.votes if v.winner in where and v.loser in where]
    lines = sorted(entries, key=lambda line: (line.seen, line.compared, line.stall.number or 0))
    return Room(field, _list_jurors(field, at, eyes), lines, count_islands(len(where), pairs))


def _list_jurors(field: Field, at: datetime, eyes: Eyes) -> list[JurorLine]:
    own = Counter((trace.user_id, trace.kind) for trace in field.traces)
    query = (
        select(Step.user_id, func.count(Step.undone_at), func.max(Step.at))
        .where(Step.contest_id == field.contest.id)
        .group_by(Step.user_id)
    )
    past = {user_id: (undone, last) for user_id, undone, last in db.session.execute(query)}
    return [
        JurorLine(
            seat=seat,
            votes=own[seat.user_id, StepKind.VOTE],
            skips=own[seat.user_id, StepKind.SKIP],
            undone=past.get(seat.user_id, (0, None))[0],
            last_at=past.get(seat.user_id, (0, None))[1],
            conflicts=sum(not field.may_meet(key, seat.user_id) for key in field.open_keys),
            offered=eyes.see(field.by_id.get(seat.offered_id or 0)) if _is_there(seat, at) else None,
        )
        for seat in field.seats
    ]


def _is_there(seat: Seat, at: datetime) -> bool:
    return seat.offered_at is not None and at - seat.offered_at < BUSY
