"""Reading organisations and their members."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from innovate.accounts.models import SiteRole, User
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.partners.domain.kinds import OrganisationKind, Stage
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.offers import Offer
from innovate.partners.models.organisations import Organisation, OrganisationMember

TRAIL_NAMES = {
    "organisation": names_by(Organisation.id, Organisation.name),
    "challenge": names_by(Challenge.id, Challenge.title),
    "partner_offer": names_by(Offer.id, Offer.title),
}
PAGE = 24


def get_organisation(slug: str) -> Organisation:
    """The organisation at this address, or NotFound."""
    row = db.session.scalar(select(Organisation).where(Organisation.slug == slug))
    if row is None:
        raise NotFound
    return row


def get_by_link(nonce: str) -> Organisation:
    """The accepted organisation an invitation link leads to; NotFound once the link was replaced."""
    query = select(Organisation).where(
        Organisation.invite_nonce == nonce, Organisation.state == Stage.ACCEPTED
    )
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def list_slugs_like(slug: str) -> set[str]:
    """Addresses in use that begin like this one."""
    query = select(Organisation.slug).where(Organisation.slug.startswith(slug[:60], autoescape=True))
    return set(db.session.scalars(query))


def list_public(
    *, search: str = "", kind: OrganisationKind | None = None, page: int = 1
) -> Page[Organisation]:
    """Accepted organisations by name."""
    query = select(Organisation).where(Organisation.state == Stage.ACCEPTED)
    if search:
        query = query.where(Organisation.name.icontains(search, autoescape=True))
    if kind:
        query = query.where(Organisation.kind == kind)
    return paginate(query.order_by(func.lower(Organisation.name), Organisation.id), page=page, size=PAGE)


def list_waiting() -> list[Organisation]:
    """Organisations nobody has decided on, the oldest first, with who registered them."""
    query = select(Organisation).where(Organisation.state == Stage.PENDING)
    return list(
        db.session.scalars(query.options(joinedload(Organisation.registered_by)).order_by(Organisation.id))
    )


def find_membership(organisation_id: int, user_id: int) -> OrganisationMember | None:
    """The person's membership or their open request."""
    query = select(OrganisationMember).where(
        OrganisationMember.organisation_id == organisation_id,
        OrganisationMember.user_id == user_id,
        OrganisationMember.state.in_((Stage.PENDING, Stage.ACCEPTED)),
    )
    return db.session.scalar(query)


def get_member(organisation_id: int, public_id: str) -> OrganisationMember:
    """One living row with its person, or NotFound."""
    query = select(OrganisationMember).where(
        OrganisationMember.organisation_id == organisation_id,
        OrganisationMember.public_id == public_id,
        OrganisationMember.state.in_((Stage.PENDING, Stage.ACCEPTED)),
    )
    row = db.session.scalar(query.options(joinedload(OrganisationMember.user)))
    if row is None:
        raise NotFound
    return row


def list_members(organisation_id: int) -> list[OrganisationMember]:
    """Members and open requests with their persons, managers first, then by name."""
    query = (
        select(OrganisationMember)
        .join(OrganisationMember.user)
        .where(
            OrganisationMember.organisation_id == organisation_id,
            OrganisationMember.state.in_((Stage.PENDING, Stage.ACCEPTED)),
        )
        .options(contains_eager(OrganisationMember.user))
    )
    query = query.order_by(OrganisationMember.is_manager.desc(), User.name, OrganisationMember.id)
    return list(db.session.scalars(query))


def list_managers(organisation_id: int) -> list[User]:
    """Who speaks for it and can sign in."""
    query = (
        select(User)
        .join(OrganisationMember, OrganisationMember.user_id == User.id)
        .where(
            OrganisationMember.organisation_id == organisation_id,
            OrganisationMember.state == Stage.ACCEPTED,
            OrganisationMember.is_manager,
            User.disabled_at.is_(None),
        )
    )
    return list(db.session.scalars(query.order_by(User.id)))


def list_deciders() -> list[User]:
    """Who answers registrations: organizers and admins of the site, with accounts that stand."""
    query = select(User).where(
        User.site_role.in_((SiteRole.ORGANIZER, SiteRole.ADMIN)), User.disabled_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(User.id)))


def list_own(user_id: int) -> list[OrganisationMember]:
    """Where the person belongs or asked to, with the organisation."""
    query = (
        select(OrganisationMember)
        .join(OrganisationMember.organisation)
        .where(
            OrganisationMember.user_id == user_id,
            OrganisationMember.state.in_((Stage.PENDING, Stage.ACCEPTED)),
        )
        .options(contains_eager(OrganisationMember.organisation))
    )
    return list(db.session.scalars(query.order_by(Organisation.name)))


def map_organisations(user_ids: Collection[int]) -> dict[int, list[Organisation]]:
    """Where people are verified members, by person. One query."""
    query = (
        select(OrganisationMember.user_id, Organisation)
        .join(OrganisationMember.organisation)
        .where(
            OrganisationMember.user_id.in_(user_ids),
            OrganisationMember.state == Stage.ACCEPTED,
            Organisation.state == Stage.ACCEPTED,
        )
    )
    found: dict[int, list[Organisation]] = {}
    for user_id, organisation in db.session.execute(query.order_by(Organisation.name)):
        found.setdefault(user_id, []).append(organisation)
    return found
