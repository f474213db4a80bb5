"""Giving entries to jurors: by hand, and taking them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.scoring import policy
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import get_panel_sheet
from innovate.scoring.queries.conflicts import find_conflicts, is_barred
from innovate.scoring.queries.jury import get_juror, list_jurors
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import is_entry_of, list_rounds
from innovate.scoring.services.clashes import close_clashes
from innovate.scoring.services.exclusion import exclude_ballot, include_ballot
from innovate.scoring.services.jurors import ensure_jurors
from innovate.scoring.services.trail import require_reason

CONFLICT_TEXTS = {
    Reason.TEAM: _l("pernah atau sedang menjadi anggota timnya"),
    Reason.MENTOR: _l("mendampingi atau pernah mendampingi timnya"),
    Reason.CHALLENGE: _l("anggota organisasi pemilik tantangannya"),
    Reason.OWN_UNIT: _l("bekerja di unit yang sama"),
    Reason.SUPERIOR_UNIT: _l("bekerja di unit atasannya"),
    Reason.SUBORDINATE_UNIT: _l("bekerja di unit bawahannya"),
    Reason.DECLARED: _l("menyatakan benturan kepentingan"),
    Reason.ABSTAINED: _l("menyatakan tidak menilai karya ini"),
}


def assign_juror(
    actor: Actor, round_: Round, idea_public_id: str, juror_public_id: str, *, at: datetime
) -> Assignment:
    """Give one entry to one juror; refused on a conflict, on a juror who is already there, or beyond capacity.

    The juror is told by `services.telling`, once for a burst of them.
    """
    require(policy.can_lead(actor))
    locked(Round, round_.id)  # two hands at once must see each other's seats
    query = select(Idea).where(Idea.public_id == idea_public_id, is_entry_of(round_))
    idea = db.session.scalar(query)
    if idea is None:
        raise NotFound
    juror = get_juror(actor.event.id, juror_public_id)
    _refuse_kept_chair(actor, idea.id)
    shows_why = policy.sees_identity(actor, [round_])  # the reason would name the unit of a blind entry
    _check_seat(round_, idea.id, juror.user.id, juror.user.name, shows_why=shows_why)
    held = _count_held(round_.id, juror.user.id)
    full = _l(
        "%(name)s sudah memegang %(most)s karya, sesuai batasnya.", name=juror.user.name, most=juror.capacity
    )
    require(juror.capacity is None or held < juror.capacity, Refused(full, field="juror"))
    ensure_jurors(actor.event.id, [juror.user.id])
    seat = Assignment(
        round_id=round_.id, idea_id=idea.id, user_id=juror.user.id, created_at=at, untold_since=at
    )
    db.session.add(seat)
    db.session.flush()
    _record(actor, "assignment.add", seat, at, after={"idea": idea.id, "juror": juror.user.id})
    return seat


def _refuse_kept_chair(actor: Actor, idea_id: int) -> None:
    """For a chair with a conflict of interest the entry does not exist in any room."""
    if policy.is_bound(actor) and is_barred(actor.event.id, idea_id, actor.user_id):
        raise NotFound


def _check_seat(round_: Round, idea_id: int, user_id: int, name: str, *, shows_why: bool) -> None:
    serving = find_round_jury(round_)
    elsewhere = _l("%(name)s tidak bertugas pada babak ini.", name=name)
    require(serving is None or user_id in serving, Refused(elsewhere, field="juror"))
    conflicts = find_conflicts(round_.event_id, idea_ids=[idea_id], user_ids=[user_id])
    if reason := conflicts.get((idea_id, user_id)):
        text = _l("%(name)s tidak dapat menilai karya ini: %(why)s.", name=name, why=CONFLICT_TEXTS[reason])
        if not shows_why:
            text = _l("%(name)s tidak dapat menilai karya ini karena benturan kepentingan.", name=name)
        raise Refused(text, field="juror")
    taken = _l("%(name)s sudah ditugaskan pada karya ini.", name=name)
    require(_find_seat(round_.id, idea_id, user_id) is None, Refused(taken, field="juror"))


def _find_seat(round_id: int, idea_id: int, user_id: int) -> Assignment | None:
    return db.session.scalar(
        select(Assignment).where(
            Assignment.round_id == round_id,
            Assignment.idea_id == idea_id,
            Assignment.user_id == user_id,
            Assignment.state == AssignmentState.ACTIVE,
        )
    )


def _count_held(round_id: int, user_id: int) -> int:
    query = select(Assignment.id).where(
        Assignment.round_id == round_id,
        Assignment.user_id == user_id,
        Assignment.state == AssignmentState.ACTIVE,
    )
    return len(db.session.scalars(query).all())


def remove_assignment(actor: Actor, public_id: str, *, reason: str, at: datetime) -> Assignment:
    """Take an entry back from a juror. A ballot that exists is excluded with the reason, never deleted."""
    require(policy.can_lead(actor))
    seat = get_seat(actor, public_id)
    require(
        seat.state is AssignmentState.ACTIVE,
        Refused(_l("Penugasan ini sudah tidak berlaku."), field="reason"),
    )
    reason = require_reason(reason)
    sheet = get_panel_sheet(actor.event.id, public_id)
    if sheet.ballot_id is not None and sheet.ballot_state is not BallotState.EXCLUDED:
        exclude_ballot(actor.user_id, sheet, reason=reason, at=at)
    seat.state, seat.reason, seat.ended_at = AssignmentState.REMOVED, reason, at
    _record(actor, "assignment.remove", seat, at, after={"reason": reason})
    return seat


def remove_juror(actor: Actor, juror_public_id: str, *, reason: str, at: datetime) -> int:
    """Take every entry back from a juror, in all rounds of the event; how many. Each can be restored by itself."""
    require(policy.can_lead(actor))
    reason = require_reason(reason)
    juror = get_juror(actor.event.id, juror_public_id)
    rounds = [round_.id for round_ in list_rounds(actor.event.id)]
    return take_back(actor, juror.user.id, rounds, reason=reason, at=at)


def take_back(actor: Actor, user_id: int, round_ids: Collection[int], *, reason: str, at: datetime) -> int:
    """Take back every entry a person holds in these rounds; how many."""
    query = select(Assignment.public_id).where(
        Assignment.round_id.in_(round_ids),
        Assignment.user_id == user_id,
        Assignment.state == AssignmentState.ACTIVE,
    )
    seats = db.session.scalars(query.order_by(Assignment.id)).all()
    for public_id in seats:
        remove_assignment(actor, public_id, reason=reason, at=at)
    return len(seats)


def restore_assignment(
    actor: Actor, public_id: str, *, reason: str, at: datetime, with_ballot: bool = True
) -> Assignment:
    """Bring back an assignment that was removed, or barred by a conflict dismissed since, with its ballot as it was.

    Not `with_ballot`: a ballot excluded for another cause stays so.
    """
    require(policy.can_lead(actor))
    seat = get_seat(actor, public_id)
    ended = {AssignmentState.REMOVED, AssignmentState.BARRED}
    require(seat.state in ended, Refused(_l("Penugasan ini tidak dapat dipulihkan.")))
    reason = require_reason(reason)
    juror = _name_of_juror(actor, seat)
    round_ = db.session.get_one(Round, seat.round_id)
    shows_why = policy.sees_identity(actor, [round_])
    _check_seat(round_, seat.idea_id, seat.user_id, juror, shows_why=shows_why)
    seat.state, seat.reason, seat.ended_at, seat.untold_since = AssignmentState.ACTIVE, "", None, at
    sheet = get_panel_sheet(actor.event.id, public_id)
    if with_ballot and sheet.ballot_state is BallotState.EXCLUDED:
        include_ballot(actor.user_id, sheet, reason=reason, at=at)
    close_clashes(actor, seat, reason, at)
    _record(actor, "assignment.restore", seat, at, after={"reason": reason})
    return seat


def _name_of_juror(actor: Actor, seat: Assignment) -> str:
    names = {row.user.id: row.user.name for row in list_jurors(actor.event.id)}
    gone = _l("Orang ini tidak lagi menjadi juri. Berikan perannya dahulu.")
    require(seat.user_id in names, Refused(gone))
    return names[seat.user_id]


def get_seat(actor: Actor, public_id: str) -> Assignment:
    """A seat of the event, held against other writers; NotFound for a chair kept from its entry."""
    query = select(Assignment).join(Round, Round.id == Assignment.round_id)
    query = query.where(Assignment.public_id == public_id, Round.event_id == actor.event.id)
    seat = db.session.scalar(query)
    if seat is None:
        raise NotFound
    _refuse_kept_chair(actor, seat.idea_id)
    return locked(Assignment, seat.id)


def _record(actor: Actor, action: str, seat: Assignment, at: datetime, *, after: dict[str, Any]) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="assignment",
        object_id=seat.id,
        event_id=actor.event.id,
        after=after,
        subject_id=seat.user_id,
    )
