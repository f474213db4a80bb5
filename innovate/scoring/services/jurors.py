"""What is kept about jurors beside their role: capacity and expertise; and taking a juror out of the panel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events import policy as event_policy
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain.assignment.words import MAX_KEYWORDS, parse_keywords
from innovate.scoring.models.jury import Juror
from innovate.scoring.queries.jury import get_juror

MAX_CAPACITY = 1000


def ensure_jurors(event_id: int, user_ids: Collection[int]) -> None:
    """A row for each person who has none yet."""
    query = select(Juror.user_id).where(Juror.event_id == event_id, Juror.user_id.in_(user_ids))
    known = set(db.session.scalars(query))
    db.session.add_all(Juror(event_id=event_id, user_id=key) for key in user_ids if key not in known)
    db.session.flush()


def update_juror(
    actor: Actor,
    public_id: str,
    *,
    capacity: int | None,
    expertise: Sequence[str],
    keywords: str = "",
    at: datetime,
) -> None:
    """Set how many entries a juror takes in a round (None: no limit), their tracks, and keywords as typed."""
    require(policy.can_lead(actor))
    row = get_juror(actor.event.id, public_id)
    require(
        capacity is None or 0 <= capacity <= MAX_CAPACITY,
        Refused(_l("Isi angka dari 0 sampai %(most)s.", most=MAX_CAPACITY), field="capacity"),
    )
    _change(actor, row.user.id, _subject(actor, expertise, keywords) | {"capacity": capacity}, at)


def update_own_subject(actor: Actor, *, expertise: Sequence[str], keywords: str, at: datetime) -> None:
    """A juror says which tracks are their subject, and keywords of it."""
    require(event_policy.can_judge(actor) and actor.event.state is not EventState.ARCHIVED)
    _change(actor, actor.user_id, _subject(actor, expertise, keywords), at)


def _subject(actor: Actor, expertise: Sequence[str], keywords: str) -> dict[str, Any]:
    words = parse_keywords(keywords)
    many = Refused(_l("Tulis paling banyak %(most)s kata kunci.", most=MAX_KEYWORDS), field="keywords")
    require(len(words) <= MAX_KEYWORDS, many)
    known = {track.code for track in actor.event.tracks}
    return {"expertise": sorted(known.intersection(expertise)), "keywords": words}


def _change(actor: Actor, user_id: int, new: dict[str, Any], at: datetime) -> None:
    ensure_jurors(actor.event.id, [user_id])
    query = select(Juror).where(Juror.event_id == actor.event.id, Juror.user_id == user_id)
    juror = db.session.scalars(query).one()
    before = {name: getattr(juror, name) for name in new}
    changed = [name for name in new if before[name] != new[name]]
    if not changed:
        return
    for name in changed:
        setattr(juror, name, new[name])
    record(
        "juror.update",
        actor_id=actor.user_id,
        at=at,
        object_type="juror",
        object_id=juror.id,
        event_id=actor.event.id,
        before={name: before[name] for name in changed},
        after={name: new[name] for name in changed},
        subject_id=user_id,
    )
