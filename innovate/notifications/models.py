"""The outbox."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type


class MailState(enum.StrEnum):
    """Where a mail is on its way."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class OutboxMail(Base):
    """One mail to one address, committed together with what caused it."""

    __tablename__ = "outbox_mails"
    __table_args__ = (Index("ix_outbox_mails_due", "state", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5), default="id")
    template: Mapped[str] = mapped_column(String(60))
    context: Mapped[dict[str, Any]]
    event_id: Mapped[int | None] = mapped_column(index=True)
    cause: Mapped[str] = mapped_column(String(80), default="", index=True)
    once_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    confidential: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MailState] = mapped_column(enum_type(MailState), default=MailState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    subject: Mapped[str | None] = mapped_column(String(300))
    body: Mapped[str | None]
