"""Ideas, their revisions and files, and the secretariat's decisions."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.core.files import StoredColumns
from innovate.events.models import DeadlineLetter, Event, Group, Track
from innovate.ideas.domain.lifecycle import Decision, IdeaState
from innovate.teams.models import Team


class Idea(Base):
    """A team's entry. `answers` is the working copy by field key; what is judged is `submitted_revision`, pinned."""

    __tablename__ = "ideas"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        Index("ix_ideas_event_state", "event_id", "state"),
        Index(
            "uq_ideas_team_active",
            "team_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    title: Mapped[str] = mapped_column(String(160), default="")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("tracks.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(
        default=1
    )  # counts saves of the working copy; a stale save is refused
    part_versions: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict
    )  # by part: in which version it was last changed and by whom; two people's changes are joined part by part
    state: Mapped[IdeaState] = mapped_column(enum_type(IdeaState), default=IdeaState.DRAFT)
    number: Mapped[int | None]  # receipt number within the event, given at the first submission and kept
    submitted_revision_id: Mapped[int | None] = mapped_column(ForeignKey("idea_revisions.id", use_alter=True))
    submitted_at: Mapped[datetime | None]
    screened_at: Mapped[datetime | None]
    return_until: Mapped[datetime | None]  # end of the window for mending a returned idea
    in_gallery: Mapped[bool] = mapped_column(default=False)  # the team agreed to be shown
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    event: Mapped[Event] = rel()
    team: Mapped[Team] = rel()
    group: Mapped[Group | None] = rel()
    track: Mapped[Track | None] = rel()
    unit: Mapped[Unit | None] = rel()
    submitted_revision: Mapped[IdeaRevision | None] = rel(
        foreign_keys=[submitted_revision_id], post_update=True
    )
    files: Mapped[list[IdeaFile]] = rel(
        order_by="IdeaFile.id",
        primaryjoin="and_(Idea.id == IdeaFile.idea_id, IdeaFile.removed_at.is_(None))",
        viewonly=True,
    )


class IdeaRevision(Base):
    """What an idea said at one moment. `files` lists the ids of the files it had.

    One that was submitted or saved on purpose never changes; an autosaved one grows for ten minutes from `began_at`.
    """

    __tablename__ = "idea_revisions"
    __table_args__ = (UniqueConstraint("idea_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    group_id: Mapped[int | None]
    track_id: Mapped[int | None]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    files: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_submission: Mapped[bool] = mapped_column(default=False)
    is_autosave: Mapped[bool] = mapped_column(default=False)
    began_at: Mapped[datetime | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    eligibility: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True
    )  # of a submission: the rules and what they found then, domain/eligibility/record

    author: Mapped[User] = rel()


class PagesState(enum.StrEnum):
    """Whether the pages of a PDF can be read inside a page: not yet, yes, or only by downloading the file."""

    WAITING = "waiting"
    READY = "ready"
    UNREADABLE = "unreadable"


class IdeaFile(StoredColumns, Base):
    """An uploaded file. Removing it from the working copy keeps it for the revisions that had it."""

    __tablename__ = "idea_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    field_key: Mapped[str] = mapped_column(String(40))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    pages_state: Mapped[PagesState] = mapped_column(
        enum_type(PagesState), default=PagesState.WAITING, server_default="waiting"
    )
    pages_total: Mapped[int | None]
    pages_at: Mapped[datetime | None]


class FilePage(Base):
    """A page of a submitted PDF as a picture, with the words on it for those who cannot see it."""

    __tablename__ = "file_pages"

    file_id: Mapped[int] = mapped_column(ForeignKey("idea_files.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    storage_key: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    text: Mapped[str] = mapped_column(default="")


class Extension(Base):
    """One team's later deadline, with its reason and who allowed it."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    until: Mapped[datetime]
    reason: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    number: Mapped[str] = mapped_column(String(120), default="", server_default="")  # of the letter
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_letters.id"))

    team: Mapped[Team] = rel()
    letter: Mapped[DeadlineLetter | None] = rel()
    granted_by: Mapped[User] = rel()


class Screening(Base):
    """One decision of the secretariat about one revision. `checks` maps checklist item id to true or false.

    An undone decision stays in the history with who undid it and why.
    """

    __tablename__ = "screenings"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    decision: Mapped[Decision] = mapped_column(enum_type(Decision))
    reason: Mapped[str] = mapped_column(default="")
    checks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    return_until: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undo_reason: Mapped[str] = mapped_column(default="")

    decided_by: Mapped[User] = rel(foreign_keys=[decided_by_id])
    undone_by: Mapped[User | None] = rel(foreign_keys=[undone_by_id])
    revision: Mapped[IdeaRevision] = rel()


class Disqualification(Base):
    """An entry was put out of the competition for a breach of its rules. Lifted, it stays readable with the reason.

    `before`: the state the entry had, and has again once it is lifted.
    """

    __tablename__ = "disqualifications"
    __table_args__ = (
        Index(
            "uq_disqualifications_standing",
            "idea_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    before: Mapped[IdeaState] = mapped_column(enum_type(IdeaState))
    reason: Mapped[str]  # the team reads it
    rule: Mapped[str] = mapped_column(String(300))  # what it rests on
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lifted_reason: Mapped[str] = mapped_column(default="")

    by: Mapped[User] = rel(foreign_keys=[by_id])
    lifted_by: Mapped[User | None] = rel(foreign_keys=[lifted_by_id])


class Fingerprint(Base):
    """One hash of what an idea handed in, found by the hash alone. The whole set lies in `FingerprintSet`."""

    __tablename__ = "idea_fingerprints"
    __table_args__: Any = {"sqlite_with_rowid": False}

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True, autoincrement=False)


class FingerprintSet(Base):
    """All hashes of one revision, packed; `compared_at` is empty until it was compared with the others."""

    __tablename__ = "idea_fingerprint_sets"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    hashes: Mapped[bytes] = mapped_column(LargeBinary)
    compared_at: Mapped[datetime | None] = mapped_column(index=True)


class SimilarPair(Base):
    """Two ideas (`first_id` < `second_id`) that share passages, as measured on the two revisions.

    `ended_at`: a later revision no longer shares enough; the row stays for what was noted about it.
    """

    __tablename__ = "similar_pairs"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    first_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    first_revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    second_revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    shared: Mapped[int]
    containment: Mapped[float]
    found_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    first: Mapped[Idea] = rel(foreign_keys=[first_id])
    second: Mapped[Idea] = rel(foreign_keys=[second_id])
    first_revision: Mapped[IdeaRevision] = rel(foreign_keys=[first_revision_id])
    second_revision: Mapped[IdeaRevision] = rel(foreign_keys=[second_revision_id])
    notes: Mapped[list[SimilarNote]] = rel(order_by="SimilarNote.id.desc()", viewonly=True)


class SimilarNote(Base):
    """Somebody looked at a pair, at these two revisions of it, and wrote down why it may stand."""

    __tablename__ = "similar_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_id: Mapped[int] = mapped_column(ForeignKey("similar_pairs.id"), index=True)
    first_revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    second_revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]

    by: Mapped[User] = rel()


class SharedText(Base):
    """A passage that more ideas of all editions hold than make pairs; `hashes` packed, `ideas` how many hold it."""

    __tablename__ = "shared_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    text: Mapped[str]
    hashes: Mapped[bytes] = mapped_column(LargeBinary)
    ideas: Mapped[int]
    at: Mapped[datetime]
