"""Visits, who goes, what they found and photographed, and what the event's checklist asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.ideas.models import Idea
from innovate.visits.domain.states import VisitEffect, VisitState


class VisitItem(Base):
    """One point that visitors check. Taken off the list it stays in the visits that answered it."""

    __tablename__ = "visit_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    label: Mapped[str] = mapped_column(String(200))
    help: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]


class Visit(Base):
    """One visit to one entry. `answers`: the checklist as it was answered (`domain.states.merge_answers`).

    `version` counts saves: a stale save is refused. What the jury reads (`jury_note`) and what the team reads
    (`shared`) are texts of their own; findings and conclusion stay with the committee and the visitors.
    """

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    state: Mapped[VisitState] = mapped_column(enum_type(VisitState), default=VisitState.PLANNED)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300))
    message: Mapped[str] = mapped_column(default="")  # to the team: what to have at hand
    answers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    findings: Mapped[str] = mapped_column(default="")
    conclusion: Mapped[str] = mapped_column(default="")
    effect: Mapped[VisitEffect] = mapped_column(enum_type(VisitEffect), default=VisitEffect.NONE)
    jury_note: Mapped[str] = mapped_column(default="")
    shared: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    moved: Mapped[int] = mapped_column(default=0)  # how often date or place changed: calendars ask
    planned_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    planned_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # of date and place
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")

    idea: Mapped[Idea] = rel()
    visitors: Mapped[list[Visitor]] = rel(order_by="Visitor.position")
    finished_by: Mapped[User | None] = rel(foreign_keys=[finished_by_id])
    photos: Mapped[list[VisitPhoto]] = rel(
        order_by="VisitPhoto.id",
        primaryjoin="and_(Visit.id == VisitPhoto.visit_id, VisitPhoto.removed_at.is_(None))",
        viewonly=True,
    )


class Visitor(Base):
    """Somebody who goes; the first leads."""

    __tablename__ = "visitors"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = rel()


class VisitPhoto(Base):
    """A picture, drawn anew from what was uploaded: nothing but its points is left (no place, no device)."""

    __tablename__ = "visit_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    caption: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(200))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class VisitChange(Base):
    """A finished visit was amended: what it said before, by whom and why."""

    __tablename__ = "visit_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    reason: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)

    actor: Mapped[User] = rel()
