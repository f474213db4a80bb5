"""Moving a juror from one entry to another in one act, and taking the move back."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.scoring import policy
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import get_panel_sheet
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.moves import find_origin
from innovate.scoring.services.assignment import (
    assign_juror,
    get_seat,
    remove_assignment,
    restore_assignment,
)
from innovate.scoring.services.trail import require_reason


def move_assignment(
    actor: Actor, seat_public_id: str, to_idea_public_id: str, *, reason: str = "", at: datetime
) -> Assignment:
    """Take an entry back from a juror and give them another instead, both or neither.

    Whatever refuses an assignment refuses this. A ballot that was begun needs a reason, and is kept and excluded.
    """
    require(policy.can_lead(actor))
    with db.session.begin_nested():
        seat = _hold(actor, seat_public_id)
        moved = _l(
            "Penugasan ini sudah berubah sejak halaman dibuka. Muat ulang papan untuk melihat keadaannya."
        )
        require(seat.state is AssignmentState.ACTIVE, Refused(moved))
        idea = db.session.get_one(Idea, seat.idea_id)
        juror = _name_juror(actor, seat)
        taken = _l("%(name)s sudah ditugaskan pada karya ini.", name=juror[1])
        require(idea.public_id != to_idea_public_id, Refused(taken, field="to"))
        old_reason = _choose_reason(actor, seat, reason)
        remove_assignment(actor, seat_public_id, reason=old_reason, at=at)
        round_ = db.session.get_one(Round, seat.round_id)
        new = assign_juror(actor, round_, to_idea_public_id, juror[0], at=at)
        _record(actor, "assignment.move", seat, new, at, old_reason)
    return new


def undo_move(actor: Actor, seat_public_id: str, *, at: datetime) -> Assignment:
    """Take back the move that made this seat: the seat before it stands again, with its ballot as it was."""
    require(policy.can_lead(actor))
    with db.session.begin_nested():
        new = _hold(actor, seat_public_id)
        gone = Refused(_l("Pemindahan ini tidak dapat dibatalkan lagi: penugasannya sudah berubah."))
        old = find_origin(new)
        require(new.state is AssignmentState.ACTIVE and old is not None, gone)
        if old is None:
            raise AssertionError
        begun = _l("Juri sudah mulai menilai karya barunya. Pindahkan dengan alasan.")
        require(not _has_ballot(actor, new), Refused(begun))
        reason = str(_("Pemindahan dibatalkan"))
        by_move = get_panel_sheet(actor.event.id, old.public_id).updated_at == old.ended_at
        remove_assignment(actor, new.public_id, reason=reason, at=at)
        restore_assignment(actor, old.public_id, reason=reason, at=at, with_ballot=by_move)
        _record(actor, "assignment.move_undo", new, old, at, reason)
    return old


def _hold(actor: Actor, public_id: str) -> Assignment:
    """The seat as it is now; two hands on the same round wait for each other."""
    query = select(Assignment.round_id).join(Round, Round.id == Assignment.round_id)
    query = query.where(Assignment.public_id == public_id, Round.event_id == actor.event.id)
    round_id = db.session.scalar(query)
    if round_id is None:
        raise NotFound
    locked(Round, round_id)
    return get_seat(actor, public_id)


def _name_juror(actor: Actor, seat: Assignment) -> tuple[str, str]:
    names = {row.user.id: (row.user.public_id, row.user.name) for row in list_jurors(actor.event.id)}
    gone = _l("Orang ini tidak lagi menjadi juri. Berikan perannya dahulu.")
    require(seat.user_id in names, Refused(gone))
    return names[seat.user_id]


def _has_ballot(actor: Actor, seat: Assignment) -> bool:
    sheet = get_panel_sheet(actor.event.id, seat.public_id)
    return sheet.ballot_id is not None and sheet.ballot_state is not BallotState.EXCLUDED


def _choose_reason(actor: Actor, seat: Assignment, reason: str) -> str:
    """What the chair wrote; nothing need be written where nothing was scored."""
    if not reason.strip() and not _has_ballot(actor, seat):
        return str(_("Dipindahkan ke karya lain"))
    why = _l("Juri sudah mulai menilai karya ini. Tulis alasan memindahkannya.")
    require(bool(reason.strip()), Refused(why, field="reason"))
    return require_reason(reason)


def _record(
    actor: Actor, action: str, before: Assignment, after: Assignment, at: datetime, reason: str
) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="assignment",
        object_id=after.id,
        event_id=actor.event.id,
        before={"seat": before.id, "idea": before.idea_id},
        after={"seat": after.id, "idea": after.idea_id, "reason": reason},
        subject_id=after.user_id,
    )
