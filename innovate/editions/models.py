"""Past editions, their entries, the imports that brought them, and fingerprints of what the entries say."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column


class PastEdition(Base):
    """A competition that was held before this product kept it. Public: its award winners have a page."""

    __tablename__ = "past_editions"
    __table_args__ = (UniqueConstraint("name", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    name: Mapped[str] = mapped_column(String(160))
    year: Mapped[int]
    is_public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class ImportState(enum.StrEnum):
    """pending: uploaded, nothing saved; saved: its entries stand; undone: they were taken back."""

    PENDING = "pending"
    SAVED = "saved"
    UNDONE = "undone"


class EditionImport(Base):
    """One uploaded sheet. Its rows lie here while it is pending."""

    __tablename__ = "edition_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    state: Mapped[ImportState] = mapped_column(enum_type(ImportState), default=ImportState.PENDING)
    filename: Mapped[str] = mapped_column(String(200))
    rows: Mapped[list[Any] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True, deferred_raiseload=True
    )  # [[number, [cells]]], the first is the head
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # index of a column -> what it means
    units: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # a written name -> code of a unit, "" for none
    entries: Mapped[int] = mapped_column(default=0)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(default="")

    uploaded_by: Mapped[User] = rel(foreign_keys=[uploaded_by_id])


class PastEntry(Base):
    """One former entry. `unit_name` is as the sheet wrote it; `people` are named to organizers only."""

    __tablename__ = "past_entries"
    __table_args__ = (Index("ix_past_entries_edition", "edition_id", "rank"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    edition_id: Mapped[int] = mapped_column(ForeignKey("past_editions.id"))
    import_id: Mapped[int] = mapped_column(ForeignKey("edition_imports.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    expansion: Mapped[str] = mapped_column(String(300), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    unit_name: Mapped[str] = mapped_column(String(200), default="")
    group_name: Mapped[str] = mapped_column(String(120), default="")
    track_name: Mapped[str] = mapped_column(String(120), default="")
    people: Mapped[str] = mapped_column(String(500), default="")
    rank: Mapped[int | None]
    award: Mapped[str] = mapped_column(String(120), default="")
    summary: Mapped[str] = mapped_column(default="")
    hashes: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[str] = mapped_column(default="")

    edition: Mapped[PastEdition] = rel()
    unit: Mapped[Unit | None] = rel()


class PastPrint(Base):
    """One hash of what a past entry says, found by the hash alone. The whole set lies packed in the entry."""

    __tablename__ = "past_prints"
    __table_args__: Any = {"sqlite_with_rowid": False}

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(
        ForeignKey("past_entries.id"), primary_key=True, autoincrement=False, index=True
    )
