"""Names found inside attachments of entries that are judged blind, page by page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type
from innovate.scoring.domain.leaks import LeakKind


class FileScan(Base):
    """A file was searched for the names that `names` is the fingerprint of; other names, and it is searched again."""

    __tablename__ = "file_scans"

    file_id: Mapped[int] = mapped_column(ForeignKey("idea_files.id"), primary_key=True)
    names: Mapped[str] = mapped_column(String(64))
    scanned_at: Mapped[datetime]


class FileLeak(Base):
    """A name on a page of a file, with the words around it."""

    __tablename__ = "file_leaks"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("idea_files.id"), index=True)
    page: Mapped[int]  # or slide; 0 where a file has none
    kind: Mapped[LeakKind] = mapped_column(enum_type(LeakKind))
    name: Mapped[str]
    before: Mapped[str]
    found: Mapped[str]
    after: Mapped[str]
    found_at: Mapped[datetime]
