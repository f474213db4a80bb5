"""Dismissing detected conflicts: one person proposes, another confirms, both with a reason; it can be taken back."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.scoring import policy
from innovate.scoring.domain.conflicts import Tie
from innovate.scoring.models.integrity import Dismissal
from innovate.scoring.queries.conflicts import is_barred, load_ties
from innovate.scoring.queries.jury import get_juror
from innovate.scoring.services.clashes import recheck
from innovate.scoring.services.trail import require_reason


def propose_dismissal(
    actor: Actor, *, idea_public_id: str, juror_public_id: str, tie: Tie, reason: str, at: datetime
) -> Dismissal:
    """Say that a detected conflict is none. It stands until somebody else confirms."""
    require(policy.can_lead(actor))
    juror = get_juror(actor.event.id, juror_public_id).user
    idea_id = _find_idea(actor, idea_public_id)
    _check_distance(actor, idea_id, juror.id)
    locked(Event, actor.event.id)  # two proposals at once must see each other
    pair = (idea_id, juror.id)
    detected = load_ties(actor.event.id, idea_ids=[idea_id], user_ids=[juror.id]).detected()
    require(tie in detected.get(pair, []), Refused(_l("Benturan ini tidak lagi terdeteksi.")))
    query = select(Dismissal).where(
        Dismissal.idea_id == idea_id,
        Dismissal.user_id == juror.id,
        Dismissal.reason == tie.reason,
        Dismissal.basis == tie.basis,
        Dismissal.ended_at.is_(None),
    )
    known = _l("Pengecualian untuk benturan ini sudah diusulkan.")
    require(db.session.scalar(query) is None, Refused(known))
    dismissal = Dismissal(
        event_id=actor.event.id,
        idea_id=idea_id,
        user_id=juror.id,
        reason=tie.reason,
        basis=tie.basis,
        proposed_by_id=actor.user_id,
        proposed_at=at,
        proposed_reason=require_reason(reason),
    )
    db.session.add(dismissal)
    db.session.flush()
    _record(actor, "dismissal.propose", dismissal, at, reason=dismissal.proposed_reason, tie=list(tie))
    return dismissal


def _find_idea(actor: Actor, public_id: str) -> int:
    query = select(Idea.id).where(Idea.public_id == public_id, Idea.event_id == actor.event.id)
    idea_id = db.session.scalar(query)
    if idea_id is None:
        raise NotFound
    return idea_id


def _check_distance(actor: Actor, idea_id: int, user_id: int) -> None:
    """Neither the juror it is about, nor a chair for whom the entry does not exist."""
    require(actor.user_id != user_id, Refused(_l("Benturan Anda sendiri diputuskan orang lain.")))
    require(not policy.is_bound(actor) or not is_barred(actor.event.id, idea_id, actor.user_id), NotFound())


def confirm_dismissal(actor: Actor, public_id: str, *, reason: str, at: datetime) -> Dismissal:
    """The second person agrees: from now on the pair may be assigned."""
    dismissal = _get(actor, public_id)
    require(dismissal.confirmed_at is None, Refused(_l("Pengecualian ini sudah disahkan.")))
    second = _l(
        "Pengesahan harus dilakukan orang kedua: bukan yang mengusulkan dan bukan juri yang bersangkutan."
    )
    require(
        policy.can_dismiss(actor, dismissal.proposed_by_id, dismissal.user_id),
        Refused(second),
    )
    dismissal.confirmed_reason = require_reason(reason)
    dismissal.confirmed_at, dismissal.confirmed_by_id = at, actor.user_id
    _record(actor, "dismissal.confirm", dismissal, at, reason=dismissal.confirmed_reason)
    return dismissal


def end_dismissal(actor: Actor, public_id: str, *, reason: str, at: datetime) -> Dismissal:
    """Decline a proposal, or take back what was confirmed: then the conflict stands again, for assignments too."""
    dismissal = _get(actor, public_id)
    was_confirmed = dismissal.confirmed_at is not None
    dismissal.ended_reason = require_reason(reason)
    dismissal.ended_at, dismissal.ended_by_id = at, actor.user_id
    action = "dismissal.take_back" if was_confirmed else "dismissal.decline"
    _record(actor, action, dismissal, at, reason=dismissal.ended_reason)
    if was_confirmed:
        recheck(
            actor.event.id,
            idea_ids=[dismissal.idea_id],
            user_ids=[dismissal.user_id],
            actor_id=actor.user_id,
            cause="dismissal",
            at=at,
        )
    return dismissal


def _get(actor: Actor, public_id: str) -> Dismissal:
    require(policy.can_lead(actor))
    query = select(Dismissal).where(Dismissal.public_id == public_id, Dismissal.event_id == actor.event.id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    _check_distance(actor, found.idea_id, found.user_id)
    dismissal = locked(Dismissal, found.id)
    require(dismissal.ended_at is None, Refused(_l("Pengecualian ini sudah berakhir.")))
    return dismissal


def _record(actor: Actor, action: str, dismissal: Dismissal, at: datetime, **after: object) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="dismissal",
        object_id=dismissal.id,
        event_id=actor.event.id,
        after=after,
        subject_id=dismissal.user_id,
    )
