"""Contests of pairwise judging, who and what takes part, and every step a juror takes."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.scoring.models.rounds import Round


class ContestKind(enum.StrEnum):
    """hall: jurors walk from stand to stand; runoff: among entries the rubric could not tell apart."""

    HALL = "hall"
    RUNOFF = "runoff"


class ContestState(enum.StrEnum):
    """draft: being set up; open: jurors compare; closed: what was said stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Verdict(enum.StrEnum):
    """What the chair makes of a run-off: its order is followed, or the entries keep sharing their rank."""

    FOLLOW = "follow"
    KEEP = "keep"


class Contest(Base):
    """Entries compared two at a time, beside a round whose board seals its results. `cut` is K: how many are sought."""

    __tablename__ = "pairwise_contests"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    kind: Mapped[ContestKind] = mapped_column(enum_type(ContestKind))
    state: Mapped[ContestState] = mapped_column(enum_type(ContestState), default=ContestState.DRAFT)
    name: Mapped[str] = mapped_column(String(120))
    cut: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]  # its outcome is public together with the round's board
    verdict: Mapped[Verdict | None] = mapped_column(enum_type(Verdict))
    verdict_reason: Mapped[str] = mapped_column(default="")
    verdict_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verdict_at: Mapped[datetime | None]

    event: Mapped[Event] = rel()
    round: Mapped[Round] = rel()
    verdict_by: Mapped[User | None] = rel(foreign_keys=[verdict_by_id])


class ContestEntry(Base):
    """An idea in a contest, at its place in the hall. Taken out, it keeps its comparisons."""

    __tablename__ = "pairwise_entries"
    __table_args__ = (UniqueConstraint("contest_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    contest_id: Mapped[int] = mapped_column(ForeignKey("pairwise_contests.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    stand: Mapped[str] = mapped_column(String(20), default="")
    removed_at: Mapped[datetime | None]

    idea: Mapped[Idea] = rel()


class ContestJuror(Base):
    """A juror of a contest and where they are: the entry just seen, the one offered next, and that pair's token."""

    __tablename__ = "pairwise_jurors"
    __table_args__ = (UniqueConstraint("contest_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("pairwise_contests.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    seen_id: Mapped[int | None] = mapped_column(ForeignKey("pairwise_entries.id"))
    offered_id: Mapped[int | None] = mapped_column(ForeignKey("pairwise_entries.id"))
    token: Mapped[str] = token_column()
    offered_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    user: Mapped[User] = rel()


class StepKind(enum.StrEnum):
    """start: the first entry was seen; vote: two were compared; skip: the offered one was passed over."""

    START = "start"
    VOTE = "vote"
    SKIP = "skip"


class Step(Base):
    """What a juror did with a pair. Never changed but for being undone; what stood before it is in the row itself."""

    __tablename__ = "pairwise_steps"
    __table_args__ = (
        UniqueConstraint("contest_id", "user_id", "token"),
        Index("ix_pairwise_steps_standing", "contest_id", "undone_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("pairwise_contests.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(enum_type(StepKind))
    token: Mapped[str] = mapped_column(String(12))  # of the pair that was answered
    seen_id: Mapped[int | None] = mapped_column(ForeignKey("pairwise_entries.id"))
    offered_id: Mapped[int] = mapped_column(ForeignKey("pairwise_entries.id"))
    better_id: Mapped[int | None] = mapped_column(ForeignKey("pairwise_entries.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_token: Mapped[str] = mapped_column(
        String(12), default=""
    )  # of the pair that stood when it was undone
