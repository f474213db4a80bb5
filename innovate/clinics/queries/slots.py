"""Slots: what is free, what a mentor offers, and whether an event has clinics at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, exists, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.accounts.models import User
from innovate.clinics.domain.slots import NOTICE_HOURS, PER_TEAM, Span
from innovate.clinics.models import ClinicBooking, ClinicRules, ClinicSlot, ClinicSlotSkill
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.skills.models import Skill
from innovate.teams.models import Team

_WHOLE = (
    joinedload(ClinicSlot.mentor),
    selectinload(ClinicSlot.skills),
    joinedload(ClinicSlot.booking).joinedload(ClinicBooking.team).selectinload(Team.memberships),
)


@dataclass(frozen=True)
class Choice:
    """Which free slots to show: of a skill (public id) or a mentor (public id)."""

    skill: str = ""
    mentor: str = ""
    page: int = 1


def get_rules(event_id: int) -> ClinicRules:
    """What the organizer set, or the defaults (not stored)."""
    stored = db.session.get(ClinicRules, event_id)
    return stored or ClinicRules(event_id=event_id, per_team=PER_TEAM, notice_hours=NOTICE_HOURS)


def get_slot(event_id: int, public_id: str) -> ClinicSlot:
    """A slot with mentor, skills and booking, or NotFound."""
    query = select(ClinicSlot).where(ClinicSlot.event_id == event_id, ClinicSlot.public_id == public_id)
    slot = db.session.scalar(query.options(*_WHOLE).execution_options(populate_existing=True))
    if slot is None:
        raise NotFound
    return slot


def list_free(event_id: int, choice: Choice, at: datetime) -> Page[ClinicSlot]:
    """Slots to come that nobody booked, the next first."""
    query = select(ClinicSlot).where(*_is_free(event_id, at)).options(*_WHOLE)
    if choice.skill:
        taught = select(ClinicSlotSkill.slot_id).join(Skill, Skill.id == ClinicSlotSkill.skill_id)
        query = query.where(ClinicSlot.id.in_(taught.where(Skill.public_id == choice.skill)))
    if choice.mentor:
        query = query.where(ClinicSlot.mentor.has(public_id=choice.mentor))
    return paginate(query.order_by(ClinicSlot.starts_at, ClinicSlot.id), page=choice.page, size=24)


def list_offered(event_id: int, mentor_id: int) -> Sequence[ClinicSlot]:
    """Everything a mentor offers or offered, in order of time, called-off ones too."""
    query = select(ClinicSlot).where(ClinicSlot.event_id == event_id, ClinicSlot.mentor_id == mentor_id)
    return list(db.session.scalars(query.options(*_WHOLE).order_by(ClinicSlot.starts_at, ClinicSlot.id)))


def list_mentor_spans(mentor_id: int, since: datetime, *, besides: int = 0) -> list[Span]:
    """When a mentor is taken, in every event, by slots that end after `since`."""
    query = select(ClinicSlot.starts_at, ClinicSlot.ends_at).where(ClinicSlot.mentor_id == mentor_id)
    query = query.where(
        ClinicSlot.cancelled_at.is_(None), ClinicSlot.ends_at > since, ClinicSlot.id != besides
    )
    return [Span(*row) for row in db.session.execute(query)]


def is_used(event_id: int) -> bool:
    """Whether the event has a mentor or a slot: only then its pages speak of clinics. One statement."""
    mentor = exists().where(
        EventRole.event_id == event_id, EventRole.role == Role.MENTOR, EventRole.revoked_at.is_(None)
    )
    slot = exists().where(ClinicSlot.event_id == event_id)
    return bool(db.session.scalar(select(mentor | slot)))


def has_free(event_id: int, at: datetime) -> bool:
    """Whether something can be booked."""
    return bool(db.session.scalar(select(exists().where(*_is_free(event_id, at)))))


def _is_free(event_id: int, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions on a slot: to come, not booked, and its mentor is one of the event still."""
    return (
        ClinicSlot.event_id == event_id,
        ClinicSlot.starts_at > at,
        ClinicSlot.cancelled_at.is_(None),
        ~_is_booked(),
        exists().where(
            EventRole.event_id == ClinicSlot.event_id,
            EventRole.user_id == ClinicSlot.mentor_id,
            EventRole.role == Role.MENTOR,
            EventRole.revoked_at.is_(None),
            User.id == EventRole.user_id,
            User.disabled_at.is_(None),
        ),
    )


def _is_booked() -> Exists:
    return exists().where(ClinicBooking.slot_id == ClinicSlot.id, ClinicBooking.cancelled_at.is_(None))
