"""Conflicts that arise after assigning: the juror is barred at once, the entry is free for another, people are told.

A ballot given before stays as it is and counts until somebody decides about it with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, EventRole
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.notifications.services import enqueue_mail
from innovate.scoring import policy
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.integrity import Clash, Outcome
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import get_panel_sheet
from innovate.scoring.queries.conflicts import find_conflicts, is_barred
from innovate.scoring.services.exclusion import exclude_ballot
from innovate.scoring.services.trail import require_reason


def recheck(
    event_id: int,
    *,
    idea_ids: Collection[int] | None = None,
    user_ids: Collection[int] | None = None,
    actor_id: int | None,
    cause: str,
    at: datetime,
) -> list[Clash]:
    """Bar jurors from standing assignments that conflict by now, and tell chair and organizers.

    `cause` says what changed.
    """
    db.session.flush()
    query = select(Assignment).join(Round, Round.id == Assignment.round_id)
    query = query.where(Round.event_id == event_id, Assignment.state == AssignmentState.ACTIVE)
    if idea_ids is not None:
        query = query.where(Assignment.idea_id.in_(idea_ids))
    if user_ids is not None:
        query = query.where(Assignment.user_id.in_(user_ids))
    seats = list(db.session.scalars(query.order_by(Assignment.id)))
    if not seats:
        return []
    standing = find_conflicts(event_id, idea_ids=idea_ids, user_ids=user_ids)
    made = []
    for seat in seats:
        reason = standing.get((seat.idea_id, seat.user_id))
        if reason is None or locked(Assignment, seat.id).state is not AssignmentState.ACTIVE:
            continue
        seat.state, seat.ended_at = AssignmentState.BARRED, at
        clash = Clash(
            event_id=event_id, assignment_id=seat.id, reason=reason, cause=cause, found_at=at, outcome=None
        )
        db.session.add(clash)
        made.append(clash)
        record(
            "assignment.bar",
            actor_id=actor_id,
            at=at,
            object_type="assignment",
            object_id=seat.id,
            event_id=event_id,
            after={"reason": reason.value, "cause": cause},
            subject_id=seat.user_id,
        )
    db.session.flush()
    if made:
        _alarm(event_id, made, at)
    return made


def _alarm(event_id: int, made: Sequence[Clash], at: datetime) -> None:
    """One mail to the chair and to each organizer; not to a chair about their own conflict."""
    event = db.session.get_one(Event, event_id)
    query = (
        select(Assignment.id, User.id, User.name, Idea.number, Idea.title)
        .join(User, User.id == Assignment.user_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .where(Assignment.id.in_([clash.assignment_id for clash in made]))
        .order_by(Idea.number, User.name)
    )
    rows = [tuple(row) for row in db.session.execute(query)]
    first = min(clash.id for clash in made)
    for user, is_organizer in _list_leaders(event_id):
        told = [row for row in rows if is_organizer or row[1] != user.id]
        if not told:
            continue
        enqueue_mail(
            "scoring_clash",
            address=user.email,
            at=at,
            locale=user.locale or "id",
            user_id=user.id,
            event_id=event_id,
            cause=f"clash:{first}:{user.id}",
            context={
                "name": user.full_name,
                "event": event.name,
                "count": len(told),
                "pairs": [
                    f"{juror}: {number or 0:03d} {title}" for _id, _user, juror, number, title in told[:20]
                ],
                "path": f"/k/{event.slug}/kelola/{'benturan' if is_organizer else 'penugasan?hanya=short'}",
            },
        )


def _list_leaders(event_id: int) -> list[tuple[User, bool]]:
    """Chair and organizers, each once, with whether they are an organizer."""
    query = select(User, EventRole.role).join(EventRole, EventRole.user_id == User.id)
    query = query.where(
        EventRole.event_id == event_id,
        EventRole.role.in_((Role.CHAIR, Role.ORGANIZER)),
        EventRole.revoked_at.is_(None),
    )
    found: dict[int, tuple[User, bool]] = {}
    for user, role in db.session.execute(query.order_by(User.id)):
        found[user.id] = (user, role is Role.ORGANIZER or found.get(user.id, (user, False))[1])
    return list(found.values())


def recheck_everywhere(
    *, user_id: int | None = None, actor_id: int | None, cause: str, at: datetime
) -> list[Clash]:
    """The same in every event that is not archived: a person's unit or the tree of units changed."""
    db.session.flush()
    query = select(Round.event_id).join(Assignment, Assignment.round_id == Round.id)
    query = query.join(Event, Event.id == Round.event_id).where(
        Assignment.state == AssignmentState.ACTIVE, Event.state != EventState.ARCHIVED
    )
    if user_id is not None:
        query = query.where(Assignment.user_id == user_id)
    users = None if user_id is None else [user_id]
    return [
        clash
        for event_id in sorted(set(db.session.scalars(query)))
        for clash in recheck(event_id, user_ids=users, actor_id=actor_id, cause=cause, at=at)
    ]


def settle_clash(actor: Actor, public_id: str, *, exclude: bool, reason: str, at: datetime) -> Clash:
    """Decide about the ballot given before the conflict: it goes on counting, or it is excluded."""
    require(policy.can_lead(actor))
    query = select(Clash).where(Clash.public_id == public_id, Clash.event_id == actor.event.id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    clash = locked(Clash, found.id)
    seat = db.session.get_one(Assignment, clash.assignment_id)
    _refuse_own(actor, seat.idea_id, seat.user_id)
    require(clash.settled_at is None, Refused(_l("Benturan ini sudah diputuskan.")))
    reason = require_reason(reason)
    if exclude:
        sheet = get_panel_sheet(actor.event.id, seat.public_id)
        require(
            sheet.ballot_id is not None and sheet.ballot_state is not BallotState.EXCLUDED,
            Refused(_l("Tidak ada nilai yang dapat dikeluarkan.")),
        )
        exclude_ballot(actor.user_id, sheet, reason=reason, at=at)
    _settle(actor, clash, Outcome.EXCLUDED if exclude else Outcome.KEPT, reason, at, seat.user_id)
    return clash


def _refuse_own(actor: Actor, idea_id: int, user_id: int) -> None:
    """Nobody decides about their own conflict, nor a chair about an entry that does not exist for them."""
    own = _l("Benturan Anda sendiri diputuskan orang lain.")
    require(actor.user_id != user_id, Refused(own))
    require(not policy.is_bound(actor) or not is_barred(actor.event.id, idea_id, actor.user_id), NotFound())


def _settle(actor: Actor, clash: Clash, outcome: Outcome, reason: str, at: datetime, subject_id: int) -> None:
    clash.outcome, clash.settled_reason = outcome, reason
    clash.settled_at, clash.settled_by_id = at, actor.user_id
    record(
        "clash.settle",
        actor_id=actor.user_id,
        at=at,
        object_type="clash",
        object_id=clash.id,
        event_id=actor.event.id,
        after={"outcome": outcome.value, "reason": reason},
        subject_id=subject_id,
    )


def close_clashes(actor: Actor, seat: Assignment, reason: str, at: datetime) -> None:
    """The juror has the entry back: what was open about it is settled."""
    query = select(Clash).where(Clash.assignment_id == seat.id, Clash.settled_at.is_(None))
    for clash in db.session.scalars(query):
        _settle(actor, clash, Outcome.RESTORED, reason, at, seat.user_id)
