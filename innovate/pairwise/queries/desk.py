"""A juror's place in a contest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from string import digits

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events import policy as event_policy
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.pairwise.domain.certainty import place_all, sureness
from innovate.pairwise.domain.choosing import choose_next
from innovate.pairwise.models import Contest, ContestEntry, ContestJuror, ContestState, Step, StepKind
from innovate.pairwise.queries.field import Field, Seat, Stall, Trace, load_field
from innovate.scoring.models.integrity import PactSignature
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import JURY, is_barred

LIVE_DRAWS = 300  # enough for a share that is told in steps of 5 per cent


@dataclass(frozen=True)
class Desk:
    """What a juror's screen shows. `seen` and `offered` are None where there is nothing, or nothing they may see."""

    field: Field
    seat: Seat
    seen: Stall | None
    offered: Stall | None
    is_done: bool
    at: datetime

    @property
    def contest(self) -> Contest:
        """The contest."""
        return self.field.contest

    @property
    def own(self) -> list[Trace]:
        """The juror's standing steps in order."""
        return [trace for trace in self.field.traces if trace.user_id == self.seat.user_id]

    @property
    def made(self) -> int:
        """How many comparisons the juror made."""
        return sum(trace.kind is StepKind.VOTE for trace in self.own)

    @property
    def last(self) -> Trace | None:
        """The step that can be taken back."""
        return self.own[-1] if self.own else None

    @property
    def may_name_last(self) -> bool:
        """Whether no conflict of interest stands between the juror and the entries of the last step."""
        last = self.last
        keys = [key for key in (last.seen_id, last.offered_id) if key] if last else []
        return bool(keys) and all(self.field.may_meet(key, self.seat.user_id) for key in keys)

    @property
    def sureness(self) -> float | None:
        """How many of the first K are expected to be right, as a share; says nothing about who they are."""
        cut = self.contest.cut
        return sureness(place_all(self.field.belief, self.field.open_keys, cut, draws=LIVE_DRAWS), cut)

    @property
    def hall(self) -> list[tuple[Stall, bool]]:
        """Entries the juror may meet, by stand, each with whether another juror is there now."""
        busy = self.field.busy(self.at, but=self.seat.user_id)
        free = [s for s in self.field.stalls if self.field.is_fit(s.id, self.seat.user_id)]
        return [(stall, stall.id in busy) for stall in sorted(free, key=by_stand)]

    @property
    def is_offered_busy(self) -> bool:
        """Whether somebody else is at the stand the juror is sent to."""
        busy = self.field.busy(self.at, but=self.seat.user_id)
        return self.offered is not None and self.offered.id in busy


def by_stand(stall: Stall) -> tuple[int, str, int]:
    """Order of a walk through the hall: stands by their number, then by their text."""
    number = "".join(c for c in stall.stand if c in digits)  # others that count as digits are no numbers
    return (int(number) if number else 10**9, stall.stand, stall.number or 0)


def load_desk(contest: Contest, user_id: int, at: datetime) -> Desk:
    """The juror's desk, or NotFound for somebody who is not in the contest. Beside a blind round nobody is named."""
    field = load_field(contest)
    if db.session.get_one(Round, contest.round_id).is_blind:
        field = replace(field, stalls=[stall.without_identity() for stall in field.stalls])
    seat = field.seat_of(user_id)
    if seat is None:
        raise NotFound
    seen, offered = (
        field.by_id[key] if key is not None and field.is_fit(key, user_id) else None
        for key in (seat.seen_id, seat.offered_id)
    )
    left = offered is not None or choose_next(field.belief, field.situation(user_id, None, at)) is not None
    return Desk(field, seat, seen, offered, not left, at)


def get_stall(field: Field, user_id: int, entry_id: str) -> Stall:
    """An entry the juror may meet, or NotFound."""
    found = [s for s in field.stalls if s.public_id == entry_id and field.is_fit(s.id, user_id)]
    if not found:
        raise NotFound
    return found[0]


def may_read_compared(actor: Actor, idea: Idea) -> bool:
    """A juror of an open contest who signed the pact reads its entries, but none they have a conflict with."""
    return bool(_list_reading(actor, idea)) and not is_barred(idea.event_id, idea.id, actor.user_id)


def reads_compared_blind(actor: Actor, idea: Idea) -> bool:
    """Whether the person reads the entry in a contest beside a blind round, and so must not learn whose it is."""
    if event_policy.can_read_all(actor) or event_policy.can_read_screening(actor):
        return False
    return any(_list_reading(actor, idea))


def _list_reading(actor: Actor, idea: Idea) -> list[bool]:
    """The open contests in which the person may read the entry: for each whether its round is blind."""
    if actor.user is None or not actor.roles.intersection(JURY) or idea.state is not IdeaState.ELIGIBLE:
        return []
    signed = (PactSignature.round_id == Contest.round_id) & (PactSignature.user_id == actor.user.id)
    query = (
        select(Round.is_blind)
        .select_from(ContestEntry)
        .join(Contest, Contest.id == ContestEntry.contest_id)
        .join(Round, Round.id == Contest.round_id)
        .join(PactSignature, signed)
        .join(ContestJuror, ContestJuror.contest_id == Contest.id)
        .where(
            ContestEntry.idea_id == idea.id,
            ContestEntry.removed_at.is_(None),
            Contest.state == ContestState.OPEN,
            ContestJuror.user_id == actor.user.id,
            ContestJuror.removed_at.is_(None),
        )
    )
    return list(db.session.scalars(query))


def count_own_open(user_id: int, event_ids: list[int]) -> dict[int, tuple[str, str, int]]:
    """By event: the open contest a person judges in (public id, name, comparisons made). One statement."""
    made = (
        select(func.count())
        .where(
            Step.contest_id == Contest.id,
            Step.user_id == user_id,
            Step.kind == StepKind.VOTE,
            Step.undone_at.is_(None),
        )
        .scalar_subquery()
    )
    holds = (
        select(EventRole.id)
        .where(
            EventRole.event_id == Contest.event_id,
            EventRole.user_id == user_id,
            EventRole.role.in_(JURY),
            EventRole.revoked_at.is_(None),
        )
        .exists()
    )
    query = (
        select(Contest.event_id, Contest.public_id, Contest.name, made)
        .join(ContestJuror, ContestJuror.contest_id == Contest.id)
        .where(
            Contest.event_id.in_(event_ids),
            Contest.state == ContestState.OPEN,
            ContestJuror.user_id == user_id,
            ContestJuror.removed_at.is_(None),
            holds,
        )
        .order_by(Contest.id)
    )
    return {event_id: (key, name, count) for event_id, key, name, count in db.session.execute(query)}
