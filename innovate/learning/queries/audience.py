"""Whom an activity is for."""

from __future__ import annotations

from sqlalchemy import select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.learning.domain.kinds import Audience
from innovate.learning.models import ActivityUnit
from innovate.learning.policy import Guest
from innovate.teams.models import Membership


def is_for(guest: Guest) -> bool:
    """Whether the activity's audience takes the person in."""
    audience, user = guest.activity.audience, guest.user
    if user is None:
        return False
    if audience is Audience.ASN:
        return user.employment.is_asn
    if audience is Audience.UNITS:
        return _is_below(guest.activity.id, user.unit_id)
    if audience is Audience.EVENT:
        query = select(Membership.id).where(
            Membership.event_id == guest.activity.event_id,
            Membership.user_id == user.id,
            Membership.left_at.is_(None),
        )
        return db.session.scalar(query.limit(1)) is not None
    return True


def _is_below(activity_id: int, unit_id: int | None) -> bool:
    named = set(
        db.session.scalars(select(ActivityUnit.unit_id).where(ActivityUnit.activity_id == activity_id))
    )
    parents = dict(db.session.execute(select(Unit.id, Unit.parent_id)).tuples().all())
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen:
        if unit_id in named:
            return True
        seen.add(unit_id)
        unit_id = parents.get(unit_id)
    return False
