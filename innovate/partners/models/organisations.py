"""Organisations and who belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.partners.domain.kinds import OrganisationKind, Stage

_LIVING = text("state IN ('pending', 'accepted')")


class Organisation(Base):
    """A university, company or community beside the city. Public once it was accepted.

    `domains`: mail addresses there verify their owners at once. `invite_nonce` is part of the invitation link.
    """

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160), index=True)
    kind: Mapped[OrganisationKind] = mapped_column(enum_type(OrganisationKind))
    description: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    logo_key: Mapped[str] = mapped_column(String(200), default="")
    domains: Mapped[list[str]] = mapped_column(default=list)
    invite_nonce: Mapped[str] = token_column()
    state: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.PENDING, index=True)
    reason: Mapped[str] = mapped_column(String(600), default="")
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    registered_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    registered_by: Mapped[User] = rel(foreign_keys=[registered_by_id])


class OrganisationMember(Base):
    """A person asks to belong, or belongs (`accepted`), to an organisation. `by`: domain, link, manager, register."""

    __tablename__ = "organisation_members"
    __table_args__ = (
        Index(
            "uq_organisation_members_living",
            "organisation_id",
            "user_id",
            unique=True,
            sqlite_where=_LIVING,
            postgresql_where=_LIVING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.PENDING)
    is_manager: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str] = mapped_column(String(12), default="")
    note: Mapped[str] = mapped_column(String(600), default="")
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = rel()
    user: Mapped[User] = rel(foreign_keys=[user_id])
