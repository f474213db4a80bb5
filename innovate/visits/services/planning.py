"""Planning a visit, moving it, and calling it off. The team and those who go are told each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.visits import policy
from innovate.visits.domain.records import Plan
from innovate.visits.domain.states import VisitState
from innovate.visits.models import Visit, Visitor
from innovate.visits.queries.people import list_candidates
from innovate.visits.queries.visits import lock_visit
from innovate.visits.services.items import ensure_items
from innovate.visits.services.trail import record, tell_all

_LONGEST = timedelta(hours=12)


def plan_visit(actor: Actor, idea: Idea, plan: Plan, *, at: datetime) -> Visit:
    """A visit to an entry that is judged."""
    require(policy.can_plan(actor) and not ideas.is_kept_from(actor, idea), NotFound())
    gone = _l("Hanya karya yang masih dinilai yang dikunjungi.")
    require(idea.event_id == actor.event.id and idea.state is IdeaState.ELIGIBLE, Refused(gone))
    _check(plan, at)
    ensure_items(actor.event.id)
    visit = Visit(
        event_id=actor.event.id,
        idea_id=idea.id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place.strip(),
        message=plan.message.strip(),
        planned_by_id=actor.user_id,
        planned_at=at,
        changed_at=at,
    )
    db.session.add(visit)
    db.session.flush()
    _set_visitors(actor, visit, idea.id, plan.visitors)
    visit = lock_visit(visit.id)
    record("visit.plan", actor, visit, at, after=_said(visit))
    tell_all("visit_planned", actor.event, visit, about="plan", at=at, again=False)
    return visit


def change_plan(actor: Actor, visit: Visit, plan: Plan, *, at: datetime) -> Visit:
    """Another time, place or team; nothing changes and nobody is told where all is as it was."""
    visit = _open(actor, visit)
    _check(plan, at)
    before = _said(visit)
    moved = (visit.starts_at, visit.ends_at, visit.place) != (
        plan.starts_at,
        plan.ends_at,
        plan.place.strip(),
    )
    visit.starts_at, visit.ends_at, visit.place = plan.starts_at, plan.ends_at, plan.place.strip()
    visit.message = plan.message.strip()
    _set_visitors(actor, visit, visit.idea_id, plan.visitors)
    if moved:
        visit.moved, visit.changed_at = visit.moved + 1, at
    visit = lock_visit(visit.id)
    after = _said(visit)
    if after != before:
        record("visit.change", actor, visit, at, before=before, after=after)
        tell_all("visit_planned", actor.event, visit, about=f"change:{at.isoformat()}", at=at, again=True)
    return visit


def cancel_visit(actor: Actor, visit: Visit, *, reason: str, at: datetime) -> Visit:
    """Call it off. It stays on record with the reason."""
    visit = _open(actor, visit)
    short = _l("Tuliskan alasan, paling sedikit 10 karakter. Tim membaca alasan ini.")
    require(len(reason.strip()) >= 10, Refused(short, field="reason"))
    visit.state, visit.cancelled_at, visit.cancelled_reason = VisitState.CANCELLED, at, reason.strip()
    record("visit.cancel", actor, visit, at, after={"state": visit.state, "reason": visit.cancelled_reason})
    tell_all("visit_cancelled", actor.event, visit, about="cancel", at=at, reason=visit.cancelled_reason)
    return visit


def _open(actor: Actor, visit: Visit) -> Visit:
    visit = lock_visit(visit.id)
    require(policy.can_plan(actor) and policy.can_read(actor, visit), NotFound())
    over = _l("Verifikasi ini sudah selesai atau dibatalkan.")
    require(visit.state is VisitState.PLANNED, Refused(over))
    return visit


def _check(plan: Plan, at: datetime) -> None:
    past = _l("Waktu kunjungan sudah lewat.")
    require(plan.ends_at > at, Refused(past, field="starts_at"))
    order = _l("Kunjungan berakhir sesudah dimulai, paling lama dua belas jam.")
    lasts = plan.ends_at - plan.starts_at
    require(timedelta(0) < lasts <= _LONGEST, Refused(order, field="ends_at"))
    require(bool(plan.place.strip()), Refused(_l("Tuliskan tempatnya."), field="place"))


def _set_visitors(actor: Actor, visit: Visit, idea_id: int, wanted: Sequence[str]) -> None:
    """Only people who may go; a juror with a conflict of interest is none of them."""
    known = {user.public_id: user.id for user in list_candidates(actor.event, idea_id)}
    chosen = [known[key] for key in dict.fromkeys(wanted) if key in known]
    nobody = _l("Pilih paling sedikit satu orang yang boleh mengunjungi karya ini.")
    require(len(chosen) == len(set(wanted)) and bool(chosen), Refused(nobody, field="visitors"))
    rows = {row.user_id: row for row in db.session.query(Visitor).filter_by(visit_id=visit.id)}
    for user_id, row in rows.items():
        if user_id not in chosen:
            db.session.delete(row)
    for position, user_id in enumerate(chosen):
        if user_id in rows:
            rows[user_id].position = position
        else:
            db.session.add(Visitor(visit_id=visit.id, user_id=user_id, position=position))
    db.session.flush()


def _said(visit: Visit) -> dict[str, Any]:
    return {
        "starts_at": visit.starts_at.isoformat(),
        "ends_at": visit.ends_at.isoformat(),
        "place": visit.place,
        "message": visit.message,
        "visitors": [each.user_id for each in visit.visitors],
    }
