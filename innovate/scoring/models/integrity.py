"""Pacts of integrity, dismissals of detected conflicts, clashes with standing assignments, and leaks of identity."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type, rel, token_column
from innovate.scoring.domain.conflicts import Reason


class PactText(Base):
    """One version of what jurors sign, in both languages. It never changes: a change is the next version."""

    __tablename__ = "pact_texts"
    __table_args__ = (UniqueConstraint("event_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    version: Mapped[int]
    body: Mapped[str]
    body_en: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]


class PactSignature(Base):
    """A juror signed the pact for one round: which text, when, and under which name and position."""

    __tablename__ = "pact_signatures"
    __table_args__ = (UniqueConstraint("round_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("pact_texts.id"))
    name: Mapped[str] = mapped_column(String(250))
    position: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime]

    text: Mapped[PactText] = rel()


class Dismissal(Base):
    """A detected conflict found to be none: one person proposes, another confirms. `basis` is what was detected then.

    It lifts exactly that tie; when units or teams change, what is detected has another basis and stands anew.
    """

    __tablename__ = "dismissals"
    __table_args__ = (
        Index(
            "uq_dismissals_standing",
            "idea_id",
            "user_id",
            "reason",
            "basis",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[Reason] = mapped_column(enum_type(Reason))
    basis: Mapped[str] = mapped_column(String(60))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    proposed_reason: Mapped[str]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_reason: Mapped[str] = mapped_column(default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]  # declined before it was confirmed, or taken back after
    ended_reason: Mapped[str] = mapped_column(default="")


class Outcome(enum.StrEnum):
    """What a person decided about a ballot given before the conflict arose."""

    KEPT = "kept"
    EXCLUDED = "excluded"
    RESTORED = "restored"  # the conflict was dismissed and the juror has the entry back


class Clash(Base):
    """A conflict that arose, or came to light, on a standing assignment. The ballot counts until somebody decides."""

    __tablename__ = "clashes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    reason: Mapped[Reason] = mapped_column(enum_type(Reason))
    cause: Mapped[str] = mapped_column(
        String(40)
    )  # what changed: member, mentor, team_unit, person_unit, tree …
    found_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(enum_type(Outcome))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settled_reason: Mapped[str] = mapped_column(default="")


class LeakAnswer(enum.StrEnum):
    """What the secretariat did about names found in a blind entry."""

    ASKED = "asked"  # the team was asked to change the text
    ACCEPTED = "accepted"  # it gives nothing away, or cannot be avoided


class LeakReview(Base):
    """An answer to the names found in one revision; a new revision is looked at anew."""

    __tablename__ = "leak_reviews"
    __table_args__ = (Index("ix_leak_reviews_idea", "idea_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    answer: Mapped[LeakAnswer] = mapped_column(enum_type(LeakAnswer))
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
