"""What organisations offer to teams, and which teams take it up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.partners.domain.kinds import MixKind, OfferKind, Stage
from innovate.partners.models.organisations import Organisation
from innovate.teams.models import Team

_LIVING = text("state IN ('pending', 'accepted')")


class Offer(Base):
    """An internship, a collaboration, a pilot … `places` teams can take it up until `until`."""

    __tablename__ = "partner_offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[OfferKind] = mapped_column(enum_type(OfferKind))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(String(300), default="")
    needs: Mapped[MixKind | None] = mapped_column(enum_type(MixKind))  # only teams with such a member
    places: Mapped[int]
    until: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = rel()


class OfferUse(Base):
    """A team asks for an offer and gets its answer."""

    __tablename__ = "partner_offer_uses"
    __table_args__ = (
        Index(
            "uq_partner_offer_uses_living",
            "offer_id",
            "team_id",
            unique=True,
            sqlite_where=_LIVING,
            postgresql_where=_LIVING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    offer_id: Mapped[int] = mapped_column(ForeignKey("partner_offers.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    note: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.PENDING)
    reason: Mapped[str] = mapped_column(String(600), default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    offer: Mapped[Offer] = rel()
    team: Mapped[Team] = rel()
    asked_by: Mapped[User] = rel(foreign_keys=[asked_by_id])
