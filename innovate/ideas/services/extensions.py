"""A later deadline for one team, with its reason and who allowed it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit import services as audit
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events import policy as events
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.events.services.letters import LetterFile, keep_letter
from innovate.ideas.domain.deadline import Reason
from innovate.ideas.models import Extension
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.services.reasons import TEXTS
from innovate.ideas.services.trail import mail_team
from innovate.teams.models import Team


def grant_extension(
    actor: Actor,
    team: Team,
    *,
    until: datetime,
    reason: str,
    number: str = "",
    letter: LetterFile | None = None,
    at: datetime,
) -> Extension:
    """Let one team hand in later than the phase allows, by a letter if there is one; the team is told."""
    require(events.can_manage(actor), NotFound())
    require(team.event_id == actor.event.id and team.disbanded_at is None, NotFound())
    require(actor.event.state is not EventState.ARCHIVED, Refused(TEXTS[Reason.ARCHIVED]))
    locked(Team, team.id)
    closes_at = get_window(actor.event, team.id).closes_at
    require(closes_at is not None, Refused(TEXTS[Reason.NOT_PLANNED]))
    later = closes_at is not None and until > closes_at and until > at
    message = _l("Batas waktu baru harus lebih lambat dari batas waktu tim ini sekarang, dan belum lewat.")
    require(later, Refused(message, field="until"))
    extension = Extension(
        event_id=actor.event.id,
        team_id=team.id,
        until=until,
        reason=reason,
        number=number.strip(),
        letter_id=keep_letter(actor, letter, is_public=False, at=at),
        granted_by_id=actor.user_id,
        granted_at=at,
    )
    db.session.add(extension)
    db.session.flush()
    _leave_traces("extension.grant", "idea_extension_granted", actor, extension, until, at)
    return extension


def revoke_extension(actor: Actor, extension: Extension, *, at: datetime) -> Extension:
    """Take an extension back; what was handed in under it stays handed in. The team is told."""
    require(events.can_manage(actor) and extension.event_id == actor.event.id, NotFound())
    require(actor.event.state is not EventState.ARCHIVED, Refused(TEXTS[Reason.ARCHIVED]))
    extension = locked(Extension, extension.id)
    if extension.revoked_at is not None:
        return extension
    extension.revoked_at = at
    db.session.flush()
    closes_at = get_window(actor.event, extension.team_id).closes_at
    _leave_traces("extension.revoke", "idea_extension_revoked", actor, extension, closes_at or at, at)
    return extension


def _leave_traces(
    action: str, template: str, actor: Actor, extension: Extension, until: datetime, at: datetime
) -> None:
    audit.record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="extension",
        object_id=extension.id,
        event_id=extension.event_id,
        after={
            "team": extension.team_id,
            "until": until.isoformat(),
            "reason": extension.reason,
            "number": extension.number,
            "letter": extension.letter_id,
        },
    )
    mail_team(
        template,
        actor.event,
        extension.team_id,
        at=at,
        cause=f"extension:{extension.id}:{template}",
        context={
            "until": until.isoformat(),
            "reason": extension.reason,
            "number": extension.number,
            "path": f"/k/{actor.event.slug}/usulan",
        },
    )
