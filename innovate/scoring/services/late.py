"""Late ballots: written in time or not, they reached the server after their round closed or their seat was taken away.

Nothing of them is dropped. They wait for the chair, who counts them or leaves them out, each with a reason.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.models import Event
from innovate.events.policy import Actor, can_judge
from innovate.events.queries import actor_in
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.notifications.services import enqueue_mail_once
from innovate.scoring import policy
from innovate.scoring.domain import rubric
from innovate.scoring.domain.parcel import Parcel
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.late import LateBallot, LateState
from innovate.scoring.queries.ballots import Sheet, get_panel_sheet, reload_sheet
from innovate.scoring.queries.late import list_deciders
from innovate.scoring.services.ballots import MAX_COMMENT, put_late_ballot
from innovate.scoring.services.trail import require_reason

MAX_WORDS = 1000
_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)


def receive_late_ballot(user: User, sheet: Sheet, parcel: Parcel, *, at: datetime) -> LateBallot | None:
    """Keep a ballot that can no longer be saved; None where the server already holds exactly this."""
    require(user.id == sheet.user_id)
    _check_parcel(parcel)
    locked(Assignment, sheet.assignment_id)
    sheet = reload_sheet(sheet)
    row = db.session.scalar(select(LateBallot).filter_by(user_id=user.id, key=parcel.key))
    if row is not None:
        return row
    still = Refused(_l("Nilai ini masih dapat disimpan seperti biasa."), details={"open": True})
    require(not _is_writable(sheet, at), still)
    if _is_known(sheet, parcel):
        return None
    row = LateBallot(
        event_id=sheet.event_id,
        assignment_id=sheet.assignment_id,
        user_id=user.id,
        key=parcel.key,
        handed_in=parcel.handed_in,
        content=_content_of(parcel.filled),
        words=parcel.words,
        written_at=parcel.written_at,
        arrived_at=at,
    )
    db.session.add(row)
    db.session.flush()
    _record("ballot.late_receive", user.id, row, at, after={"handed_in": row.handed_in})
    _tell_leaders(row, sheet, user, at)
    return row


def explain_late_ballot(user: User, late: LateBallot, *, words: str, at: datetime) -> None:
    """The juror's own words, until the decision."""
    require(user.id == late.user_id, NotFound())
    late = locked(LateBallot, late.id)
    require(late.state is LateState.WAITING, Refused(_l("Nilai terlambat ini sudah diputuskan.")))
    words = words.strip()
    require(5 <= len(words) <= MAX_WORDS, Refused(_l("Tulis 5 sampai %(most)s huruf.", most=MAX_WORDS)))
    late.words = words
    _record("ballot.late_explain", user.id, late, at, after={"words": words})


def decide_late_ballot(actor: Actor, late: LateBallot, *, count: bool, reason: str, at: datetime) -> None:
    """Count a late ballot, which makes it the submitted one with history, or leave it out; both with a reason."""
    require(policy.can_lead(actor))
    late = locked(LateBallot, late.id)
    require(late.event_id == actor.event.id, NotFound())
    require(late.state is LateState.WAITING, Refused(_l("Nilai terlambat ini sudah diputuskan.")))
    own = Refused(_l("Nilai terlambat Anda sendiri diputuskan oleh orang lain."))
    require(late.user_id != actor.user_id, own)
    reason = require_reason(reason)
    if count and actor.user is not None:
        seat = db.session.get_one(Assignment, late.assignment_id)
        sheet = get_panel_sheet(actor.event.id, seat.public_id)
        _check_countable(sheet, late)
        put_late_ballot(actor.user, sheet, filled_of(late), at=at, reason=reason)
    late.state = LateState.COUNTED if count else LateState.LEFT_OUT
    late.decided_at, late.decided_by_id, late.decided_reason = at, actor.user_id, reason
    action = "ballot.late_count" if count else "ballot.late_leave_out"
    _record(action, actor.user_id, late, at, after={"reason": reason})
    _tell_juror(actor, late, at)


def filled_of(late: LateBallot) -> Filled:
    """What the juror wrote, as a scorecard."""
    content = late.content
    return Filled(
        version=int(content.get("version", 0)),
        values={int(key): text for key, text in content["values"].items()},
        notes={int(key): text for key, text in content["notes"].items()},
        comment_team=content["comment_team"],
        comment_internal=content["comment_internal"],
        notes_internal={int(key): text for key, text in content.get("notes_internal", {}).items()},
    )


def _check_parcel(parcel: Parcel) -> None:
    require(_KEY.fullmatch(parcel.key) is not None, Refused(_l("Kiriman ini tidak lengkap.")))
    filled = parcel.filled
    texts = [*filled.texts, *filled.values.values()]
    too_long = _l("Catatan paling panjang %(most)d huruf.", most=MAX_COMMENT)
    require(all(len(text) <= MAX_COMMENT for text in texts), Refused(too_long))
    require(len(parcel.words) <= MAX_WORDS, Refused(_l("Tulis 5 sampai %(most)s huruf.", most=MAX_WORDS)))


def _is_writable(sheet: Sheet, at: datetime) -> bool:
    """Whether an ordinary save would still be taken (or has only to wait for the round to open)."""
    return (
        sheet.window(at) is not Window.CLOSED
        and sheet.state is AssignmentState.ACTIVE
        and sheet.ballot_state is not BallotState.EXCLUDED
        and sheet.idea_state is IdeaState.ELIGIBLE
    )


def _is_known(sheet: Sheet, parcel: Parcel) -> bool:
    """Whether exactly this was taken in time and only its answer got lost on the way."""
    if sheet.ballot_id is None or (parcel.handed_in and sheet.ballot_state is BallotState.DRAFT):
        return False
    filled = parcel.filled
    try:
        values = {key: rubric.parse_value(text) for key, text in filled.values.items() if text}
    except ValueError:
        return False
    notes = {key: note for key, note in filled.notes.items() if note}
    internal = {key: note for key, note in filled.notes_internal.items() if note}
    ours = (sheet.values, sheet.notes, sheet.notes_internal, sheet.comment_team, sheet.comment_internal)
    return ours == (values, notes, internal, filled.comment_team, filled.comment_internal)


def _content_of(filled: Filled) -> dict[str, Any]:
    return {
        "version": filled.version,
        "values": {str(key): text for key, text in filled.values.items() if text},
        "notes": {str(key): text for key, text in filled.notes.items() if text},
        "comment_team": filled.comment_team,
        "comment_internal": filled.comment_internal,
        "notes_internal": {str(key): text for key, text in filled.notes_internal.items() if text},
    }


def _check_countable(sheet: Sheet, late: LateBallot) -> None:
    seat = _l("Penugasannya tidak berlaku. Pulihkan penugasan itu dahulu, lalu hitung nilai ini.")
    stands = sheet.state is AssignmentState.ACTIVE and sheet.ballot_state is not BallotState.EXCLUDED
    require(stands, Refused(seat))
    require(sheet.idea_state is IdeaState.ELIGIBLE, Refused(_l("Karya ini tidak lagi dinilai.")))
    other = _l("Nilai ini ditulis pada rubrik versi lama, jadi tidak dapat dihitung begitu saja.")
    require({int(key) for key in late.content["values"]} <= set(sheet.criteria), Refused(other))


def _tell_leaders(late: LateBallot, sheet: Sheet, juror: User, at: datetime) -> None:
    event = db.session.get_one(Event, sheet.event_id)
    title = db.session.scalar(select(Idea.title).where(Idea.id == sheet.idea_id))
    for user in list_deciders(event.id, sheet.idea_id, juror.id):
        enqueue_mail_once(
            "scoring_late",
            cause=f"late:{late.id}",
            address=user.email,
            at=at,
            locale=user.locale or "id",
            user_id=user.id,
            event_id=event.id,
            context={
                "name": user.full_name,
                "juror": juror.full_name,
                "event": event.name,
                "title": title,
                "at": at.isoformat(),
                "zone": event.zone,
                "path": f"/k/{event.slug}/kelola/terlambat/{late.public_id}",
            },
        )


def _tell_juror(actor: Actor, late: LateBallot, at: datetime) -> None:
    juror = db.session.get_one(User, late.user_id)
    stays = can_judge(actor_in(actor.event, juror))  # whoever left the jury has no page to be led to
    seat = db.session.get_one(Assignment, late.assignment_id)
    enqueue_mail_once(
        "scoring_late_decided",
        cause=f"late:{late.id}:decided",
        address=juror.email,
        at=at,
        locale=juror.locale or "id",
        user_id=juror.id,
        event_id=actor.event.id,
        context={
            "name": juror.full_name,
            "event": actor.event.name,
            "title": db.session.scalar(select(Idea.title).where(Idea.id == seat.idea_id)),
            "counted": late.state is LateState.COUNTED,
            "reason": late.decided_reason,
            "path": f"/k/{actor.event.slug}/juri/tanda-terima" if stays else "",
        },
    )


def _record(action: str, actor_id: int, late: LateBallot, at: datetime, *, after: dict[str, Any]) -> None:
    record(
        action,
        actor_id=actor_id,
        at=at,
        object_type="late_ballot",
        object_id=late.id,
        event_id=late.event_id,
        after=after,
        subject_id=late.user_id,
    )
