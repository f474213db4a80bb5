"""Reading events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, String, Text, case, cast, func, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from innovate.accounts.models import User
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events import policy
from innovate.events.domain.eligibility import RuleKind, closing_day
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.phases import find_span
from innovate.events.models import (
    DeadlineLetter,
    EligibilityRule,
    Event,
    EventRole,
    FormField,
    Group,
    Phase,
    PhaseChange,
    Prize,
    Question,
    Resource,
    RoleInvitation,
    SavedTemplate,
    TemplateReach,
    TemplateVersion,
    Track,
)
from innovate.events.policy import Actor

T = TypeVar("T")
competitions: list[
    Callable[[int, int], bool]
] = []  # (event, user): whether the person competes, said from above


def get_actor(slug: str, user: User | None) -> Actor:
    """The event at `slug` with phases, groups and tracks, and the person's roles in it; NotFound without one.

    Four statements, the roles come along with the event; one more for an administrator of the site.
    """
    holds = (EventRole.event_id == Event.id) & EventRole.revoked_at.is_(None)
    holds &= EventRole.user_id == (user.id if user else None)
    query = select(Event, EventRole.role).outerjoin(EventRole, holds)
    query = query.where(Event.slug == slug, Event.deleted_at.is_(None))
    query = query.options(selectinload(Event.phases), selectinload(Event.groups), selectinload(Event.tracks))
    rows = db.session.execute(query).all()
    if not rows:
        raise NotFound
    roles = frozenset(role for _event, role in rows if role is not None)
    return Actor(rows[0][0], user, roles, _competes(rows[0][0], user))


def actor_in(event: Event, user: User | None) -> Actor:
    """The person as an actor in a loaded event."""
    return Actor(event, user, roles_in(event.id, user.id) if user else frozenset(), _competes(event, user))


def _competes(event: Event, user: User | None) -> bool:
    return user is not None and user.is_site_admin and any(ask(event.id, user.id) for ask in competitions)


def roles_in(event_id: int, user_id: int) -> frozenset[Role]:
    """Roles a person holds in an event."""
    query = select(EventRole.role).where(
        EventRole.event_id == event_id, EventRole.user_id == user_id, EventRole.revoked_at.is_(None)
    )
    return frozenset(db.session.scalars(query))


# -- the definition of one event ----------------------------------------------------------------------------------


class PublicParts(NamedTuple):
    """Prizes, frequent questions, resources and rules of eligibility, read at once."""

    prizes: list[Row[Any]]
    questions: list[Row[Any]]
    resources: list[Row[Any]]
    rules: list[Row[Any]]  # title: kind, text: parameters as JSON


def get_deleted(slug: str, user: User | None) -> Actor:
    """A deleted draft by the address it has since, with the person's roles in it; NotFound without one."""
    event = db.session.scalar(select(Event).where(Event.slug == slug, Event.deleted_at.is_not(None)))
    if event is None:
        raise NotFound
    return actor_in(event, user)


def list_deleted(user: User) -> list[Event]:
    """Deleted drafts the person may bring back, the latest first."""
    query = select(Event).where(Event.deleted_at.is_not(None)).order_by(Event.deleted_at.desc(), Event.id)
    return list(db.session.scalars(_manageable(query, user)))


def is_slug_taken(slug: str, *, except_id: int | None = None) -> bool:
    """Whether another event has this address."""
    return (
        db.session.scalar(select(Event.id).where(Event.slug == slug, Event.id != (except_id or 0)))
        is not None
    )


def list_slugs_like(slug: str) -> set[str]:
    """Addresses in use that begin like this one."""
    return set(
        db.session.scalars(select(Event.slug).where(Event.slug.startswith(slug[:70], autoescape=True)))
    )


def load_definition(event_id: int) -> Event:
    """The event with everything that defines it, for copying and for its to-do list."""
    parts = (
        Event.phases,
        Event.groups,
        Event.tracks,
        Event.fields,
        Event.checklist,
        Event.prizes,
        Event.questions,
        Event.resources,
        Event.eligibility,
    )
    query = select(Event).where(Event.id == event_id).options(*map(selectinload, parts))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def load_public_parts(event_id: int) -> PublicParts:
    """What the public page lists besides phases, in one query: rows of kind, title, text, url."""
    kind, asked = cast(EligibilityRule.kind, String), cast(EligibilityRule.parameters, Text)
    prizes = _part("prize", Prize, Prize.name, Prize.description, event_id)
    questions = _part("question", Question, Question.question, Question.answer, event_id)
    resources = _part("resource", Resource, Resource.title, Resource.description, event_id, Resource.url)
    rules = _part("rule", EligibilityRule, kind, asked, event_id)
    parts = union_all(prizes, questions, resources, rules).order_by("position", "id")
    rows = db.session.execute(parts).all()
    kinds = ("prize", "question", "resource", "rule")
    return PublicParts(*([row for row in rows if row.kind == kind] for kind in kinds))


def _part(kind: str, model: type[Any], title: Any, text: Any, event_id: int, url: Any = None) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        model.id,
        model.position,
        title.label("title"),
        text.label("text"),
        (literal("") if url is None else url).label("url"),
    ).where(model.event_id == event_id)


def list_phase_changes(event_id: int) -> list[PhaseChange]:
    """Deadlines moved after publication, latest first, with phase, who moved them, and the letter."""
    query = (
        select(PhaseChange)
        .join(PhaseChange.phase)
        .where(Phase.event_id == event_id)
        .order_by(PhaseChange.at.desc(), PhaseChange.id.desc())
    )
    with_ = contains_eager(PhaseChange.phase), joinedload(PhaseChange.actor), joinedload(PhaseChange.letter)
    return list(db.session.scalars(query.options(*with_)))


def get_letter(event_id: int, public_id: str) -> DeadlineLetter:
    """A letter about a deadline of the event, or NotFound."""
    query = select(DeadlineLetter).where(DeadlineLetter.event_id == event_id)
    found = db.session.scalar(query.where(DeadlineLetter.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def list_rows(model: type[T], event_id: int) -> list[T]:
    """Rows of a list of the event (groups, tracks, checklist, prizes, questions, resources, fields) in order."""
    query = select(model).where(model.event_id == event_id)  # type: ignore[attr-defined]
    return list(db.session.scalars(query.order_by(model.position, model.id)))  # type: ignore[attr-defined]


def get_row(model: type[T], event_id: int, public_id: str) -> T:
    """One row of such a list, or NotFound."""
    query = select(model).where(
        model.event_id == event_id,  # type: ignore[attr-defined]
        model.public_id == public_id,  # type: ignore[attr-defined]
    )
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def list_rules(event_id: int) -> list[EligibilityRule]:
    """What the event asks of its entries, in order."""
    query = select(EligibilityRule).where(EligibilityRule.event_id == event_id)
    return list(db.session.scalars(query.order_by(EligibilityRule.position, EligibilityRule.id)))


def find_rule(event_id: int, kind: RuleKind) -> EligibilityRule | None:
    """The event's rule of this kind."""
    query = select(EligibilityRule).where(EligibilityRule.event_id == event_id, EligibilityRule.kind == kind)
    return db.session.scalar(query)


def get_rule(event_id: int, kind: RuleKind) -> EligibilityRule:
    """The event's rule of this kind, or NotFound."""
    rule = find_rule(event_id, kind)
    if rule is None:
        raise NotFound
    return rule


def find_closing(event: Event) -> date | None:
    """The last day of the submission for everybody, in the event's zone; its phases must be loaded. No query.

    What single teams were granted changes nobody's age.
    """
    phase = find_span(event.phases, PhaseKind.SUBMISSION)
    return closing_day(phase.ends_at, ZoneInfo(event.zone)) if phase else None


# -- people -------------------------------------------------------------------------------------------------------


def list_people(event_id: int, *roles: Role) -> list[EventRole]:
    """Who holds a role (any, or one of `roles`) in the event, with the person and unit, by name."""
    query = (
        select(EventRole)
        .join(EventRole.user)
        .where(EventRole.event_id == event_id, EventRole.revoked_at.is_(None))
        .options(contains_eager(EventRole.user).joinedload(User.unit))
        .order_by(User.name, EventRole.id)
    )
    if roles:
        query = query.where(EventRole.role.in_(roles))
    return list(db.session.scalars(query))


def get_role(event_id: int, public_id: str) -> EventRole:
    """A living role in the event with its person, or NotFound."""
    query = select(EventRole).where(
        EventRole.event_id == event_id, EventRole.public_id == public_id, EventRole.revoked_at.is_(None)
    )
    row = db.session.scalar(query.options(joinedload(EventRole.user)))
    if row is None:
        raise NotFound
    return row


def list_jury(event_id: int) -> list[EventRole]:
    """Chair and jurors for the public list: each person once, the chair first."""
    jury = sorted(list_people(event_id, Role.CHAIR, Role.JUROR), key=lambda row: row.role is not Role.CHAIR)
    seen: dict[int, EventRole] = {}
    for row in jury:
        known = seen.setdefault(row.user_id, row)
        known.public_line = known.public_title or row.public_title  # type: ignore[attr-defined]
    return list(seen.values())


def list_roles_of(user_id: int) -> list[EventRole]:
    """The roles a person holds anywhere, with event and phases, newest event first."""
    query = (
        select(EventRole)
        .join(EventRole.event)
        .where(EventRole.user_id == user_id, EventRole.revoked_at.is_(None), Event.deleted_at.is_(None))
        .options(contains_eager(EventRole.event).selectinload(Event.phases))
        .order_by(Event.created_at.desc(), EventRole.id)
    )
    return list(db.session.scalars(query))


def list_manageable(user: User) -> list[Event]:
    """Events the person may copy, newest first, with phases."""
    query = select(Event).where(Event.deleted_at.is_(None)).options(selectinload(Event.phases))
    return list(
        db.session.scalars(_manageable(query.order_by(Event.created_at.desc(), Event.id.desc()), user))
    )


def _manageable(query: Select[tuple[Event]], user: User) -> Select[tuple[Event]]:
    if user.is_site_admin:
        return query
    held = select(EventRole.event_id).where(
        EventRole.user_id == user.id, EventRole.role == Role.ORGANIZER, EventRole.revoked_at.is_(None)
    )
    return query.where(Event.id.in_(held))


def list_invitations(event_id: int) -> list[RoleInvitation]:
    """Invitations neither accepted nor revoked, latest first; some may have run out or were declined."""
    query = select(RoleInvitation).where(
        RoleInvitation.event_id == event_id,
        RoleInvitation.accepted_at.is_(None),
        RoleInvitation.revoked_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(RoleInvitation.id.desc())))


def find_invitation(nonce: str) -> RoleInvitation | None:
    """The invitation this link leads to, with its event and who invited, whatever its state."""
    query = select(RoleInvitation).join(RoleInvitation.event)
    query = query.where(RoleInvitation.nonce == nonce, Event.deleted_at.is_(None))
    options = (contains_eager(RoleInvitation.event), joinedload(RoleInvitation.invited_by))
    return db.session.scalar(query.options(*options))


def list_invitations_to(email: str, at: datetime) -> list[RoleInvitation]:
    """Living invitations mailed to an address, with event and who invited."""
    query = (
        select(RoleInvitation)
        .join(RoleInvitation.event)
        .where(
            Event.deleted_at.is_(None),
            RoleInvitation.email == email,
            RoleInvitation.accepted_at.is_(None),
            RoleInvitation.revoked_at.is_(None),
            RoleInvitation.declined_at.is_(None),
            RoleInvitation.expires_at > at,
        )
    )
    options = (contains_eager(RoleInvitation.event), joinedload(RoleInvitation.invited_by))
    return list(db.session.scalars(query.options(*options).order_by(RoleInvitation.id)))


# -- lists of competitions ----------------------------------------------------------------------------------------


def list_events(when: str, at: datetime, *, page: int = 1, search: str = "", size: int = 20) -> Page[Event]:
    """Public competitions with their phases. `when`: `open` (entries are taken), `running`, `upcoming`, `past`, or
    anything else for all.
    """
    query = select(Event).where(Event.state != EventState.DRAFT).options(selectinload(Event.phases))
    if search:
        query = query.where(Event.name.icontains(search, autoescape=True))
    return paginate(_narrow(query, when, at), page=page, size=size)


def list_public_addresses(limit: int = 5000) -> list[tuple[str, datetime | None]]:
    """Address and publication of public competitions, the newest first, for search engines."""
    query = select(Event.slug, Event.published_at).where(Event.state != EventState.DRAFT)
    rows = db.session.execute(query.order_by(Event.id.desc()).limit(limit))
    return [(slug, published_at) for slug, published_at in rows]


def _narrow(query: Select[Any], when: str, at: datetime) -> Select[Any]:
    begins = _instant(func.min(Phase.starts_at))
    ends = _instant(func.max(Phase.ends_at))
    if when == "open":
        query = query.where(_entry_phases(at).exists(), Event.state == EventState.PUBLISHED)
        closes = _entry_phases(at).with_only_columns(func.min(Phase.ends_at)).scalar_subquery()
        return query.order_by(closes, Event.id)
    if when == "running":
        return query.where(begins <= at, ends > at).order_by(ends, Event.id)
    if when == "upcoming":
        return query.where(begins > at).order_by(begins, Event.id)
    if when == "past":
        return query.where(ends <= at).order_by(ends.desc(), Event.id.desc())
    is_over, is_ahead = case((ends <= at, 1), else_=0), case((begins > at, 1), else_=0)
    return query.order_by(is_over, is_ahead, case((ends > at, ends)), ends.desc(), Event.id.desc())


def _instant(value: Any) -> Any:
    return select(value).where(Phase.event_id == Event.id).correlate(Event).scalar_subquery()


def _entry_phases(at: datetime) -> Select[Any]:
    """The phases of the event at hand in which entries are taken at `at`."""
    return (
        select(Phase.id)
        .where(Phase.event_id == Event.id, Phase.kind.in_((PhaseKind.REGISTRATION, PhaseKind.SUBMISSION)))
        .where(Phase.starts_at <= at, Phase.ends_at > at)
        .correlate(Event)
    )


def list_running_events() -> list[Event]:
    """Published competitions with their phases."""
    query = select(Event).where(Event.state == EventState.PUBLISHED).options(selectinload(Event.phases))
    return list(db.session.scalars(query.order_by(Event.id)))


# -- saved templates ----------------------------------------------------------------------------------------------


def list_templates(user: User, *, removed: bool = False) -> list[SavedTemplate]:
    """Saved templates a person may use, by name, with their owner; or those removed that they may bring back."""
    query = select(SavedTemplate).options(joinedload(SavedTemplate.owner))
    query = query.order_by(func.lower(SavedTemplate.name), SavedTemplate.id)
    if removed:
        found = db.session.scalars(query.where(SavedTemplate.removed_at.is_not(None)))
        return [template for template in found if policy.can_change_template(user, template)]
    reached = [TemplateReach.OFFERED, *([TemplateReach.PROPOSED] if user.is_site_admin else [])]
    query = query.where(SavedTemplate.removed_at.is_(None))
    query = query.where((SavedTemplate.owner_id == user.id) | SavedTemplate.reach.in_(reached))
    return list(db.session.scalars(query))


def get_template(public_id: str) -> SavedTemplate:
    """A saved template, also a removed one, with its owner, its versions and who made them; NotFound without."""
    made = selectinload(SavedTemplate.versions).joinedload(TemplateVersion.made_by)
    query = select(SavedTemplate).where(SavedTemplate.public_id == public_id)
    query = query.options(joinedload(SavedTemplate.owner), made)
    template = db.session.scalar(query.execution_options(populate_existing=True))
    if template is None:
        raise NotFound
    return template


def get_content(template: SavedTemplate, number: int | None = None) -> dict[str, Any]:
    """What a version of a saved template holds (None: the newest), or NotFound."""
    query = select(TemplateVersion.content).where(
        TemplateVersion.template_id == template.id, TemplateVersion.number == (number or template.version)
    )
    content = db.session.scalar(query)
    if content is None:
        raise NotFound
    return dict(content)


_INVITED = func.coalesce(func.nullif(RoleInvitation.name, ""), RoleInvitation.email)
_IN_ROLE = select(User.name).where(User.id == EventRole.user_id).scalar_subquery()
TRAIL_NAMES = {
    "event": names_by(Event.id, Event.name),
    "phase": names_by(Phase.id, Phase.name),
    "group": names_by(Group.id, Group.name),
    "track": names_by(Track.id, Track.name),
    "form_field": names_by(FormField.id, FormField.label),
    "role_invitation": names_by(RoleInvitation.id, _INVITED),
    "saved_template": names_by(SavedTemplate.id, SavedTemplate.name),
    "event_role": names_by(EventRole.id, _IN_ROLE),
}
