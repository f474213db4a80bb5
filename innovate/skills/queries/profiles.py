"""What people say of themselves: newest levels, and a person's profile with its history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.skills.models import Skill, SkillEndorsement, SkillRating, SkillSharing
from innovate.skills.queries.endorsing import Attended, list_attended
from innovate.skills.queries.framework import list_skills


def newest_ratings() -> Select[tuple[int, int, int, int]]:
    """Columns `rating_id`, `user_id`, `skill_id`, `level`, one row for each person and skill: what was said last."""
    turn = func.row_number().over(
        partition_by=(SkillRating.user_id, SkillRating.skill_id),
        order_by=(SkillRating.at.desc(), SkillRating.id.desc()),
    )
    ranked = select(
        SkillRating.id, SkillRating.user_id, SkillRating.skill_id, SkillRating.level, turn.label("turn")
    ).subquery()
    return select(ranked.c.id.label("rating_id"), ranked.c.user_id, ranked.c.skill_id, ranked.c.level).where(
        ranked.c.turn == 1
    )


def map_levels(user_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """For each person the level last said of each skill, by the skill's key."""
    latest = newest_ratings().subquery()
    query = select(latest.c.user_id, latest.c.skill_id, latest.c.level).where(latest.c.user_id.in_(user_ids))
    found: dict[int, dict[int, int]] = {}
    for user_id, skill_id, level in db.session.execute(query):
        found.setdefault(user_id, {})[skill_id] = level
    return found


@dataclass
class Line:
    """One skill of a profile. `level` None: nothing said yet. `history` oldest first."""

    skill: Skill
    level: int | None = None
    history: list[SkillRating] = field(default_factory=list)
    endorsements: list[SkillEndorsement] = field(default_factory=list)
    attended: list[Attended] = field(default_factory=list)


@dataclass(frozen=True)
class Profile:
    """A person's skills: those in use, then retired ones they rated; and whether captains find them."""

    lines: Sequence[Line]
    is_shown: bool

    @property
    def rated(self) -> list[Line]:
        """Those with a level."""
        return [line for line in self.lines if line.level is not None]


def load_profile(user_id: int, *, at: datetime) -> Profile:
    """Everything of one person, in a fixed number of statements."""
    lines = {skill.id: Line(skill) for skill in list_skills()}
    ratings = select(SkillRating).where(SkillRating.user_id == user_id).options(joinedload(SkillRating.skill))
    for rating in db.session.scalars(ratings.order_by(SkillRating.at, SkillRating.id)):
        line = lines.setdefault(rating.skill_id, Line(rating.skill))
        line.history.append(rating)
        line.level = rating.level
    for row in list_endorsements(user_id):
        lines.setdefault(row.skill_id, Line(row.skill)).endorsements.append(row)
    for known in list_attended(user_id, at):
        if known.skill_id in lines:
            lines[known.skill_id].attended.append(known)
    return Profile(list(lines.values()), is_shown(user_id))


def list_endorsements(user_id: int) -> Sequence[SkillEndorsement]:
    """What mentors have seen of the person and not taken back, with skill and mentor."""
    query = select(SkillEndorsement).where(
        SkillEndorsement.user_id == user_id, SkillEndorsement.withdrawn_at.is_(None)
    )
    query = query.options(joinedload(SkillEndorsement.skill), joinedload(SkillEndorsement.endorser))
    return list(db.session.scalars(query.order_by(SkillEndorsement.at, SkillEndorsement.id)))


def is_shown(user_id: int) -> bool:
    """Whether captains who look for members find the person."""
    return db.session.get(SkillSharing, user_id) is not None
