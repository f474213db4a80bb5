"""Who may do what in an event."""

from __future__ import annotations

from dataclasses import dataclass, field

from innovate.accounts.models import SiteRole, User
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, SavedTemplate, TemplateReach


@dataclass(frozen=True)
class Actor:
    """A person (or a visitor: `user` None) acting within one event, with the roles held in it.

    `competes` is found out for administrators of the site alone: others cannot hold a role beside it.
    """

    event: Event
    user: User | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    competes: bool = False

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of the roles."""
        return bool(self.roles.intersection(roles))

    @property
    def is_site_admin(self) -> bool:
        """Whether the person runs the whole site, and with it this event: not one they compete in themselves."""
        return self.user is not None and self.user.is_site_admin and not self.competes

    @property
    def user_id(self) -> int:
        """The person's key; only after a policy has let a signed-in person in."""
        if self.user is None:
            raise ValueError("a visitor has no key")
        return self.user.id


def can_create_events(user: User | None) -> bool:
    """Site organizers and admins open new competitions."""
    return user is not None and user.site_role in {SiteRole.ORGANIZER, SiteRole.ADMIN}


def can_use_template(user: User | None, template: SavedTemplate) -> bool:
    """Its owner, every organizer of the site once it is offered, and the admin once it is proposed."""
    if user is None or not can_create_events(user) or template.removed_at is not None:
        return False
    if template.owner_id == user.id or template.reach is TemplateReach.OFFERED:
        return True
    return user.is_site_admin and template.reach is TemplateReach.PROPOSED


def can_change_template(user: User | None, template: SavedTemplate) -> bool:
    """Whoever saved it; the admin also what is offered to everybody."""
    if user is None or not can_create_events(user):
        return False
    return template.owner_id == user.id or (user.is_site_admin and template.reach is TemplateReach.OFFERED)


def can_see(actor: Actor) -> bool:
    """Published and archived events are public; drafts belong to those who hold a role in them."""
    return actor.event.state is not EventState.DRAFT or bool(actor.roles) or actor.is_site_admin


def can_manage(actor: Actor) -> bool:
    """Organizers change the event; an archived one only by the site admin's unarchiving."""
    return actor.has(Role.ORGANIZER) or actor.is_site_admin


def can_edit(actor: Actor) -> bool:
    """Whether forms are open to the person: an organizer of an event that is not archived."""
    return can_manage(actor) and actor.event.state is not EventState.ARCHIVED


def can_read_all(actor: Actor) -> bool:
    """Organizers and auditors read every room."""
    return can_manage(actor) or actor.has(Role.AUDITOR)


def can_screen(actor: Actor) -> bool:
    """Organizers and the secretariat decide on admissibility."""
    return can_manage(actor) or actor.has(Role.SECRETARIAT)


def can_read_screening(actor: Actor) -> bool:
    """Those who screen, and auditors."""
    return can_screen(actor) or can_read_all(actor)


def can_judge(actor: Actor) -> bool:
    """Jurors and the chair score what is assigned to them."""
    return actor.has(Role.JUROR, Role.CHAIR)


def can_chair(actor: Actor) -> bool:
    """The chair leads the jury."""
    return actor.has(Role.CHAIR)


def can_read_jury(actor: Actor) -> bool:
    """The chair, organizers and auditors see the whole panel's work."""
    return can_chair(actor) or can_read_all(actor)


def is_committee(actor: Actor) -> bool:
    """Anyone with a role: such a person sees the organizer's navigation that fits it."""
    return bool(actor.roles) or actor.is_site_admin
