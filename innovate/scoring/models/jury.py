"""Jurors, their conflicts of interest, and what is assigned to them."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.ideas.models import Idea
from innovate.scoring.models.rounds import Round

if TYPE_CHECKING:
    from innovate.scoring.models.ballots import Ballot


class Juror(Base):
    """A juror's capacity and expertise in one event (the role itself is an EventRole)."""

    __tablename__ = "jurors"
    __table_args__ = (UniqueConstraint("event_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    capacity: Mapped[int | None]
    expertise: Mapped[list[Any]] = mapped_column(JSON, default=list)  # track codes
    keywords: Mapped[list[Any]] = mapped_column(JSON, default=list)  # as domain/assignment/words writes them
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
    """active: to be scored; recused: the juror stepped back; removed: taken away by the organizer; barred: a conflict
    of interest arose afterwards.
    """

    ACTIVE = "active"
    RECUSED = "recused"
    REMOVED = "removed"
    BARRED = "barred"


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
        Index("ix_assignments_round_user", "round_id", "user_id", "state"),
        Index(
            "ix_assignments_untold",
            "untold_since",
            sqlite_where=text("untold_since IS NOT NULL"),
            postgresql_where=text("untold_since IS NOT NULL"),
        ),
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
    untold_since: Mapped[datetime | None]  # given by hand, and the juror's mail has not left yet

    round: Mapped[Round] = rel()
    idea: Mapped[Idea] = rel()
    user: Mapped[User] = rel()
    ballot: Mapped[Ballot | None] = rel(back_populates="assignment", uselist=False)


# Who knows seats knows their ballots: a query that loads the one must find the other, whatever was imported first.
import innovate.scoring.models.ballots  # noqa: E402, F401
