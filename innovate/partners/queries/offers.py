"""Reading offers and who takes them up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.partners.domain.kinds import Stage
from innovate.partners.domain.mix import MixRule
from innovate.partners.models.offers import Offer, OfferUse
from innovate.partners.queries.asked import count_mix, list_people
from innovate.teams.models import Team

_HOLDS = (OfferUse.state == Stage.ACCEPTED, Team.disbanded_at.is_(None))


def get_offer(organisation_id: int, public_id: str) -> Offer:
    """An offer of the organisation, or NotFound."""
    query = select(Offer).where(Offer.organisation_id == organisation_id, Offer.public_id == public_id)
    row = db.session.scalar(query.options(joinedload(Offer.organisation)))
    if row is None:
        raise NotFound
    return row


def list_offers(organisation_id: int) -> list[Offer]:
    """Every offer of the organisation, the latest first."""
    query = select(Offer).where(Offer.organisation_id == organisation_id)
    return list(db.session.scalars(query.order_by(Offer.id.desc())))


def is_open(offer: Offer, at: datetime) -> bool:
    """Whether teams can ask for it now."""
    return offer.closed_at is None and at < offer.until


def count_taken(offer_id: int) -> int:
    """How many teams have a place; a team that disbanded has none any more."""
    query = select(func.count()).select_from(OfferUse).join(OfferUse.team)
    return db.session.scalar(query.where(OfferUse.offer_id == offer_id, *_HOLDS)) or 0


def fits(offer: Offer, team_id: int) -> bool:
    """Whether the offer is for this team: whoever it asks for is in it."""
    if offer.needs is None:
        return True
    return all(each.is_met for each in count_mix([MixRule(offer.needs, 1)], list_people(team_id)))


def map_taken(organisation_id: int) -> dict[int, int]:
    """Places taken by offer."""
    query = select(OfferUse.offer_id, func.count()).join(OfferUse.offer).join(OfferUse.team)
    query = query.where(Offer.organisation_id == organisation_id, *_HOLDS)
    return dict(db.session.execute(query.group_by(OfferUse.offer_id)).tuples().all())


def list_uses(offer_id: int) -> list[OfferUse]:
    """Teams that asked, the oldest first, with their event and who asked."""
    query = select(OfferUse).where(OfferUse.offer_id == offer_id)
    with_ = joinedload(OfferUse.team).joinedload(Team.event), joinedload(OfferUse.asked_by)
    return list(db.session.scalars(query.options(*with_).order_by(OfferUse.id)))


def get_use(offer_id: int, public_id: str) -> OfferUse:
    """One team's wish, or NotFound."""
    query = select(OfferUse).where(OfferUse.offer_id == offer_id, OfferUse.public_id == public_id)
    with_ = joinedload(OfferUse.team).joinedload(Team.event), joinedload(OfferUse.asked_by)
    row = db.session.scalar(query.options(*with_))
    if row is None:
        raise NotFound
    return row


def find_use(offer_id: int, team_id: int) -> OfferUse | None:
    """The team's living wish."""
    living = OfferUse.state.in_((Stage.PENDING, Stage.ACCEPTED))
    return db.session.scalar(
        select(OfferUse).where(OfferUse.offer_id == offer_id, OfferUse.team_id == team_id, living)
    )


def list_asking_teams(offer_id: int) -> set[int]:
    """Keys of the teams with a living wish."""
    living = OfferUse.state.in_((Stage.PENDING, Stage.ACCEPTED))
    return set(db.session.scalars(select(OfferUse.team_id).where(OfferUse.offer_id == offer_id, living)))


def list_team_uses(team_id: int) -> list[OfferUse]:
    """What a team asked for, with the offer and who offers it."""
    query = select(OfferUse).where(OfferUse.team_id == team_id)
    with_ = joinedload(OfferUse.offer).joinedload(Offer.organisation)
    return list(db.session.scalars(query.options(with_).order_by(OfferUse.id)))


def list_led_teams(user_id: int) -> list[Team]:
    """Living teams the person leads in public events, the latest first, with the event."""
    query = (
        select(Team)
        .join(Team.event)
        .where(
            Team.captain_id == user_id,
            Team.disbanded_at.is_(None),
            Event.state.in_((EventState.PUBLISHED, EventState.ARCHIVED)),
        )
        .options(joinedload(Team.event))
    )
    found = db.session.scalars(query.order_by(Team.id.desc()))
    return [team for team in found if not team.named_members]
