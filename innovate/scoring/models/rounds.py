"""Rounds, who takes part in them, and their rubrics."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, rel
from innovate.events.models import Event, Phase
from innovate.scoring.domain.window import Window, window_of


class Round(Base):
    """A judging or final phase with its jury work. Its window is the phase's; `closed_at` ends it early."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    phase_id: Mapped[int] = mapped_column(ForeignKey("phases.id"), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    rubric_id: Mapped[int | None] = mapped_column(ForeignKey("rubrics.id", use_alter=True))
    ballots_per_idea: Mapped[int] = mapped_column(default=3)
    weight: Mapped[Decimal] = mapped_column(
        Numeric(6, 2), default=Decimal(100)
    )  # per cent of the final score
    takes_all: Mapped[bool] = mapped_column(
        default=True
    )  # every eligible idea; otherwise only those in round_entries
    carries: Mapped[bool] = mapped_column(
        default=True
    )  # scores of earlier rounds count in this round's ranking, each by its weight
    is_blind: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # jurors do not learn whose entry it is
    chair_sees: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # in a blind round: opened to the chair by the organizer
    accepted_groups: Mapped[int] = mapped_column(
        default=1, server_default="1"
    )  # so many groups of jurors that share no entry were accepted; with more, the first ballot waits
    peers_opened_at: Mapped[
        datetime | None
    ]  # the jury sits together: own ballots may be amended with a reason
    peers_opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]

    event: Mapped[Event] = rel()
    phase: Mapped[Phase] = rel()
    rubric: Mapped[Rubric | None] = rel(foreign_keys=[rubric_id], post_update=True)

    number = 0  # its place in the event's timetable from 1, its address; set by the queries that load rounds

    def window(self, now: datetime) -> Window:
        """Where the round is in time; needs its phase loaded."""
        return window_of(self.phase.starts_at, self.phase.ends_at, self.closed_at, now)


class RoundEntry(Base):
    """An idea that advanced into a round (finalists)."""

    __tablename__ = "round_entries"
    __table_args__ = (UniqueConstraint("round_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")


class RoundJuror(Base):
    """A juror who serves in a round. A round without any row is served by the event's whole jury."""

    __tablename__ = "round_jurors"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)


class Rubric(Base):
    """One version of a round's rubric. Locked with the first ballot; a later change is a new version with a reason."""

    __tablename__ = "rubrics"
    __table_args__ = (UniqueConstraint("round_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]

    criteria: Mapped[list[Criterion]] = rel(order_by="Criterion.position", cascade="all, delete-orphan")


class Criterion(Base):
    """One criterion: a weight in per cent and a range of values in steps."""

    __tablename__ = "criteria"

    id: Mapped[int] = mapped_column(primary_key=True)
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubrics.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    key: Mapped[str] = mapped_column(
        String(60), default="", server_default=""
    )  # stays through versions and renamings: fields with evidence point to it
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    weight: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    minimum: Mapped[Decimal] = mapped_column(Numeric(8, 2), default=Decimal(1))
    maximum: Mapped[Decimal] = mapped_column(Numeric(8, 2), default=Decimal(5))
    step: Mapped[Decimal] = mapped_column(Numeric(6, 2), default=Decimal(1))
    levels: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"value": "3", "label": "...", "description": "..."}]
