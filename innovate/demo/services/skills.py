"""What the demo's people say of their digital skills: a first rating years ago, others since, and who shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.demo.services.stage import World
from innovate.skills.domain.levels import HIGHEST
from innovate.skills.models import Occasion, Skill, SkillRating, SkillSharing
from innovate.skills.queries.framework import list_skills, match_skills
from innovate.skills.services.framework import ensure_framework

_SKILLS_EACH = 5
_YEARS = 3
_RATED = 0.7  # of everybody
_SHOWN = 0.35
_DAY = timedelta(days=1)


def rate_people(world: World, *, at: datetime) -> int:
    """Two or three ratings for most people, spread over three years, a little higher each time; how many rows.

    Words of people.yaml that mean a skill become ratings, the others stay as other skills.
    """
    ensure_framework()
    skills, draw = list_skills(), Random("keterampilan")
    rows: list[dict[str, object]] = []
    shown: list[dict[str, object]] = []
    for person in list(world.people.values()):
        meant, rest = match_skills(person.skills, skills)
        person.skills = list(rest)
        if meant or draw.random() < _RATED:
            rows += _rate(person, set(meant), skills, draw, at)
            if draw.random() < _SHOWN:
                shown.append({"user_id": person.id, "since": at - draw.randint(5, 90) * _DAY})
    if rows:
        db.session.execute(insert(SkillRating), rows)
        db.session.execute(insert(SkillSharing), shown)
    return len(rows)


def _rate(
    person: User, known: set[int], skills: Sequence[Skill], draw: Random, at: datetime
) -> list[dict[str, object]]:
    chosen = [skill for skill in skills if skill.id in known]
    others = [skill for skill in skills if skill.id not in known]
    chosen += draw.sample(others, max(_SKILLS_EACH - len(chosen), 1))
    first = at - draw.randint(330, 365 * _YEARS - 20) * _DAY
    times = [first]
    while (following := times[-1] + draw.randint(200, 420) * _DAY) < at - 3 * _DAY and len(times) < 3:
        times.append(following)
    rows: list[dict[str, object]] = []
    for skill in chosen:
        level = draw.choice((2, 2, 3)) if skill.id in known else draw.choice((0, 0, 1, 1, 1, 2))
        for nth, when in enumerate(times):
            level = min(HIGHEST, level + (draw.random() < 0.55)) if nth else level
            rows.append(
                {
                    "user_id": person.id,
                    "skill_id": skill.id,
                    "level": level,
                    "occasion": Occasion.PROFILE,
                    "about": "",
                    "at": when,
                }
            )
    return rows
