"""Levels of units and of the whole site, for those who lead. Small groups are suppressed (`domain.comparing`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.skills.domain.comparing import Change, Mean, Said, agree, changes, mean_levels
from innovate.skills.domain.levels import MOVED
from innovate.skills.models import Skill, SkillRating
from innovate.skills.queries.framework import list_skills

_NOBODY = Mean(0, None)
_UNCHANGED = Change(0, None, None, None, None)


@dataclass(frozen=True)
class SkillSummary:
    """One skill of a group: where it stands, and how those changed who rated more than once."""

    skill: Skill
    mean: Mean
    change: Change


def summarise(
    *, at: datetime, since: datetime | None = None, unit_ids: Collection[int] | None = None
) -> Sequence[SkillSummary]:
    """Every skill in use, of everybody or of people who are in these units today. Two statements.

    Means are of each person's last rating up to `at`. Changes compare the first rating from `since` on with that last
    one, for the same people. What came out of the former list of words counts as no rating: nobody chose its level.
    """
    query = select(SkillRating.user_id, SkillRating.skill_id, SkillRating.level, SkillRating.at)
    query = query.where(SkillRating.at <= at, SkillRating.about != MOVED)
    if unit_ids is not None:
        query = query.join(User, User.id == SkillRating.user_id).where(User.unit_id.in_(unit_ids))
    said = [Said(*row) for row in db.session.execute(query.order_by(SkillRating.at, SkillRating.id))]
    means = mean_levels(said)
    moved = changes(row for row in said if since is None or row.at >= since)
    rows = []
    for skill in list_skills():
        change = moved.get(skill.id, _UNCHANGED)
        rows.append(SkillSummary(skill, agree(means.get(skill.id, _NOBODY), change), change))
    return rows
