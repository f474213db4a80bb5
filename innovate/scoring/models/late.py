"""What happens to ballots after their round closed: late ones, and single ones opened again."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type, token_column


class LateState(enum.StrEnum):
    """waiting: the chair has yet to decide; counted: it became the ballot; left_out: kept, does not count."""

    WAITING = "waiting"
    COUNTED = "counted"
    LEFT_OUT = "left_out"


class LateBallot(Base):
    """A ballot that reached the server when it could no longer be saved. Kept as it was sent, whatever is decided.

    `key` is the device's own name for it: the same one sent twice is one. `written_at` is what the device's clock said.
    """

    __tablename__ = "late_ballots"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    key: Mapped[str] = mapped_column(String(64))
    handed_in: Mapped[bool]  # whether the juror had pressed the button, or was still writing
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # values, notes, comments as texts; base version
    words: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime]
    state: Mapped[LateState] = mapped_column(enum_type(LateState), default=LateState.WAITING)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_reason: Mapped[str] = mapped_column(default="")


class Reopening(Base):
    """The chair lets one ballot be amended although its round is closed. Ends with handing in, or by the chair."""

    __tablename__ = "reopenings"
    __table_args__ = (
        Index(
            "uq_reopenings_standing",
            "assignment_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    granted_at: Mapped[datetime]
    juror_reason: Mapped[str] = mapped_column(default="")  # why the juror amends
    ended_at: Mapped[datetime | None]
