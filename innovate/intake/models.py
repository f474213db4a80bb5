"""Imports of ballots: what was uploaded, how it is read, and which ballots came of which row."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.rounds import Round


class ImportState(enum.StrEnum):
    """pending: uploaded, nothing of it counts; saved: its ballots were made; undone: they were taken back."""

    PENDING = "pending"
    SAVED = "saved"
    UNDONE = "undone"


class ScoreImport(Base):
    """One import into a round. While it is pending it can be changed, resumed or thrown away."""

    __tablename__ = "score_imports"
    __table_args__ = (Index("ix_score_imports_state", "state", "uploaded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    state: Mapped[ImportState] = mapped_column(enum_type(ImportState), default=ImportState.PENDING)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # domain/reading.Reading.as_json
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    saved_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")  # why it was saved after the round was closed
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(default="")

    round: Mapped[Round] = rel()
    uploaded_by: Mapped[User] = rel(foreign_keys=[uploaded_by_id])
    saved_by: Mapped[User | None] = rel(foreign_keys=[saved_by_id])
    undone_by: Mapped[User | None] = rel(foreign_keys=[undone_by_id])
    files: Mapped[list[ImportFile]] = rel(
        back_populates="owner", order_by="ImportFile.position", cascade="all, delete-orphan"
    )


class ImportFile(Base):
    """One uploaded file. `content` and `rows` are there while the import is pending; once it is saved the file lies in
    the store for good, and a pending one leaves nothing behind when it is thrown away.
    """

    __tablename__ = "import_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("score_imports.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    rows: Mapped[list[Any] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True, deferred_raiseload=True
    )  # [[number, [cells]]]
    head: Mapped[int]  # number of the row of titles
    sheets: Mapped[list[Any]] = mapped_column(JSON, default=list)  # of a workbook: only the first is read
    juror_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id")
    )  # whose ballots, if no column says so

    owner: Mapped[ScoreImport] = rel(back_populates="files")


class ImportedBallot(Base):
    """A ballot and the row it came from. `made_seat`: the juror had no seat on this entry before."""

    __tablename__ = "imported_ballots"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), primary_key=True, autoincrement=False)
    import_id: Mapped[int] = mapped_column(ForeignKey("score_imports.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("import_files.id"))
    row: Mapped[int]
    version: Mapped[int]  # of the ballot as it was made: whoever changed it since made it their own
    made_seat: Mapped[bool]

    ballot: Mapped[Ballot] = rel()
    file: Mapped[ImportFile] = rel()
