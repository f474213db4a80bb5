"""A practice entry of a round, and what each juror gave it."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, rel
from innovate.scoring.models.rounds import Round


class PracticeState(enum.StrEnum):
    """draft: being written; open: jurors score it; shown: everyone sees the spread, nobody scores any more."""

    DRAFT = "draft"
    OPEN = "open"
    SHOWN = "shown"


class Practice(Base):
    """One practice entry of a round. It has no team and is in no ranking."""

    __tablename__ = "practices"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), unique=True)
    rubric_id: Mapped[int | None] = mapped_column(ForeignKey("rubrics.id"))  # fixed when it opens
    title: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]

    round: Mapped[Round] = rel()

    @property
    def state(self) -> PracticeState:
        """Where it is."""
        if self.shown_at is not None:
            return PracticeState.SHOWN
        return PracticeState.OPEN if self.opened_at is not None else PracticeState.DRAFT


class PracticeSheet(Base):
    """What one juror gave the practice entry: never a ballot, never counted."""

    __tablename__ = "practice_sheets"
    __table_args__ = (UniqueConstraint("practice_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # criterion key -> "4"
    comment: Mapped[str] = mapped_column(default="")
    total: Mapped[float | None]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    user: Mapped[User] = rel()
