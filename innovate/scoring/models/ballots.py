"""Ballots, their scores, and every state they were in."""

from __future__ import annotations

import enum
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type, rel
from innovate.scoring.models.jury import Assignment


class BallotState(enum.StrEnum):
    """draft: being scored; submitted: complete and handed in; excluded: kept, but does not count."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXCLUDED = "excluded"


class Ballot(Base):
    """One juror's scoring of one idea. `total` (0..100) is stored with every save once no criterion is missing."""

    __tablename__ = "ballots"
    __table_args__ = (
        Index(
            "ix_ballots_round_state", "round_id", "state", "idea_id", "user_id", "total"
        ),  # all of a ranking
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
    read_seconds: Mapped[int] = mapped_column(default=0, server_default="0")  # only the juror is told
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    locked_at: Mapped[
        datetime | None
    ]  # while the entry's hand-in is locked (HandInLock): no save gets through

    assignment: Mapped[Assignment] = rel(back_populates="ballot")
    scores: Mapped[list[BallotScore]] = rel(back_populates="ballot")


class BallotScore(Base):
    """The value given for one criterion."""

    __tablename__ = "ballot_scores"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"), primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    comment: Mapped[str] = mapped_column(default="")  # to the team
    comment_internal: Mapped[str] = mapped_column(default="", server_default="")  # for the jury alone

    ballot: Mapped[Ballot] = rel(back_populates="scores")


class BallotChange(Base):
    """What a save replaced: the whole ballot as it was, so that nothing is ever overwritten without a trace."""

    __tablename__ = "ballot_changes"
    __table_args__ = (Index("ix_ballot_changes_ballot", "ballot_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"))
    version: Mapped[int]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(20))  # save submit late reopen exclude include rubric unchosen
    reason: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
