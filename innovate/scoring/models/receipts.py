"""Receipts: what a juror handed in, when, the fingerprint of its content, and the leaf it will be published under."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, token_column


class BallotReceipt(Base):
    """One handing in. `digest` is the SHA-256 of the canonical form of `content`."""

    __tablename__ = "ballot_receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    version: Mapped[int]
    total: Mapped[float]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    leaf: Mapped[str | None] = mapped_column(String(64))  # by which the ballot is found in a published result
    at: Mapped[datetime]


class LeafSecret(Base):
    """From this the pseudonyms and salts of an event's published ballots are derived. Never published."""

    __tablename__ = "leaf_secrets"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, autoincrement=False)
    secret: Mapped[str] = mapped_column(String(64))
