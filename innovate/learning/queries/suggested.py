"""What is worth attending for one person: activities that teach what they lack, or what their teams look for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import selectinload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity, ActivitySkill, Enrolment, LearningSession
from innovate.learning.queries.audience import pick_for
from innovate.skills.domain.levels import needs_learning
from innovate.skills.models import Skill
from innovate.skills.queries.framework import list_skills, match_skills
from innovate.skills.queries.profiles import map_levels
from innovate.teams.models import Membership, OpenRole

_LOOKED_AT = 60  # activities to come, the next first


@dataclass(frozen=True)
class Suggestion:
    """An activity and why: skills in which the person is low, and skills that an open role of their team needs."""

    activity: Activity
    low: Sequence[Skill]
    wanted: Sequence[Skill]

    @property
    def starts_at(self) -> datetime:
        """When its first session begins."""
        return self.activity.sessions[0].starts_at


def list_suggested(user_id: int, at: datetime, *, limit: int = 3) -> list[Suggestion]:
    """The best first: what the team needs counts twice; of equals the next one. Nothing for who never rated anything
    and whose teams look for nobody: then there is no ground; only what is for them. A fixed number of statements.
    """
    levels = map_levels([user_id]).get(user_id, {})
    wanted = _list_wanted(user_id)
    if not levels and not wanted:
        return []
    found = []
    user = db.session.get_one(User, user_id)
    for activity in pick_for(user, _list_coming(user_id, at)):
        low = [skill for skill in activity.skills if levels and needs_learning(levels.get(skill.id))]
        needed = [skill for skill in activity.skills if skill.id in wanted and skill not in low]
        if (low or needed) and activity.sessions:
            found.append(Suggestion(activity, low, needed))
    found.sort(key=lambda each: (-_weight(each, wanted), each.starts_at, each.activity.id))
    return found[:limit]


def _weight(each: Suggestion, wanted: set[int]) -> int:
    return len(each.low) + 2 * len([skill for skill in (*each.low, *each.wanted) if skill.id in wanted])


def _list_wanted(user_id: int) -> set[int]:
    """Skills that open roles of the person's living teams name."""
    query = select(OpenRole.skills).join(Membership, Membership.team_id == OpenRole.team_id)
    query = query.where(Membership.user_id == user_id, Membership.left_at.is_(None))
    words = [word for row in db.session.scalars(query) for word in row]
    return set(match_skills(words, list_skills())[0]) if words else set()


def _list_coming(user_id: int, at: datetime) -> Sequence[Activity]:
    """Published, teaching something, not begun nor closed, open to be seen, and not one the person is in already."""
    first = (
        select(func.min(LearningSession.starts_at))
        .where(LearningSession.activity_id == Activity.id, LearningSession.removed_at.is_(None))
        .correlate(Activity)
        .scalar_subquery()
    )
    mine = exists().where(
        Enrolment.activity_id == Activity.id, Enrolment.user_id == user_id, Enrolment.withdrawn_at.is_(None)
    )
    shown = select(Event.id).where(Event.state == EventState.PUBLISHED, Event.deleted_at.is_(None))
    query = select(Activity).where(Activity.state == ActivityState.PUBLISHED, first > at, ~mine)
    query = query.where(Activity.id.in_(select(ActivitySkill.activity_id)))
    query = query.where(or_(Activity.closes_at.is_(None), Activity.closes_at > at))
    query = query.where(or_(Activity.event_id.is_(None), Activity.event_id.in_(shown)))
    query = query.options(selectinload(Activity.sessions), selectinload(Activity.skills))
    return list(db.session.scalars(query.order_by(first, Activity.id).limit(_LOOKED_AT)))
