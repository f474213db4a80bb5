"""Printed sheets and what was typed from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.paper.domain.agreement import SheetState
from innovate.scoring.models.jury import Assignment


class PaperSheet(Base):
    """One printed sheet. `assignment_id` is None for a spare until its ballot is made: the entry is written by hand."""

    __tablename__ = "paper_sheets"
    __table_args__ = (
        Index("ix_paper_sheets_round_state", "round_id", "state"),
        Index("ix_paper_sheets_rubric_user", "rubric_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    code: Mapped[str] = mapped_column(String(8), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    rubric_id: Mapped[int] = mapped_column(
        ForeignKey("rubrics.id")
    )  # the version whose criteria are printed on it
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), index=True)
    is_spare: Mapped[bool] = mapped_column(default=False)
    state: Mapped[SheetState] = mapped_column(enum_type(SheetState), default=SheetState.BLANK)
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    printed_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]  # when it became a ballot
    objection: Mapped[str] = mapped_column(default="")
    objected_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]

    user: Mapped[User] = rel(foreign_keys=[user_id])
    assignment: Mapped[Assignment | None] = rel()
    entries: Mapped[list[PaperEntry]] = rel(back_populates="sheet", order_by="PaperEntry.id")

    @property
    def has_open_objection(self) -> bool:
        """Whether the juror said that it is not what they wrote, and nobody answered yet."""
        return self.objected_at is not None and self.answered_at is None


class PaperEntry(Base):
    """What one person typed from a sheet. Never changed; one taken back is marked."""

    __tablename__ = "paper_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("paper_sheets.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)  # criterion key -> "4"
    comment_team: Mapped[str] = mapped_column(default="")
    comment_internal: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")  # why it was typed after the round was closed
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    sheet: Mapped[PaperSheet] = rel(back_populates="entries")
    user: Mapped[User] = rel(foreign_keys=[user_id])
    assignment: Mapped[Assignment] = rel()
