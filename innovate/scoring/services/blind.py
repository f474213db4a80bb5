"""Blind rounds: set before the first entry is opened, and what the secretariat does about names in the text."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.notifications.services import enqueue_mail
from innovate.scoring import policy
from innovate.scoring.models.integrity import LeakAnswer, LeakReview
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.leaks import LeakyEntry, list_leaks
from innovate.scoring.services.trail import require_reason
from innovate.teams.queries import list_members


def set_blindness(
    actor: Actor, round_: Round, *, blind: bool, chair_sees: bool, reason: str = "", at: datetime
) -> None:
    """Hide from jurors whose entries they judge, or show it. Once an entry was opened, only with a reason."""
    require(policy.can_set_up(actor))
    round_ = locked(Round, round_.id)
    before = {"is_blind": round_.is_blind, "chair_sees": round_.chair_sees}
    after = {"is_blind": blind, "chair_sees": blind and chair_sees}
    if before == after:
        return
    if is_opened(round_):
        reason = require_reason(reason)
    round_.is_blind, round_.chair_sees = after["is_blind"], after["chair_sees"]
    record(
        "round.blind",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        before=before,
        after={**after, "reason": reason.strip()},
    )


def is_opened(round_: Round) -> bool:
    """Whether an entry of the round was ever open to a juror."""
    query = select(Assignment.id).where(Assignment.round_id == round_.id, Assignment.cleared_at.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


def review_leaks(
    actor: Actor, idea_public_id: str, *, answer: LeakAnswer, note: str, at: datetime
) -> LeakReview:
    """Ask the team to take names out of its text (a mail names the passages), or accept them with a reason."""
    require(event_policy.can_screen(actor))
    query = select(Idea).where(Idea.public_id == idea_public_id, Idea.event_id == actor.event.id)
    idea = db.session.scalar(query)
    found = list_leaks(actor.event, idea_id=idea.id) if idea else []
    if idea is None or not found:
        raise NotFound
    entry = found[0]
    done = Refused(_l("Sudah diputuskan untuk versi ini."))
    require(entry.review is None or entry.review.answer is not answer, done)
    note = require_reason(note) if answer is LeakAnswer.ACCEPTED else note.strip()
    review = LeakReview(
        idea_id=idea.id,
        revision_id=entry.revision.id,
        answer=answer,
        note=note,
        by_id=actor.user_id,
        at=at,
    )
    db.session.add(review)
    db.session.flush()
    record(
        "idea.leaks",
        actor_id=actor.user_id,
        at=at,
        object_type="idea",
        object_id=idea.id,
        event_id=actor.event.id,
        after={"answer": answer.value, "revision": entry.revision.number, "note": note},
    )
    if answer is LeakAnswer.ASKED:
        _ask_team(actor, entry, review, at)
    return review


def _ask_team(actor: Actor, entry: LeakyEntry, review: LeakReview, at: datetime) -> None:
    """One mail to each member, with the passages."""
    for member in list_members(entry.idea.team_id):
        enqueue_mail(
            "scoring_leaks",
            address=member.email,
            at=at,
            locale=member.locale or "id",
            user_id=member.id,
            event_id=actor.event.id,
            cause=f"leaks:{review.id}:{member.id}",
            context={
                "name": member.full_name,
                "event": actor.event.name,
                "title": entry.revision.title,
                "passages": entry.passages[:10],
                "note": review.note,
                "path": f"/k/{actor.event.slug}/usulan/{entry.idea.public_id}",
            },
        )
