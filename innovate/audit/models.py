"""Tables of the audit trail: a chain without personal values, the values beside it, and what signs the chain."""

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


class SigningKey(Base):
    """A public Ed25519 key of this installation. The one without an end signs now (private half: `core/keys.py`)."""

    __tablename__ = "signing_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(String(8), unique=True)  # as signatures name it
    public: Mapped[str] = mapped_column(String(64), unique=True)
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class AuditCheckpoint(Base):
    """The trail's first `size` entries under one signed Merkle root; each names the one before."""

    __tablename__ = "audit_checkpoints"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    size: Mapped[int] = mapped_column(unique=True)
    text: Mapped[str]  # as domain/notes writes it: what is published and mailed
    frontier: Mapped[list[Any]] = mapped_column(JSON)  # the tree to go on from: domain/merkle.Frontier
