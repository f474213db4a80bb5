"""Who coordinates a unit, what an event asks of units, and the way of each proposal through its unit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.core.files import StoredColumns
from innovate.endorsement.domain.chain import Act, Stage
from innovate.endorsement.domain.quota import Quotas
from innovate.ideas.models import Idea, IdeaRevision


class Coordinator(Base):
    """A person who answers for the proposals of a unit and its sub-units, in all competitions. Kept when it ends."""

    __tablename__ = "unit_coordinators"
    __table_args__ = (
        Index(
            "uq_unit_coordinators_active",
            "unit_id",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    unit: Mapped[Unit] = rel()
    user: Mapped[User] = rel(foreign_keys=[user_id])
    given_by: Mapped[User] = rel(foreign_keys=[given_by_id])
    ended_by: Mapped[User | None] = rel(foreign_keys=[ended_by_id])


class EndorsementRules(Base):
    """Quotas of an event that asks for endorsement; held while one is used up. `per_group`: group's key to number."""

    __tablename__ = "endorsement_rules"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, autoincrement=False)
    per_unit: Mapped[int | None]
    per_group: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def quotas(self) -> Quotas:
        """As the rule reads them."""
        return Quotas(self.per_unit, {int(key): int(value) for key, value in self.per_group.items()})


class Chain(Base):
    """Where a proposal stands in its unit. It speaks of the working copy numbered `version`, as `revision` says it.

    `step` counts decisions: whoever decides on a page says which they saw.
    """

    __tablename__ = "endorsement_chains"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    stage: Mapped[Stage] = mapped_column(enum_type(Stage))
    step: Mapped[int] = mapped_column(default=1)
    version: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("idea_revisions.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("endorsement_letters.id"))
    in_gallery: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    idea: Mapped[Idea] = rel()
    unit: Mapped[Unit | None] = rel()
    revision: Mapped[IdeaRevision] = rel()
    letter: Mapped[Letter | None] = rel(foreign_keys=[letter_id])


class Letter(StoredColumns, Base):
    """The signed letter of the head of a unit, as it was uploaded for one revision."""

    __tablename__ = "endorsement_letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    head_name: Mapped[str] = mapped_column(String(160))
    head_position: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(120))
    day: Mapped[date]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]


class ChainAct(Base):
    """Something done or said about a proposal in its unit. `stands_in`: by the secretariat, in the unit's stead."""

    __tablename__ = "endorsement_acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    act: Mapped[Act] = mapped_column(enum_type(Act))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    of_team: Mapped[bool] = mapped_column(default=False)
    stands_in: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(default="")
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("idea_revisions.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("endorsement_letters.id"))

    by: Mapped[User] = rel(foreign_keys=[by_id])
    letter: Mapped[Letter | None] = rel(foreign_keys=[letter_id])


class PaperProposal(Base):
    """That a proposal came on paper: who typed it, when it was received, and whom to ask."""

    __tablename__ = "paper_proposals"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    received_on: Mapped[date]
    contact_name: Mapped[str] = mapped_column(String(160))
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]

    entered_by: Mapped[User] = rel()


class PaperScan(StoredColumns, Base):
    """A scanned file of a proposal that came on paper."""

    __tablename__ = "paper_scans"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
