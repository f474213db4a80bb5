"""People who let captains find them, by skill and level."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import Employment, User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.models import Event, EventRole
from innovate.skills.domain.levels import ABLE
from innovate.skills.models import Skill, SkillSharing
from innovate.skills.queries.framework import list_skills, match_skills
from innovate.skills.queries.profiles import map_levels, newest_ratings
from innovate.teams.models import Membership, Team
from innovate.teams.policy import RUNS_OR_JUDGES

PER_ROLE = 3
_ASN = [kind for kind in Employment if kind.is_asn]


def _free(event: Event) -> Select[tuple[User]]:
    """Who may be found: shows their skills, may take part, and is in no team of the event."""
    taken = select(Membership.user_id).where(Membership.event_id == event.id, Membership.left_at.is_(None))
    office = select(EventRole.user_id).where(
        EventRole.event_id == event.id, EventRole.role.in_(RUNS_OR_JUDGES), EventRole.revoked_at.is_(None)
    )
    query = select(User).join(SkillSharing, SkillSharing.user_id == User.id)
    query = query.where(User.disabled_at.is_(None), User.restricted_at.is_(None))
    query = query.where(User.email_verified_at.is_not(None), User.id.not_in(taken), User.id.not_in(office))
    return query if event.allow_non_asn else query.where(User.employment.in_(_ASN))


@dataclass(frozen=True)
class Wanted:
    """Whom a captain looks for: a skill (its public id; empty: any) at `level` or above, or a name or unit."""

    skill: str = ""
    level: int = ABLE
    search: str = ""
    page: int = 1


@dataclass(frozen=True)
class Found:
    """People with their levels, by skill's key."""

    page: Page[User]
    levels: dict[int, dict[int, int]]


def find_people(event: Event, wanted: Wanted) -> Found:
    """Whom the captain may ask; with a skill those who are best at it first. A fixed number of statements."""
    query = _free(event).options(joinedload(User.unit))
    if wanted.search:
        text = wanted.search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(User.name.ilike(f"%{text}%", escape="\\"))
    latest = newest_ratings().subquery()
    if wanted.skill:
        query = query.join(latest, latest.c.user_id == User.id).join(Skill, Skill.id == latest.c.skill_id)
        query = query.where(Skill.public_id == wanted.skill, latest.c.level >= wanted.level)
        query = query.order_by(latest.c.level.desc())
    page = paginate(query.order_by(User.name, User.id), page=wanted.page, size=24)
    return Found(page, map_levels([user.id for user in page.items]))


def get_findable(event: Event, public_id: str) -> User:
    """Somebody the captain could find right now, or NotFound."""
    user = db.session.scalar(_free(event).where(User.public_id == public_id))
    if user is None:
        raise NotFound
    return user


@dataclass(frozen=True)
class RoleHint:
    """What an open role's words mean in the framework, and who could fill it: (person, level at the best skill)."""

    title: str
    skills: Sequence[Skill]
    people: Sequence[tuple[User, int]]


def suggest_people(event: Event, team: Team) -> list[RoleHint]:
    """For each open role whose words mean a skill the best people who may be asked. Two statements at most."""
    skills = list_skills()
    by_id = {skill.id: skill for skill in skills}
    meant = [(role, [*match_skills(role.skills, skills)[0]]) for role in team.open_roles]
    everything = {key for _role, keys in meant for key in keys}
    people = _list_able(event, everything) if everything else []
    return [
        RoleHint(role.title, [by_id[key] for key in keys], _best(people, keys))
        for role, keys in meant
        if keys
    ]


def _list_able(event: Event, skill_ids: Collection[int]) -> list[tuple[User, int, int]]:
    latest = newest_ratings().subquery()
    query = _free(event).join(latest, latest.c.user_id == User.id).options(joinedload(User.unit))
    query = query.where(latest.c.skill_id.in_(skill_ids), latest.c.level >= ABLE)
    query = query.add_columns(latest.c.skill_id, latest.c.level)
    rows = db.session.execute(query.order_by(latest.c.level.desc(), User.name, User.id).limit(200))
    return [(user, skill_id, level) for user, skill_id, level in rows]


def _best(people: Sequence[tuple[User, int, int]], skill_ids: Collection[int]) -> list[tuple[User, int]]:
    found: dict[int, tuple[User, int]] = {}
    for user, skill_id, level in people:
        if skill_id in skill_ids:
            found.setdefault(user.id, (user, level))
    return list(found.values())[:PER_ROLE]
