"""The framework: which skills there are, and what words lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.skills.domain.matching import match_words
from innovate.skills.models import Skill, SkillRating

TRAIL_NAMES = {"skill": names_by(Skill.id, Skill.name)}


def list_skills() -> Sequence[Skill]:
    """What is in use, in its order."""
    return list(db.session.scalars(_ordered().where(Skill.retired_at.is_(None))))


def list_all_skills() -> Sequence[tuple[Skill, int]]:
    """Every skill with how many people rated it; retired ones last."""
    people = select(func.count(func.distinct(SkillRating.user_id))).where(SkillRating.skill_id == Skill.id)
    query = select(Skill, people.correlate(Skill).scalar_subquery())
    query = query.order_by(Skill.retired_at.is_not(None), Skill.position, Skill.id)
    return [(skill, count) for skill, count in db.session.execute(query)]


def get_skill(public_id: str) -> Skill:
    """One skill, retired or not, or NotFound."""
    skill = db.session.scalar(select(Skill).where(Skill.public_id == public_id))
    if skill is None:
        raise NotFound
    return skill


def match_skills(words: Iterable[str], skills: Sequence[Skill]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which of these skills the words mean (key to word), and the words that mean none."""
    return match_words(words, {skill.id: [skill.name, skill.code, *skill.words] for skill in skills})


def _ordered() -> Select[tuple[Skill]]:
    return select(Skill).order_by(Skill.position, Skill.id)
