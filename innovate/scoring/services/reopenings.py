"""One ballot opened again after its round closed: the chair says why, the juror says why, both stay on record."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.late import Reopening
from innovate.scoring.queries.ballots import Sheet, get_panel_sheet, reload_sheet
from innovate.scoring.services.trail import record_ballot, require_reason


def grant_reopening(actor: Actor, public_id: str, *, reason: str, at: datetime) -> None:
    """Let the juror of this seat amend their ballot although the round is closed."""
    require(policy.can_lead(actor))
    sheet = _lock_sheet(actor, public_id)
    require(sheet.user_id != actor.user_id, Refused(_l("Nilai Anda sendiri dibuka oleh orang lain.")))
    require(
        sheet.state is AssignmentState.ACTIVE and sheet.ballot_state is not BallotState.EXCLUDED,
        Refused(_l("Penugasan ini tidak berlaku; pulihkan dahulu.")),
    )
    require(
        sheet.round_window(at) is Window.CLOSED,
        Refused(_l("Babak masih terbuka: juri dapat membuka nilainya sendiri.")),
    )
    require(sheet.grant_id is None, Refused(_l("Nilai ini sudah dibuka.")))
    reason = require_reason(reason)
    values = {"assignment_id": sheet.assignment_id, "granted_by_id": actor.user_id}
    db.session.add(Reopening(**values, reason=reason, granted_at=at))
    db.session.flush()
    record_ballot("ballot.grant", actor.user_id, sheet, at, before={}, reason=reason)


def end_reopening(actor: Actor, public_id: str, *, reason: str, at: datetime) -> None:
    """Take the permission back while the juror has not begun to amend."""
    require(policy.can_lead(actor))
    sheet = _lock_sheet(actor, public_id)
    require(sheet.grant_id is not None, Refused(_l("Nilai ini tidak sedang dibuka.")))
    require(not sheet.grant_words, Refused(_l("Juri sudah mulai mengubahnya; tunggu sampai diajukan lagi.")))
    reason = require_reason(reason)
    close_grant(sheet, at)
    record_ballot("ballot.grant_end", actor.user_id, sheet, at, before={}, reason=reason)


def grant_in_session(sheet: Sheet, at: datetime) -> Sheet:
    """While the jury sits together, whoever opened the session lets every juror amend what they handed in."""
    if sheet.grant_id is not None or not sheet.amends:
        return sheet
    locked(Assignment, sheet.assignment_id)  # the same press twice makes one permission
    now = reload_sheet(sheet)
    if now.grant_id is None and now.amends:
        values = {"assignment_id": now.assignment_id, "granted_by_id": now.session_by_id}
        grant = Reopening(**values, reason=str(_l("Sidang juri")), granted_at=at)
        db.session.add(grant)
        db.session.flush()
        now.grant_id = grant.id
    return now


def note_reason(sheet: Sheet, reason: str) -> str:
    """Keep the juror's reason with the permission; needed once, before the first change takes effect."""
    if sheet.grant_words:
        return sheet.grant_words
    reason = require_reason(reason)
    db.session.execute(update(Reopening).where(Reopening.id == sheet.grant_id).values(juror_reason=reason))
    sheet.grant_words = reason
    return reason


def close_grant(sheet: Sheet, at: datetime) -> None:
    """The permission is used up."""
    db.session.execute(update(Reopening).where(Reopening.id == sheet.grant_id).values(ended_at=at))
    sheet.grant_id = None


def _lock_sheet(actor: Actor, public_id: str) -> Sheet:
    sheet = get_panel_sheet(actor.event.id, public_id)
    locked(Assignment, sheet.assignment_id)
    return get_panel_sheet(actor.event.id, public_id)
