"""Declaring conflicts of interest, stepping back, and dismissing what was declared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.scoring import policy
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, ConflictSource, Juror
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import get_panel_sheet
from innovate.scoring.queries.conflicts import is_barred, list_barred
from innovate.scoring.queries.jury import get_juror
from innovate.scoring.queries.pact import list_signed_rounds
from innovate.scoring.services.clashes import recheck
from innovate.scoring.services.exclusion import exclude_ballot
from innovate.scoring.services.trail import require_reason


def declare(
    actor: Actor, *, clear: Collection[str], conflicts: Mapping[str, str], at: datetime
) -> tuple[int, int]:
    """The juror's word on assigned entries, before reading them: free of conflicts, or a conflict with its reason.

    Keys are assignments' public ids; entries not mentioned stay undeclared. Returns how many of each.
    """
    require(event_policy.can_judge(actor))
    seats = {seat.public_id: seat for seat in _own_seats(actor) if seat.state is AssignmentState.ACTIVE}
    require(set(clear) | set(conflicts) <= set(seats), NotFound())
    signed = list_signed_rounds(actor.user_id, actor.event.id)
    unsigned = Refused(_l("Tanda tangani dahulu pakta integritas babak ini."))
    require(all(seats[key].round_id in signed for key in {*clear, *conflicts}), unsigned)
    barred = list_barred(actor.event.id, actor.user_id)
    require(all(seats[key].idea_id not in barred for key in {*clear, *conflicts}), NotFound())
    for public_id, reason in conflicts.items():
        recuse(actor, public_id, source=ConflictSource.DECLARED, reason=reason, at=at)
    fresh = [seats[key] for key in clear if key not in conflicts and seats[key].cleared_at is None]
    for seat in fresh:
        seat.cleared_at = at
    if fresh:
        record(
            "conflict.none",
            actor_id=actor.user_id,
            at=at,
            object_type="event",
            object_id=actor.event.id,
            event_id=actor.event.id,
            after={"assignments": sorted(seat.id for seat in fresh)},
        )
    _see(actor, at)
    return len(fresh), len(conflicts)


def _own_seats(actor: Actor) -> list[Assignment]:
    query = select(Assignment).join(Round, Round.id == Assignment.round_id)
    query = query.where(Round.event_id == actor.event.id, Assignment.user_id == actor.user_id)
    return list(db.session.scalars(query))


def recuse(actor: Actor, public_id: str, *, source: ConflictSource, reason: str, at: datetime) -> Assignment:
    """The juror steps back from an entry, for a conflict (DECLARED) or another reason (ABSTAINED).

    A ballot begun before is excluded, not deleted. The organizer sees the gap at once.
    """
    require(event_policy.can_judge(actor))
    seat = next((s for s in _own_seats(actor) if s.public_id == public_id), None)
    if seat is None:
        raise NotFound
    seat = locked(Assignment, seat.id)
    gone = Refused(_l("Anda sudah tidak menilai karya ini."))
    require(seat.state is AssignmentState.ACTIVE, gone)
    reason = require_reason(reason)
    sheet = get_panel_sheet(actor.event.id, public_id)
    if sheet.ballot_id is not None and sheet.ballot_state is not BallotState.EXCLUDED:
        exclude_ballot(actor.user_id, sheet, reason=reason, at=at)
    seat.state, seat.reason, seat.ended_at = AssignmentState.RECUSED, reason, at
    _keep(actor, seat.idea_id, actor.user_id, source, reason, at)
    pair = {"idea_ids": [seat.idea_id], "user_ids": [actor.user_id]}
    recheck(
        actor.event.id, **pair, actor_id=actor.user_id, cause="recusal", at=at
    )  # the same entry in other rounds
    _see(actor, at)
    return seat


def add_conflict(
    actor: Actor, *, idea_public_id: str, juror_public_id: str, reason: str, at: datetime
) -> Conflict:
    """The chair or organizer notes a conflict they know of; standing assignments of the pair end."""
    require(policy.can_lead(actor))
    reason = require_reason(reason)
    juror = get_juror(actor.event.id, juror_public_id).user
    query = select(Idea.id).where(Idea.public_id == idea_public_id, Idea.event_id == actor.event.id)
    idea_id = db.session.scalar(query)
    if idea_id is None or (policy.is_bound(actor) and is_barred(actor.event.id, idea_id, actor.user_id)):
        raise NotFound
    seats = select(Assignment).join(Round, Round.id == Assignment.round_id)
    seats = seats.where(
        Round.event_id == actor.event.id,
        Assignment.idea_id == idea_id,
        Assignment.user_id == juror.id,
        Assignment.state == AssignmentState.ACTIVE,
    )
    for seat in db.session.scalars(seats):
        sheet = get_panel_sheet(actor.event.id, seat.public_id)
        if sheet.ballot_id is not None and sheet.ballot_state is not BallotState.EXCLUDED:
            exclude_ballot(actor.user_id, sheet, reason=reason, at=at)
        seat.state, seat.reason, seat.ended_at = AssignmentState.REMOVED, reason, at
    return _keep(actor, idea_id, juror.id, ConflictSource.DECLARED, reason, at)


def _keep(
    actor: Actor, idea_id: int, user_id: int, source: ConflictSource, reason: str, at: datetime
) -> Conflict:
    query = select(Conflict).where(
        Conflict.idea_id == idea_id, Conflict.user_id == user_id, Conflict.ended_at.is_(None)
    )
    known = db.session.scalar(query)
    if known is not None:
        return known
    conflict = Conflict(
        event_id=actor.event.id,
        idea_id=idea_id,
        user_id=user_id,
        source=source,
        reason=reason,
        declared_by_id=actor.user_id,
        at=at,
    )
    db.session.add(conflict)
    db.session.flush()
    _record(actor, "conflict.declare", conflict, at, source=source.value, idea=idea_id, reason=reason)
    return conflict


def dismiss_conflict(actor: Actor, public_id: str, *, reason: str, at: datetime) -> Conflict:
    """A second person finds that a declared conflict is none; the pair may be assigned again."""
    require(policy.can_lead(actor))
    query = select(Conflict).where(Conflict.public_id == public_id, Conflict.event_id == actor.event.id)
    found = db.session.scalar(query)
    if found is None or (policy.is_bound(actor) and is_barred(actor.event.id, found.idea_id, actor.user_id)):
        raise NotFound
    conflict = locked(Conflict, found.id)
    require(conflict.ended_at is None, Refused(_l("Pernyataan ini sudah dicabut.")))
    second = _l(
        "Pencabutan harus dilakukan orang kedua: bukan yang menyatakan dan bukan juri yang bersangkutan."
    )
    require(policy.can_dismiss(actor, conflict.declared_by_id, conflict.user_id), Refused(second))
    conflict.ended_reason = require_reason(reason)
    conflict.ended_at, conflict.ended_by_id = at, actor.user_id
    _record(actor, "conflict.dismiss", conflict, at, reason=conflict.ended_reason)
    return conflict


def _record(actor: Actor, action: str, conflict: Conflict, at: datetime, **after: object) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="conflict",
        object_id=conflict.id,
        event_id=actor.event.id,
        after=after,
        subject_id=conflict.user_id,
    )


def _see(actor: Actor, at: datetime) -> None:
    seen = update(Juror).where(Juror.event_id == actor.event.id, Juror.user_id == actor.user_id)
    db.session.execute(seen.values(last_seen_at=at), execution_options={"synchronize_session": False})
