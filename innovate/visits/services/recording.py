"""Writing down what was found, finishing, and amending with a reason. Nothing that was finished is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events.policy import Actor
from innovate.visits import policy
from innovate.visits.domain.records import Findings
from innovate.visits.domain.states import VisitEffect, VisitState, list_unanswered, merge_answers
from innovate.visits.models import Visit, VisitChange
from innovate.visits.queries.items import list_items
from innovate.visits.queries.visits import lock_visit
from innovate.visits.services.trail import record, tell_team

_LEAST = 10


def save_visit(actor: Actor, visit: Visit, found: Findings, *, at: datetime) -> Visit:
    """Keep what is written so far; it may be incomplete."""
    visit = _open(actor, visit, found.version)
    require(visit.state is VisitState.PLANNED, Refused(_l("Verifikasi ini sudah selesai.")))
    _write(visit, found)
    record("visit.save", actor, visit, at, after={"findings": visit.findings, "conclusion": visit.conclusion})
    return visit


def finish_visit(actor: Actor, visit: Visit, found: Findings, *, at: datetime) -> Visit:
    """Everything is answered: from now on it is locked, and a note to the jury can be read."""
    visit = _open(actor, visit, found.version)
    require(visit.state is VisitState.PLANNED, Refused(_l("Verifikasi ini sudah selesai.")))
    _write(visit, found)
    _require_whole(visit)
    visit.state, visit.finished_at, visit.finished_by_id = VisitState.FINISHED, at, actor.user_id
    record("visit.finish", actor, visit, at, after=_said(contents_of(visit)))
    return visit


def amend_visit(actor: Actor, visit: Visit, found: Findings, *, reason: str, at: datetime) -> Visit:
    """Correct a finished visit; what it said before is kept with the reason."""
    visit = _open(actor, visit, found.version)
    require(visit.state is VisitState.FINISHED, Refused(_l("Verifikasi ini belum selesai.")))
    short = _l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat.")
    require(len(reason.strip()) >= _LEAST, Refused(short, field="reason"))
    before = contents_of(visit)
    _write(visit, found)
    _require_whole(visit)
    db.session.add(
        VisitChange(visit_id=visit.id, actor_id=actor.user_id, at=at, reason=reason.strip(), before=before)
    )
    after = {**_said(contents_of(visit)), "reason": reason.strip()}
    record("visit.amend", actor, visit, at, before=_said(before), after=after)
    return visit


def share_visit(actor: Actor, visit: Visit, *, text: str, at: datetime) -> Visit:
    """What the team reads of a finished visit; empty takes it back."""
    visit = lock_visit(visit.id)
    require(policy.can_share(actor) and policy.can_read(actor, visit), NotFound())
    early = _l("Hasil dibagikan sesudah verifikasi selesai.")
    require(visit.state is VisitState.FINISHED, Refused(early))
    before, visit.shared = visit.shared, text.strip()
    if visit.shared == before:
        return visit
    record("visit.share", actor, visit, at, before={"shared": before}, after={"shared": visit.shared})
    if visit.shared:
        about = f"share:{at.isoformat()}"
        tell_team("visit_shared", actor.event, visit, about=about, at=at, shared=visit.shared)
    return visit


def contents_of(visit: Visit) -> dict[str, Any]:
    """What a visit says, as JSON values."""
    return {
        "answers": visit.answers,
        "findings": visit.findings,
        "conclusion": visit.conclusion,
        "effect": visit.effect.value,
        "jury_note": visit.jury_note,
    }


def _said(contents: Mapping[str, Any]) -> dict[str, Any]:
    """The same for the trail, the checklist as one text."""
    checked = "; ".join(
        f"{each['label']}: {each['verdict']} {each['note']}".strip() for each in contents["answers"]
    )
    return {**contents, "answers": checked}


def _open(actor: Actor, visit: Visit, version: int) -> Visit:
    visit = lock_visit(visit.id)
    require(policy.can_record(actor, visit), NotFound())
    stale = _l(
        "Orang lain menyimpan catatan ini sementara itu. Tulisan Anda masih ada di bawah; bandingkan dahulu."
    )
    require(visit.version == version, Stale(stale))
    return visit


def _write(visit: Visit, found: Findings) -> None:
    items = [(item.public_id, item.label) for item in list_items(visit.event_id)]
    if visit.state is VisitState.FINISHED:  # the points it answered, as they were called then
        items = [(answer["item"], answer["label"]) for answer in visit.answers]
    visit.answers = merge_answers(items, found.answers)
    visit.findings, visit.conclusion = found.findings.strip(), found.conclusion.strip()
    visit.effect, visit.jury_note = found.effect, found.jury_note.strip()
    visit.version += 1


def _require_whole(visit: Visit) -> None:
    open_ = list_unanswered(visit.answers)
    if open_:
        missing = _l("Belum dinilai: %(names)s.", names="; ".join(open_))
        raise Refused(missing, details={"unanswered": open_})
    require(bool(visit.conclusion), Refused(_l("Tuliskan simpulannya."), field="conclusion"))
    needs = visit.effect is VisitEffect.NOTE and not visit.jury_note
    require(not needs, Refused(_l("Tuliskan catatan yang dibaca dewan juri."), field="jury_note"))
