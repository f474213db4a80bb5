"""The practice entry: written, opened to the jury, and shown with everyone's spread."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.calibration import policy
from innovate.calibration.models import Practice, PracticeState
from innovate.calibration.queries import find_practice, list_practising, list_sheets
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail_once
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.criteria import list_criteria


def write_practice(actor: Actor, round_: Round, *, title: str, body: str, at: datetime) -> Practice:
    """Write or change the round's practice entry; not once jurors score it."""
    require(policy.can_prepare(actor))
    locked(Round, round_.id)  # two people beginning at once make one entry
    practice = find_practice(round_)
    if practice is None:
        practice = Practice(event_id=actor.event.id, round_id=round_.id, title=title, body=body)
        db.session.add(practice)
        db.session.flush()
        _record(actor, "practice.create", practice, at, title=title)
        return practice
    opened = _l("Karya latihan sudah dibuka untuk juri, jadi teksnya tidak berubah lagi.")
    require(practice.state is PracticeState.DRAFT, Refused(opened))
    practice.title, practice.body = title, body
    _record(actor, "practice.update", practice, at, title=title)
    return practice


def open_practice(actor: Actor, round_: Round, *, at: datetime) -> Practice:
    """Let the jury score it, on the rubric as it is now; every juror of the round gets a mail."""
    practice = _hold(actor, round_)
    require(practice.state is PracticeState.DRAFT, Refused(_l("Latihan ini sudah dibuka.")))
    missing = _l("Susun rubrik babak ini sebelum membuka latihan.")
    require(bool(list_criteria(round_.rubric_id)), Refused(missing))
    practice.opened_at, practice.rubric_id = at, round_.rubric_id
    for row in list_practising(practice, round_):
        enqueue_mail_once(
            "calibration_opened",
            address=row.user.email,
            user_id=row.user.id,
            locale=row.user.locale or "id",
            event_id=actor.event.id,
            cause=f"practice:{practice.id}:opened",
            context={
                "name": row.user.full_name,
                "event": actor.event.name,
                "phase": round_.phase.name,
                "title": practice.title,
                "path": f"/k/{actor.event.slug}/juri/latihan/{round_.number}",
            },
            at=at,
        )
    _record(actor, "practice.open", practice, at, rubric=practice.rubric_id)
    return practice


def show_practice(actor: Actor, round_: Round, *, at: datetime) -> Practice:
    """Show everyone's spread; from then on nobody scores it any more."""
    practice = _hold(actor, round_)
    require(practice.state is PracticeState.OPEN, Refused(_l("Latihan ini tidak sedang dibuka.")))
    sheets = list_sheets(practice)
    few = _l("Belum ada juri yang mengajukan latihannya.")
    require(bool(sheets), Refused(few))
    practice.shown_at = at
    _record(actor, "practice.show", practice, at, sheets=len(sheets))
    return practice


def reopen_practice(actor: Actor, round_: Round, *, at: datetime) -> Practice:
    """Take the spread back, so that those who were late can still score."""
    practice = _hold(actor, round_)
    require(practice.state is PracticeState.SHOWN, Refused(_l("Sebaran latihan ini belum diperlihatkan.")))
    practice.shown_at = None
    _record(actor, "practice.reopen", practice, at)
    return practice


def _hold(actor: Actor, round_: Round) -> Practice:
    require(policy.can_prepare(actor))
    practice = find_practice(round_)
    if practice is None:
        raise NotFound
    return locked(Practice, practice.id)


def _record(actor: Actor, action: str, practice: Practice, at: datetime, **after: Any) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="practice",
        object_id=practice.id,
        event_id=actor.event.id,
        after=after,
    )
