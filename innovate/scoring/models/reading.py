"""What a juror writes for themself while reading."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base


class ReadingNote(Base):
    """Private notes about one assigned entry. Nobody but the juror is shown them; they count for nothing."""

    __tablename__ = "reading_notes"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), primary_key=True)
    text: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
