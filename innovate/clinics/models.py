"""Slots that mentors offer, who booked them, what was noted and agreed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.clinics.domain.slots import NOTICE_HOURS, PER_TEAM, Outcome, SlotState, Span, state_of
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.skills.models import Skill
from innovate.teams.models import Team


class ClinicRules(Base):
    """What the organizer sets for an event; without a row the defaults of `domain.slots`."""

    __tablename__ = "clinic_rules"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    per_team: Mapped[int] = mapped_column(default=PER_TEAM)
    notice_hours: Mapped[int] = mapped_column(default=NOTICE_HOURS)


class ClinicSlot(Base):
    """A time a mentor keeps for one team. `series`: slots offered at once share it; `version` counts moves."""

    __tablename__ = "clinic_slots"
    __table_args__ = (Index("ix_clinic_slots_event", "event_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    mentor_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    topic: Mapped[str] = mapped_column(String(160), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(500), default="")  # for who booked only
    series: Mapped[str] = mapped_column(String(12), default="")
    version: Mapped[int] = mapped_column(default=1)
    offered_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(String(300), default="")

    mentor: Mapped[User] = rel()
    skills: Mapped[list[Skill]] = rel(secondary="clinic_slot_skills", order_by="Skill.position")
    booking: Mapped[ClinicBooking | None] = rel(
        primaryjoin="and_(ClinicSlot.id == ClinicBooking.slot_id, ClinicBooking.cancelled_at.is_(None))",
        viewonly=True,
        uselist=False,
    )

    @property
    def span(self) -> Span:
        """Its time."""
        return Span(self.starts_at, self.ends_at)

    def state_at(self, at: datetime) -> SlotState:
        """What it is now; its booking must be loaded."""
        return state_of(
            self.span,
            at,
            is_cancelled=self.cancelled_at is not None,
            is_booked=self.booking is not None,
            outcome=self.booking.outcome if self.booking else None,
        )


class ClinicSlotSkill(Base):
    """What the mentor can help with."""

    __tablename__ = "clinic_slot_skills"

    slot_id: Mapped[int] = mapped_column(ForeignKey("clinic_slots.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), primary_key=True, index=True)


class ClinicBooking(Base):
    """A team takes a slot. Giving it back keeps the row. `mentoring_id`: the row of `team_mentors` it brought, if any.

    `notes` are the mentor's; `notes_version` counts saves, a stale one is refused.
    """

    __tablename__ = "clinic_bookings"
    __table_args__ = (
        Index(
            "uq_clinic_bookings_active",
            "slot_id",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    slot_id: Mapped[int] = mapped_column(ForeignKey("clinic_slots.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    mentoring_id: Mapped[int | None] = mapped_column(ForeignKey("team_mentors.id"))
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    question: Mapped[str] = mapped_column(default="")
    booked_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cancelled_reason: Mapped[str] = mapped_column(String(300), default="")
    outcome: Mapped[Outcome | None] = mapped_column(enum_type(Outcome))
    outcome_at: Mapped[datetime | None]
    notes: Mapped[str] = mapped_column(default="")
    notes_version: Mapped[int] = mapped_column(default=0)

    slot: Mapped[ClinicSlot] = rel()
    team: Mapped[Team] = rel()
    booked_by: Mapped[User] = rel(foreign_keys=[booked_by_id])
    actions: Mapped[list[ClinicAction]] = rel(
        order_by="ClinicAction.id",
        primaryjoin="and_(ClinicBooking.id == ClinicAction.booking_id, ClinicAction.removed_at.is_(None))",
        viewonly=True,
    )


class ClinicAction(Base):
    """What was agreed: who does what until when. The team says when it is done; taken off the list it stays stored."""

    __tablename__ = "clinic_actions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    booking_id: Mapped[int] = mapped_column(ForeignKey("clinic_bookings.id"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    who: Mapped[str] = mapped_column(String(120), default="")
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]

    booking: Mapped[ClinicBooking] = rel()
    done_by: Mapped[User | None] = rel()
