"""Entries of a round whose ballots are closed before the round is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base


class HandInLock(Base):
    """From `locked_at` nobody writes a ballot of the entry in the round, until somebody ends the lock with a reason."""

    __tablename__ = "hand_in_locks"
    __table_args__ = (
        Index(
            "uq_hand_in_locks_standing",
            "round_id",
            "idea_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    locked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    locked_at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(default="")
