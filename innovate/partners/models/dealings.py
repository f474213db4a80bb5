"""What organisations do in events: challenges, mentors, prizes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event, Prize, Track
from innovate.partners.domain.kinds import Stage, Support
from innovate.partners.models.organisations import Organisation


class Challenge(Base):
    """A problem an organisation puts to an event. Accepted it is a track: `track_id`.

    Its data are words, a link, and one file in the store (`storage_key`, empty without one).
    """

    __tablename__ = "challenges"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("tracks.id", ondelete="SET NULL"), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    background: Mapped[str] = mapped_column(default="")
    criteria: Mapped[str] = mapped_column(default="")
    data: Mapped[str] = mapped_column(default="")
    data_url: Mapped[str] = mapped_column(String(500), default="")
    data_terms: Mapped[str] = mapped_column(default="")
    filename: Mapped[str] = mapped_column(String(200), default="", server_default="")
    media_type: Mapped[str] = mapped_column(String(100), default="", server_default="")
    size: Mapped[int] = mapped_column(default=0, server_default="0")
    sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    storage_key: Mapped[str] = mapped_column(String(200), default="", server_default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    capacity: Mapped[int | None]
    state: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.PENDING)
    reason: Mapped[str] = mapped_column(String(600), default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = rel()
    event: Mapped[Event] = rel()
    track: Mapped[Track | None] = rel()
    proposed_by: Mapped[User] = rel(foreign_keys=[proposed_by_id])


class Proposal(Base):
    """An organisation proposes one of its members as a mentor of an event, or gives one of its prizes."""

    __tablename__ = "partner_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    kind: Mapped[Support] = mapped_column(enum_type(Support))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)  # the mentor
    prize_id: Mapped[int | None] = mapped_column(ForeignKey("prizes.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(String(600), default="")
    state: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.PENDING)
    reason: Mapped[str] = mapped_column(String(600), default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = rel()
    event: Mapped[Event] = rel()
    user: Mapped[User | None] = rel(foreign_keys=[user_id])
    prize: Mapped[Prize | None] = rel()
    proposed_by: Mapped[User] = rel(foreign_keys=[proposed_by_id])
