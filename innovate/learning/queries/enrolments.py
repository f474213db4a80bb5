"""Who has a place in an activity, who waits, and what one person enrolled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Enrolment

_LIVING = Enrolment.withdrawn_at.is_(None)
_OPEN = User.disabled_at.is_(None)


def find_enrolment(activity_id: int, user_id: int) -> Enrolment | None:
    """The person's place, or where they wait; read again."""
    query = select(Enrolment).where(
        Enrolment.activity_id == activity_id, Enrolment.user_id == user_id, _LIVING
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def get_enrolment(activity_id: int, public_id: str) -> Enrolment:
    """One living enrolment with its person, or NotFound."""
    query = select(Enrolment).where(
        Enrolment.activity_id == activity_id, Enrolment.public_id == public_id, _LIVING
    )
    found = db.session.scalar(query.options(joinedload(Enrolment.user)))
    if found is None:
        raise NotFound
    return found


def count_state(activity_id: int, state: EnrolmentState) -> int:
    """How many have a place, or wait."""
    query = select(func.count()).where(
        Enrolment.activity_id == activity_id, Enrolment.state == state, _LIVING
    )
    return db.session.scalar(query) or 0


def find_first_waiting(activity_id: int) -> Enrolment | None:
    """Who is next in the waiting list; closed accounts are passed over."""
    query = select(Enrolment).where(
        Enrolment.activity_id == activity_id, Enrolment.state == EnrolmentState.WAITING, _LIVING
    )
    query = query.join(Enrolment.user).where(_OPEN).options(contains_eager(Enrolment.user))
    return db.session.scalar(query.order_by(Enrolment.asked_at, Enrolment.id).limit(1))


def find_place_in_line(enrolment: Enrolment) -> int:
    """The number in the waiting list, from 1; 0 for who has a place."""
    if enrolment.state is not EnrolmentState.WAITING:
        return 0
    earlier = or_(
        Enrolment.asked_at < enrolment.asked_at,
        and_(Enrolment.asked_at == enrolment.asked_at, Enrolment.id < enrolment.id),
    )
    query = select(func.count()).select_from(Enrolment).join(Enrolment.user)
    query = query.where(Enrolment.activity_id == enrolment.activity_id, _LIVING, _OPEN)
    query = query.where(Enrolment.state == EnrolmentState.WAITING)
    return 1 + (db.session.scalar(query.where(earlier)) or 0)


@dataclass(frozen=True)
class ListFilter:
    """Which people are looked for."""

    search: str = ""
    state: EnrolmentState | None = None
    unit: str = ""  # code


def list_people(activity_id: int, wanted: ListFilter, *, page: int = 1) -> Page[Enrolment]:
    """Everybody with a place or waiting, with person and unit: places by name, then the waiting list in its order."""
    return paginate(_people(activity_id, wanted), page=page)


def list_all_people(activity_id: int) -> Sequence[Enrolment]:
    """The same for a file."""
    return list(db.session.scalars(_people(activity_id, ListFilter())))


def _people(activity_id: int, wanted: ListFilter) -> Select[tuple[Enrolment]]:
    query = (
        select(Enrolment)
        .join(Enrolment.user)
        .outerjoin(Enrolment.unit)
        .options(contains_eager(Enrolment.user), contains_eager(Enrolment.unit))
        .where(Enrolment.activity_id == activity_id, _LIVING)
    )
    if wanted.search:
        query = query.where(
            or_(
                User.name.icontains(wanted.search, autoescape=True),
                User.email.icontains(wanted.search, autoescape=True),
            )
        )
    if wanted.state is not None:
        query = query.where(Enrolment.state == wanted.state)
    if wanted.unit:
        query = query.where(Unit.code == wanted.unit)
    waits = Enrolment.state == EnrolmentState.WAITING
    return query.order_by(waits, func.coalesce(Enrolment.placed_at, Enrolment.asked_at), Enrolment.id)


def list_units(activity_id: int) -> list[tuple[Unit, int]]:
    """Units of those who have a place or wait, with how many each."""
    query = (
        select(Unit, func.count())
        .join(Enrolment, Enrolment.unit_id == Unit.id)
        .where(Enrolment.activity_id == activity_id, _LIVING)
        .group_by(Unit.id)
    )
    rows = [(unit, count) for unit, count in db.session.execute(query)]
    return sorted(rows, key=lambda row: row[0].name)


def list_placed_users(activity_id: int, *, waiting: bool = False) -> list[User]:
    """The people with a place (and those who wait) whose account is open: whom mails go to."""
    states = [EnrolmentState.ENROLLED, EnrolmentState.WAITING] if waiting else [EnrolmentState.ENROLLED]
    query = select(User).join(Enrolment, Enrolment.user_id == User.id)
    query = query.where(Enrolment.activity_id == activity_id, Enrolment.state.in_(states), _LIVING, _OPEN)
    return list(db.session.scalars(query.order_by(User.id)))
