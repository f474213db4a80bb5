"""The guarded way to an organisation: absent and not yours look the same (404)."""

from __future__ import annotations

from dataclasses import dataclass

from innovate.accounts.models import User
from innovate.core.errors import NotFound, require
from innovate.events.guard import signed_in_user
from innovate.events.policy import Actor
from innovate.partners import policy
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.organisations import Organisation, OrganisationMember
from innovate.partners.queries import organisations as queries
from innovate.teams.queries import list_teams_of


@dataclass(frozen=True)
class Guest:
    """Who looks at which organisation, and what they are in it."""

    organisation: Organisation
    user: User | None
    member: OrganisationMember | None

    @property
    def manages(self) -> bool:
        """Whether the person speaks for it."""
        return policy.can_manage(self.user, self.member)

    @property
    def person(self) -> User:
        """The signed-in person; NotFound for a visitor."""
        if self.user is None:
            raise NotFound
        return self.user


def enter_partner(slug: str) -> Guest:
    """The organisation for the present person, or NotFound unless they may know of it."""
    organisation = queries.get_organisation(slug)
    user = signed_in_user()
    member = queries.find_membership(organisation.id, user.id) if user else None
    require(policy.can_see(user, organisation, member), NotFound())
    return Guest(organisation, user, member)


def enter_desk(slug: str) -> Guest:
    """The same for its managers."""
    guest = enter_partner(slug)
    require(guest.manages, NotFound())
    return guest


def may_take_data(actor: Actor, challenge: Challenge) -> tuple[OrganisationMember | None, bool]:
    """What the person is in the challenge's organisation, and whether its file is for them."""
    if actor.user is None:
        return None, False
    member = queries.find_membership(challenge.organisation_id, actor.user.id)
    competes = bool(list_teams_of(actor.event.id, actor.user.id))
    return member, policy.can_take_data(actor, competes=competes, belongs=policy.is_member(member))
