"""What stands behind a level: what a person attended (told by features above), and what mentors have seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from innovate.core.db import db
from innovate.skills.models import SkillEndorsement


class Attended(NamedTuple):
    """Something that taught a skill, which the person attended far enough. `link`: its page, or empty."""

    skill_id: int
    title: str
    at: datetime
    link: str = ""


# Features above append functions here: what this person had attended at an instant, for each skill it taught.
sources: list[Callable[[int, datetime], Sequence[Attended]]] = []


def list_attended(user_id: int, at: datetime) -> list[Attended]:
    """Everything that was attended, oldest first."""
    rows = (row for source in sources for row in source(user_id, at))
    return sorted(rows, key=lambda row: (row.at, row.title))


def map_given(endorser_id: int, user_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """What this mentor has endorsed of these people: skill's key to level, by person."""
    query = select(SkillEndorsement).where(
        SkillEndorsement.endorser_id == endorser_id,
        SkillEndorsement.user_id.in_(user_ids),
        SkillEndorsement.withdrawn_at.is_(None),
    )
    found: dict[int, dict[int, int]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.user_id, {})[row.skill_id] = row.level
    return found
