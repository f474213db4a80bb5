"""Sessions of a round's jury, what was said in them, and who signed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, rel
from innovate.scoring.models.rounds import Round


class Deliberation(Base):
    """One session of a round, from opening to closing; a round may sit again, then it has another row."""

    __tablename__ = "deliberations"
    __table_args__ = (
        Index(
            "uq_deliberations_standing",
            "round_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime]
    missing: Mapped[int] = mapped_column(
        default=0
    )  # ballots not handed in when it opened; then `reason` says why
    reason: Mapped[str] = mapped_column(default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]

    round: Mapped[Round] = rel()

    @property
    def is_open(self) -> bool:
        """Whether the jury is in session."""
        return self.closed_at is None


class DeliberationNote(Base):
    """A short text to an entry, said in a session by a juror or somebody who leads."""

    __tablename__ = "deliberation_notes"
    __table_args__ = (Index("ix_deliberation_notes_entry", "deliberation_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberations.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str]
    at: Mapped[datetime]

    author: Mapped[User] = rel()


class SignOff(Base):
    """A juror agreed to the outcome of a round. It holds while the round's ballots are what `stamp` says."""

    __tablename__ = "sign_offs"
    __table_args__ = (Index("ix_sign_offs_round_user", "round_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberations.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    stamp: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
