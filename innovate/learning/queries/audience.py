"""Whom an activity is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.learning.domain.kinds import Audience
from innovate.learning.models import Activity, ActivityUnit
from innovate.learning.policy import Guest
from innovate.teams.models import Membership


def is_for(guest: Guest) -> bool:
    """Whether the activity's audience takes the person in."""
    return guest.user is not None and bool(pick_for(guest.user, [guest.activity]))


def pick_for(user: User, activities: Sequence[Activity]) -> list[Activity]:
    """Those of the activities whose audience takes the person in. The number of statements does not grow."""
    audiences = {each.audience for each in activities}
    of_units = _list_of_units(user, activities) if Audience.UNITS in audiences else set()
    events = _list_events(user) if Audience.EVENT in audiences else set()
    fits: dict[Audience, Callable[[Activity], bool]] = {
        Audience.ALL: lambda _each: True,
        Audience.ASN: lambda _each: user.employment.is_asn,
        Audience.UNITS: lambda each: each.id in of_units,
        Audience.EVENT: lambda each: each.event_id in events,
    }
    return [each for each in activities if fits[each.audience](each)]


def _list_events(user: User) -> set[int]:
    """Events in whose teams the person is."""
    query = select(Membership.event_id).where(Membership.user_id == user.id, Membership.left_at.is_(None))
    return set(db.session.scalars(query))


def _list_of_units(user: User, activities: Sequence[Activity]) -> set[int]:
    """Activities that name the person's unit or one above it."""
    parents = dict(db.session.execute(select(Unit.id, Unit.parent_id)).tuples().all())
    path: set[int] = set()
    unit_id = user.unit_id
    while unit_id is not None and unit_id not in path:
        path.add(unit_id)
        unit_id = parents.get(unit_id)
    named = select(ActivityUnit.activity_id).where(
        ActivityUnit.activity_id.in_([each.id for each in activities]), ActivityUnit.unit_id.in_(path)
    )
    return set(db.session.scalars(named))
