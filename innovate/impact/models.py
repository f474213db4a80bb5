"""Innovations in use, what they report, who asked to adopt them, and what they hand over."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.core.files import StoredColumns
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Asked, Check, Direction, Measure, Status

NUMBER = Numeric(15, 4)  # fifteen digits are exact in SQLite, too


class Innovation(Base):
    """An idea in use, or its replication elsewhere (`parent_id`, kept by `owner`). `status` is its last `StatusEntry`.

    `announced_on` is the day the follow-ups are counted from: the announcement, or the day it was handed over.
    """

    __tablename__ = "innovations"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), unique=True)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    unit_name: Mapped[str] = mapped_column(String(200), default="")
    announced_on: Mapped[date | None]
    status: Mapped[Status | None] = mapped_column(enum_type(Status))
    measure: Mapped[Measure | None] = mapped_column(enum_type(Measure))
    is_replicable: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    event: Mapped[Event] = rel()
    idea: Mapped[Idea | None] = rel()
    owner: Mapped[User | None] = rel()
    unit: Mapped[Unit | None] = rel()


class ImpactFile(StoredColumns, Base):
    """An uploaded piece of evidence or material."""

    __tablename__ = "impact_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]


class StatusEntry(Base):
    """Where an innovation stood from a day on. Rows are added, never changed."""

    __tablename__ = "innovation_statuses"

    id: Mapped[int] = mapped_column(primary_key=True)
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    status: Mapped[Status] = mapped_column(enum_type(Status))
    since: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class Indicator(Base):
    """What an innovation measures of itself, with where it began and where it wants to go."""

    __tablename__ = "impact_indicators"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    unit: Mapped[str] = mapped_column(String(60))
    direction: Mapped[Direction] = mapped_column(enum_type(Direction))
    baseline: Mapped[Decimal | None] = mapped_column(NUMBER)
    baseline_on: Mapped[date | None]
    baseline_source: Mapped[str] = mapped_column(String(300), default="")
    target: Mapped[Decimal | None] = mapped_column(NUMBER)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class CheckedColumns:
    """Who looked at a reported number, and what they said."""

    check: Mapped[Check] = mapped_column("check_state", enum_type(Check), default=Check.WAITING)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    checked_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")


class Actual(CheckedColumns, Base):
    """The value of an indicator in one period. A correction replaces it; the replaced row stays."""

    __tablename__ = "impact_actuals"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    indicator_id: Mapped[int] = mapped_column(ForeignKey("impact_indicators.id"), index=True)
    followup_id: Mapped[int | None] = mapped_column(ForeignKey("impact_followups.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    value: Mapped[Decimal] = mapped_column(NUMBER)
    source: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("impact_files.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    indicator: Mapped[Indicator] = rel()
    file: Mapped[ImpactFile | None] = rel()


class ReachReport(CheckedColumns, Base):
    """The measure of an innovation in one year of use, and in the year before."""

    __tablename__ = "impact_reaches"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    measure: Mapped[Measure] = mapped_column(enum_type(Measure))
    year: Mapped[int]
    value: Mapped[Decimal] = mapped_column(NUMBER)
    before: Mapped[Decimal | None] = mapped_column(NUMBER)
    source: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("impact_files.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    file: Mapped[ImpactFile | None] = rel()


class FollowUp(CheckedColumns, Base):
    """One asking, and its answer. `actuals`: values by an indicator's public id, as text, exactly."""

    __tablename__ = "impact_followups"
    __table_args__ = (UniqueConstraint("innovation_id", "months"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"))
    months: Mapped[int]
    first: Mapped[date]
    last: Mapped[date]
    asked_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    reminders: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    status: Mapped[Status | None] = mapped_column(enum_type(Status))
    reason: Mapped[str] = mapped_column(default="")
    is_used: Mapped[bool | None]
    people: Mapped[int | None]
    saved: Mapped[int | None] = mapped_column(BigInteger)
    actuals: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    obstacle: Mapped[str] = mapped_column(default="")
    story: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("impact_files.id"))
    version: Mapped[int] = mapped_column(default=0)

    innovation: Mapped[Innovation] = rel()
    file: Mapped[ImpactFile | None] = rel()


class AdoptionRequest(Base):
    """Somebody of another unit asks to run an innovation, too. Accepted, it has an innovation of its own."""

    __tablename__ = "adoption_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    unit_name: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str]
    state: Mapped[Asked] = mapped_column(enum_type(Asked), default=Asked.WAITING)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")
    child_id: Mapped[int | None] = mapped_column(ForeignKey("innovations.id"))

    innovation: Mapped[Innovation] = rel(foreign_keys=[innovation_id])
    asker: Mapped[User] = rel(foreign_keys=[asker_id])
    child: Mapped[Innovation | None] = rel(foreign_keys=[child_id])


class Material(Base):
    """What an owner hands over to those who adopt: a link or a file."""

    __tablename__ = "impact_materials"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    innovation_id: Mapped[int] = mapped_column(ForeignKey("innovations.id"), index=True)
    label: Mapped[str] = mapped_column(String(160))
    link: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("impact_files.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    file: Mapped[ImpactFile | None] = rel()
