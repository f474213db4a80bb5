"""Tables of the audit trail: a chain without personal values, and the values beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base


class AuditEntry(Base):
    """One link of the chain. Ids and hashes only, so that it can be kept and published for ever."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_object", "object_type", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(40))
    event_id: Mapped[int | None] = mapped_column(index=True)
    details_hash: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditDetail(Base):
    """The values before and after. Erasure empties `values`; the chain stays whole because it holds a salted hash."""

    __tablename__ = "audit_details"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("audit_entries.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(String(32))
    values: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    subject_id: Mapped[int | None] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
