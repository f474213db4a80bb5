"""Learning hours of the people in a coordinator's units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.endorsement.queries.coordinators import list_reach
from innovate.learning.queries.record import Year, map_years

_NONE = Year(0, 0)


@dataclass(frozen=True)
class Learner:
    """A person of the unit, and what they learnt in the year; the unit is loaded."""

    user: User
    year: Year


def list_learners(user_id: int, year: int, *, at: datetime) -> list[Learner]:
    """ASN with open accounts in the units the person coordinates and below, by name. Six statements."""
    query = (
        select(User)
        .where(User.unit_id.in_(list_reach(user_id)), User.disabled_at.is_(None))
        .options(joinedload(User.unit))
        .order_by(User.name, User.id)
    )
    people = [user for user in db.session.scalars(query) if user.employment.is_asn]
    learnt = map_years([user.id for user in people], year, at=at)
    return [Learner(user, learnt.get(user.id, _NONE)) for user in people]


def select_learners(rows: Sequence[Learner], search: str) -> list[Learner]:
    """Those whose name or unit holds the words."""
    words = search.casefold().split()
    return [row for row in rows if all(word in _text(row) for word in words)]


def _text(row: Learner) -> str:
    unit = row.user.unit
    return f"{row.user.full_name} {unit.name if unit else ''} {unit.short_name if unit else ''}".casefold()
