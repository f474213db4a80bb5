"""The framework of digital skills, and what people say of themselves."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type, rel, token_column


class Skill(Base):
    """One skill of the framework. `levels`: what each level from 0 means, lowest first. Retired ones stay readable."""

    __tablename__ = "skills"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    code: Mapped[str] = mapped_column(String(40), unique=True)
    area: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
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
