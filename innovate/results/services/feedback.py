"""Opening feedback to the teams once results are announced, and closing it again."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, Stale, require
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail
from innovate.results import policy
from innovate.results.models import FeedbackRelease
from innovate.results.queries.boards import list_public_boards
from innovate.results.queries.feedback import find_release, list_readers

LEAST_REASON = 10


def open_feedback(actor: Actor, *, at: datetime) -> FeedbackRelease:
    """Let every team read its own means and comments; captains get a mail. Refused before the announcement."""
    require(policy.can_move_board(actor))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    locked(Event, actor.event.id)
    boards = list_public_boards(actor.event)
    require(bool(boards), Refused(_l("Masukan juri baru dapat dibuka sesudah hasil diumumkan.")))
    before = find_release(actor.event.id)
    require(before is None or not before.is_open, Stale(_l("Masukan juri sudah dibuka.")))
    release = FeedbackRelease(event_id=actor.event.id, opened_by_id=actor.user_id, opened_at=at)
    db.session.add(release)
    db.session.flush()
    _record("feedback.open", actor, at)
    for user, idea_id, title in list_readers(boards):
        enqueue_mail(
            "results_feedback",
            address=user.email,
            user_id=user.id,
            locale=user.locale or "id",
            event_id=actor.event.id,
            cause=f"feedback:{release.id}:{idea_id}",
            context={
                "name": user.full_name,
                "event": actor.event.name,
                "title": title,
                "path": f"/k/{actor.event.slug}/usulan/{idea_id}/masukan",
            },
            at=at,
        )
    return release


def close_feedback(actor: Actor, *, reason: str, at: datetime) -> FeedbackRelease:
    """Take the feedback back, with a reason that is recorded."""
    require(policy.can_move_board(actor))
    locked(Event, actor.event.id)
    release = find_release(actor.event.id)
    if release is None or not release.is_open:
        raise Stale(_l("Masukan juri tidak sedang dibuka."))
    missing = Refused(_l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat."), field="reason")
    require(len(reason.strip()) >= LEAST_REASON, missing)
    release.closed_at, release.closed_by_id, release.closed_reason = at, actor.user_id, reason.strip()
    _record("feedback.close", actor, at, reason=reason.strip())
    return release


def _record(action: str, actor: Actor, at: datetime, **after: str) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        after=after,
    )
