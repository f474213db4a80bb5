"""Rounds, rubrics, jurors, conflicts, assignments and ballots."""

from __future__ import annotations

import enum
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event, Phase
from innovate.ideas.models import Idea
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
    peers_opened_at: Mapped[datetime | None]
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
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    weight: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    minimum: Mapped[Decimal] = mapped_column(Numeric(8, 2), default=Decimal(1))
    maximum: Mapped[Decimal] = mapped_column(Numeric(8, 2), default=Decimal(5))
    step: Mapped[Decimal] = mapped_column(Numeric(6, 2), default=Decimal(1))
    levels: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"value": "3", "label": "...", "description": "..."}]


class Juror(Base):
    """A juror's capacity and expertise in one event (the role itself is an EventRole)."""

    __tablename__ = "jurors"
    __table_args__ = (UniqueConstraint("event_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    capacity: Mapped[int | None]
    expertise: Mapped[list[Any]] = mapped_column(JSON, default=list)  # track codes
    last_seen_at: Mapped[datetime | None]

    user: Mapped[User] = rel()


class ConflictSource(enum.StrEnum):
    """How a conflict of interest is known."""

    DECLARED = "declared"
    UNIT = "unit"
    TEAM = "team"
    ABSTAINED = "abstained"


class Conflict(Base):
    """A juror who must not judge an idea. Unit and team conflicts are computed; rows hold what people said."""

    __tablename__ = "conflicts"
    __table_args__ = (
        Index(
            "uq_conflicts_standing",
            "idea_id",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    source: Mapped[ConflictSource] = mapped_column(enum_type(ConflictSource))
    reason: Mapped[str] = mapped_column(default="")
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # dismissed by a second person, with a reason
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_reason: Mapped[str] = mapped_column(default="")


class AssignmentState(enum.StrEnum):
    """active: to be scored; recused: the juror stepped back; removed: taken away by the organizer."""

    ACTIVE = "active"
    RECUSED = "recused"
    REMOVED = "removed"


class Assignment(Base):
    """A juror is to score an idea in a round."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index(
            "uq_assignments_active",
            "round_id",
            "idea_id",
            "user_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
        Index("ix_assignments_round_user", "round_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    by_draw: Mapped[bool] = mapped_column(default=False)
    state: Mapped[AssignmentState] = mapped_column(enum_type(AssignmentState), default=AssignmentState.ACTIVE)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    cleared_at: Mapped[
        datetime | None
    ]  # when the juror declared to be free of conflicts; only then the entry opens
    ended_at: Mapped[datetime | None]

    round: Mapped[Round] = rel()
    idea: Mapped[Idea] = rel()
    user: Mapped[User] = rel()
    ballot: Mapped[Ballot | None] = rel(back_populates="assignment", uselist=False)


class BallotState(enum.StrEnum):
    """draft: being scored; submitted: complete and handed in; excluded: kept, but does not count."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXCLUDED = "excluded"


class Ballot(Base):
    """One juror's scoring of one idea. `total` (0..100) is stored with every save once no criterion is missing."""

    __tablename__ = "ballots"
    __table_args__ = (
        Index("ix_ballots_round_state", "round_id", "state", "idea_id", "total"),
        Index("ix_ballots_idea", "idea_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubrics.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))  # what the juror read
    state: Mapped[BallotState] = mapped_column(enum_type(BallotState), default=BallotState.DRAFT)
    total: Mapped[float | None]
    version: Mapped[int] = mapped_column(default=1)
    comment_team: Mapped[str] = mapped_column(default="")
    comment_internal: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    assignment: Mapped[Assignment] = rel(back_populates="ballot")
    scores: Mapped[list[BallotScore]] = rel(back_populates="ballot")


class BallotScore(Base):
    """The value given for one criterion."""

    __tablename__ = "ballot_scores"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"), primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    comment: Mapped[str] = mapped_column(default="")

    ballot: Mapped[Ballot] = rel(back_populates="scores")


class BallotChange(Base):
    """What a save replaced: the whole ballot as it was, so that nothing is ever overwritten without a trace."""

    __tablename__ = "ballot_changes"
    __table_args__ = (Index("ix_ballot_changes_ballot", "ballot_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"))
    version: Mapped[int]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(20))  # save, submit, reopen, exclude, include
    reason: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
