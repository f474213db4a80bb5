"""Who may do what with an organisation. Memberships are loaded by the caller."""

from __future__ import annotations

from innovate.accounts.models import User
from innovate.events.policy import Actor, can_create_events, can_read_all
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.organisations import Organisation, OrganisationMember


def can_decide(user: User | None) -> bool:
    """Organizers and admins of the site accept organisations."""
    return can_create_events(user)


def can_set_domains(user: User | None) -> bool:
    """Whose addresses verify by themselves is said by the admin alone."""
    return user is not None and user.is_site_admin


def is_public(organisation: Organisation) -> bool:
    """Whether everybody may know of it."""
    return organisation.state is Stage.ACCEPTED


def is_member(member: OrganisationMember | None) -> bool:
    """Whether the person belongs to it now."""
    return member is not None and member.state is Stage.ACCEPTED


def is_manager(member: OrganisationMember | None) -> bool:
    """Whether the person speaks for it."""
    return member is not None and member.state is Stage.ACCEPTED and member.is_manager


def can_see(user: User | None, organisation: Organisation, member: OrganisationMember | None) -> bool:
    """Everybody once it was accepted; before, whoever belongs to it and whoever decides."""
    return is_public(organisation) or is_member(member) or can_decide(user)


def can_manage(user: User | None, member: OrganisationMember | None) -> bool:
    """Its managers, and the admin of the site in their stead."""
    return is_manager(member) or (user is not None and user.is_site_admin)


def can_take_data(actor: Actor, *, competes: bool, belongs: bool) -> bool:
    """The file of a challenge is for who works with it: teams of the event, those with a role in it, its owner."""
    return actor.user is not None and (bool(actor.roles) or can_read_all(actor) or competes or belongs)
