"""What is kept about jurors beside their role: capacity and expertise; and taking a juror out of the panel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.scoring import policy
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
    actor: Actor, public_id: str, *, capacity: int | None, expertise: Sequence[str], at: datetime
) -> None:
    """Set how many entries a juror takes in a round (None: no limit) and which tracks are their subject."""
    require(policy.can_lead(actor))
    row = get_juror(actor.event.id, public_id)
    require(
        capacity is None or 0 <= capacity <= MAX_CAPACITY,
        Refused(_l("Isi angka dari 0 sampai %(most)s.", most=MAX_CAPACITY), field="capacity"),
    )
    known = {track.code for track in actor.event.tracks}
    chosen = sorted(known.intersection(expertise))
    ensure_jurors(actor.event.id, [row.user.id])
    juror = db.session.scalar(
        select(Juror).where(Juror.event_id == actor.event.id, Juror.user_id == row.user.id)
    )
    if juror is None or (juror.capacity, sorted(juror.expertise)) == (capacity, chosen):
        return
    before = {"capacity": juror.capacity, "expertise": juror.expertise}
    juror.capacity, juror.expertise = capacity, chosen
    record(
        "juror.update",
        actor_id=actor.user_id,
        at=at,
        object_type="juror",
        object_id=juror.id,
        event_id=actor.event.id,
        before=before,
        after={"capacity": capacity, "expertise": chosen},
        subject_id=row.user.id,
    )
