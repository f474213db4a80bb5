"""Issued papers, and how an event writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.documents.domain.kinds import PaperKind, Standing, standing_of
from innovate.documents.domain.numbering import PATTERN
from innovate.documents.domain.texts import Text
from innovate.events.models import Event
from innovate.learning.models import Activity, LearningSession


class PaperSettings(Base):
    """Letterhead, number pattern and signer of an event; without a row the event's own words serve."""

    __tablename__ = "paper_settings"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, autoincrement=False)
    government: Mapped[str] = mapped_column(String(160), default="")
    institution: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    pattern: Mapped[str] = mapped_column(String(80), default=PATTERN)
    unit_code: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    signer_name: Mapped[str] = mapped_column(String(160), default="")
    signer_position: Mapped[str] = mapped_column(String(200), default="")
    signer_nip: Mapped[str] = mapped_column(String(18), default="")
    copies: Mapped[str] = mapped_column(default="")  # tembusan, one a line
    logo_key: Mapped[str] = mapped_column(String(200), default="", server_default="")  # a PNG written anew


class PaperText(Base):
    """One version of what a kind of paper says in an event. It never changes: a change is the next version.

    `parts` holds what differs from the house's text by part, and `signers`; empty: the house's text again.
    """

    __tablename__ = "paper_texts"
    __table_args__ = (UniqueConstraint("event_id", "text", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    text: Mapped[Text] = mapped_column(enum_type(Text))
    version: Mapped[int]
    parts: Mapped[dict[str, Any]]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    created_by: Mapped[User] = rel()


class TrainingPapers(Base):
    """Letterhead, number pattern, signer and words of the certificates of an activity that belongs to no event.

    `title`, `opening` and `closing` are empty where the house's text serves.
    """

    __tablename__ = "training_papers"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id"), primary_key=True, autoincrement=False
    )
    government: Mapped[str] = mapped_column(String(160), default="")
    institution: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    pattern: Mapped[str] = mapped_column(String(80), default=PATTERN)
    unit_code: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    signer_name: Mapped[str] = mapped_column(String(160), default="")
    signer_position: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(240), default="")
    opening: Mapped[str] = mapped_column(default="")
    closing: Mapped[str] = mapped_column(default="")
    logo_key: Mapped[str] = mapped_column(String(200), default="", server_default="")  # a PNG written anew


class AttendanceSheet(Base):
    """A signed list of attendance that was scanned and kept. Taking it out leaves the row with its reason."""

    __tablename__ = "attendance_sheets"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    session_id: Mapped[int] = mapped_column(ForeignKey("learning_sessions.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    storage_key: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_reason: Mapped[str] = mapped_column(String(300), default="")

    session: Mapped[LearningSession] = rel()
    uploaded_by: Mapped[User] = rel(foreign_keys=[uploaded_by_id])


class Document(Base):
    """One issued paper. Its number, data and first PDF never change; ending it leaves the row.

    Papers of an event count within it; certificates of activities that belong to none (`event_id` None) count together.
    `subject` says what it is about: of each subject of an event one paper is valid. `storage_key` is empty until the
    runner has set the PDF from `data`. `board_id`: the board whose seal holds for it.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("event_id", "year", "sequence"),
        Index(
            "uq_documents_subject",
            "event_id",
            "subject",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_documents_free_number",
            "year",
            "sequence",
            unique=True,
            sqlite_where=text("event_id IS NULL"),
            postgresql_where=text("event_id IS NULL"),
        ),
        Index(
            "uq_documents_activity_subject",
            "activity_id",
            "subject",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("activities.id")
    )  # of a training's certificate
    kind: Mapped[PaperKind] = mapped_column(enum_type(PaperKind))
    subject: Mapped[str] = mapped_column(String(240))
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(240))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    day: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)  # its members may read it
    holder: Mapped[str] = mapped_column(String(300), default="")  # the name as printed
    board_id: Mapped[int | None] = mapped_column(ForeignKey("boards.id"))
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"))
    data: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    storage_key: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    signed_key: Mapped[str] = mapped_column(String(200), default="")
    signed_size: Mapped[int] = mapped_column(default=0)
    signed_sha256: Mapped[str] = mapped_column(String(64), default="")
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_reason: Mapped[str] = mapped_column(default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))

    event: Mapped[Event | None] = rel()
    activity: Mapped[Activity | None] = rel()
    issued_by: Mapped[User] = rel(foreign_keys=[issued_by_id])
    replaced_by: Mapped[Document | None] = rel(foreign_keys=[replaced_by_id], remote_side=[id])

    @property
    def standing(self) -> Standing:
        """What it is worth today."""
        return standing_of(ended=self.ended_at is not None, replaced=self.replaced_by_id is not None)

    @property
    def occasion(self) -> Event | Activity:
        """The activity it certifies, else its event: what has a name and a zone. Both must be loaded."""
        found = self.activity or self.event
        if found is None:
            raise LookupError(f"document {self.id} is of nothing")
        return found

    @property
    def occasion_name(self) -> str:
        """What that is called."""
        return self.activity.title if self.activity else self.event.name if self.event else ""

    @property
    def is_set(self) -> bool:
        """Whether there is a PDF of it."""
        return bool(self.storage_key)

    @property
    def served(self) -> tuple[str, int]:
        """Key and size of the file to hand out: the signed one where there is one."""
        return (self.signed_key, self.signed_size) if self.signed_key else (self.storage_key, self.size)
