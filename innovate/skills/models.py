"""The framework of digital skills, and what people say of themselves."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column


class Skill(Base):
    """One skill of the framework. `levels`: what each level from 0 means, lowest first. Retired ones stay readable.

    `words`: what people also call it, so that free words (open roles of teams) lead to it.
    """

    __tablename__ = "skills"
    __table_args__ = {"info": {"seeded": True}}

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    code: Mapped[str] = mapped_column(String(40), unique=True)
    area: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
    words: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class Occasion(enum.StrEnum):
    """When a person rated themselves: on their profile, or in a survey before or after something."""

    PROFILE = "profile"
    BEFORE = "before"
    AFTER = "after"


class SkillRating(Base):
    """What a person said of themselves at one time: `level` from 0 (not yet) to 4. Rows are added, never changed.

    The newest one counts. `about` names what it stands before or after (`activity:12`, `survey:7`).
    """

    __tablename__ = "skill_ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    level: Mapped[int]
    occasion: Mapped[Occasion] = mapped_column(enum_type(Occasion), default=Occasion.PROFILE)
    about: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]

    skill: Mapped[Skill] = rel()


class SkillEndorsement(Base):
    """A mentor has seen the person work at this level. Taking it back keeps the row."""

    __tablename__ = "skill_endorsements"
    __table_args__ = (
        Index(
            "uq_skill_endorsements_active",
            "user_id",
            "skill_id",
            "endorser_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    endorser_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)  # where they were seen
    level: Mapped[int]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    skill: Mapped[Skill] = rel()
    endorser: Mapped[User] = rel(foreign_keys=[endorser_id])


class SkillSharing(Base):
    """The person shows their skills to captains who look for members. No row: nobody finds them."""

    __tablename__ = "skill_sharings"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    since: Mapped[datetime]
