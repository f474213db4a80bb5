"""What an event asks of its teams: how they are mixed, and which statements their members accept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.partners.domain.kinds import MixKind, StatementKind


class TeamMix(Base):
    """At least and at most so many members of a kind."""

    __tablename__ = "team_mixes"
    __table_args__ = (UniqueConstraint("event_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[MixKind] = mapped_column(enum_type(MixKind))
    at_least: Mapped[int] = mapped_column(default=0)
    at_most: Mapped[int | None]


class Statement(Base):
    """One version of a text members accept. Its words never change; the newest that has not ended is in force."""

    __tablename__ = "statements"
    __table_args__ = (UniqueConstraint("event_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[StatementKind] = mapped_column(enum_type(StatementKind))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class StatementAcceptance(Base):
    """A person accepted one version, as a member of a team. Never taken away."""

    __tablename__ = "statement_acceptances"
    __table_args__ = (UniqueConstraint("statement_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    accepted_at: Mapped[datetime]

    statement: Mapped[Statement] = rel()
    user: Mapped[User] = rel()
