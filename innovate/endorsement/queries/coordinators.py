"""Who coordinates which unit."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.endorsement.domain.reach import units_below
from innovate.endorsement.models import Coordinator
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole

_ACTIVE = Coordinator.ended_at.is_(None)
JURY = (Role.JUROR, Role.CHAIR)


def list_coordinators(unit_id: int) -> list[Coordinator]:
    """Everybody who coordinates or coordinated a unit: present ones first, then the latest. One query."""
    query = select(Coordinator).where(Coordinator.unit_id == unit_id)
    query = query.options(*map(joinedload, (Coordinator.user, Coordinator.given_by, Coordinator.ended_by)))
    rows = db.session.scalars(query.order_by(Coordinator.id.desc()))
    return sorted(rows, key=lambda row: row.ended_at is not None)


def get_coordinator(unit_id: int, public_id: str) -> Coordinator:
    """One row of a unit with its person and unit, or NotFound."""
    query = select(Coordinator).where(Coordinator.unit_id == unit_id, Coordinator.public_id == public_id)
    row = db.session.scalar(query.options(joinedload(Coordinator.user), joinedload(Coordinator.unit)))
    if row is None:
        raise NotFound
    return row


def find_active(unit_id: int, user_id: int) -> Coordinator | None:
    """The person's present row for a unit."""
    return db.session.scalar(
        select(Coordinator).where(Coordinator.unit_id == unit_id, Coordinator.user_id == user_id, _ACTIVE)
    )


def list_own_units(user_id: int) -> list[Unit]:
    """The units a person coordinates now, by name."""
    query = select(Unit).join(Coordinator, Coordinator.unit_id == Unit.id)
    return list(db.session.scalars(query.where(Coordinator.user_id == user_id, _ACTIVE).order_by(Unit.name)))


def select_coordinators() -> Select[tuple[int]]:
    """The keys of everybody who coordinates a unit now, to stand in another query."""
    return select(Coordinator.user_id).where(_ACTIVE)


def coordinates_any(user_id: int) -> bool:
    """Whether a person coordinates a unit now."""
    return bool(db.session.scalar(select(exists().where(Coordinator.user_id == user_id, _ACTIVE))))


def map_parents() -> dict[int, int | None]:
    """The tree of units: by key the key of the unit above."""
    return dict(db.session.execute(select(Unit.id, Unit.parent_id)).tuples().all())


def list_reach(user_id: int) -> frozenset[int]:
    """Keys of the units whose proposals a person answers for: their own and everything below. Two queries."""
    own = db.session.scalars(select(Coordinator.unit_id).where(Coordinator.user_id == user_id, _ACTIVE)).all()
    return units_below(own, map_parents()) if own else frozenset()


def list_acting(event_id: int, path: Collection[int]) -> list[tuple[int, User]]:
    """Who may act for the units of a path in an event, with the unit they hold: open accounts, nobody of its jury."""
    judges = exists().where(
        EventRole.event_id == event_id,
        EventRole.user_id == User.id,
        EventRole.role.in_(JURY),
        EventRole.revoked_at.is_(None),
    )
    query = (
        select(Coordinator.unit_id, User)
        .join(User, User.id == Coordinator.user_id)
        .where(Coordinator.unit_id.in_(path), _ACTIVE, User.disabled_at.is_(None), ~judges)
        .order_by(Coordinator.id)
    )
    return [(unit, user) for unit, user in db.session.execute(query)]
