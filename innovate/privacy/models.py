"""Requests, copies of data, consents, impact records, incidents, and how long an event keeps its people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event
from innovate.privacy.domain.cases import CaseKind, CaseState
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.domain.retention import DEFAULT_YEARS


class PrivacyCase(Base):
    """A person's request about their data. `text` is emptied when the person is erased."""

    __tablename__ = "privacy_cases"
    __table_args__ = (Index("ix_privacy_cases_queue", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[CaseKind] = mapped_column(enum_type(CaseKind))
    text: Mapped[str] = mapped_column(default="")
    state: Mapped[CaseState] = mapped_column(enum_type(CaseState), default=CaseState.OPEN)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    user: Mapped[User] = rel(foreign_keys=[user_id])
    decided_by: Mapped[User | None] = rel(foreign_keys=[decided_by_id])


class DataExport(Base):
    """A copy of somebody's data, for that person alone until `expires_at`; its file then goes and the row stays."""

    __tablename__ = "data_exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    storage_key: Mapped[str] = mapped_column(String(200))  # empty once the file is gone
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class PrivacyNotice(Base):
    """One version of what the officer adds to the privacy page, in Markdown; the newest is in force."""

    __tablename__ = "privacy_notices"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class Consent(Base):
    """One answer to one purpose: the words that were shown, and the notice in force. Rows are only added."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose))
    given: Mapped[bool]
    text: Mapped[str]
    notice: Mapped[int] = mapped_column(default=0)  # 0: the house's page alone
    at: Mapped[datetime]


class ImpactRecord(Base):
    """One version of an event's impact record. A signed one never changes; the next change begins another."""

    __tablename__ = "impact_records"
    __table_args__ = (UniqueConstraint("event_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_name: Mapped[str] = mapped_column(String(300), default="")
    signed_position: Mapped[str] = mapped_column(String(320), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")


class EventPrivacy(Base):
    """What an event owes to data protection. Events without a row are older than the duty to sign."""

    __tablename__ = "event_privacy"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, autoincrement=False)
    impact_required: Mapped[bool] = mapped_column(default=False)
    retention_years: Mapped[int] = mapped_column(default=DEFAULT_YEARS)
    anonymised_at: Mapped[datetime | None]
    anonymised_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    event: Mapped[Event] = rel()


class Breach(Base):
    """An incident with personal data. Never public; only officers read it."""

    __tablename__ = "breaches"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    title: Mapped[str] = mapped_column(String(200))
    noticed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    what: Mapped[str]
    data: Mapped[str]
    people: Mapped[int]
    cause: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    authority_told_at: Mapped[datetime | None]
    people_told_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    recorded_by: Mapped[User] = rel(foreign_keys=[recorded_by_id])
