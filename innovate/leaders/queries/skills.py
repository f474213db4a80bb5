"""Levels of a class of units beside those of the whole city: nothing that subtraction would tell is shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import case, func, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.suppression import suppress
from innovate.leaders.domain.classes import UnitClass
from innovate.leaders.queries.frame import Frame
from innovate.skills.domain.levels import MOVED
from innovate.skills.models import SkillRating
from innovate.skills.queries.summary import SkillSummary, summarise

Cells = Mapping[int, Counter[UnitClass | None]]  # by skill: people of each class, None of no unit


def read_summaries(frame: Frame) -> list[SkillSummary]:
    """Every skill by the end of the year that is shown: two statements, of one class of units three."""
    if frame.year is None:
        return []
    found = list(summarise(at=frame.until, unit_ids=frame.unit_ids))
    if frame.unit_class is None:
        return found
    rated, again = _count_cells(frame)
    return [_hide(row, frame.unit_class, rated, again) for row in found]


def _hide(row: SkillSummary, unit_class: UnitClass, rated: Cells, again: Cells) -> SkillSummary:
    if unit_class in suppress(rated[row.skill.id]):
        row = replace(row, mean=replace(row.mean, value=None))
    if unit_class in suppress(again[row.skill.id]):
        row = replace(row, change=replace(row.change, before=None, after=None, since=None, until=None))
    return row


def _count_cells(frame: Frame) -> tuple[Cells, Cells]:
    """People who rated, and those who did so more than once, by skill and class of their unit today."""
    each = (
        select(
            SkillRating.skill_id,
            User.unit_id,
            case((func.max(SkillRating.at) > func.min(SkillRating.at), 1), else_=0).label("again"),
        )
        .join(User, User.id == SkillRating.user_id)
        .where(SkillRating.at <= frame.until, SkillRating.about != MOVED)
        .group_by(SkillRating.skill_id, User.id, User.unit_id)
        .subquery()
    )
    query = select(each.c.skill_id, each.c.unit_id, func.count(), func.sum(each.c.again))
    rated: dict[int, Counter[UnitClass | None]] = defaultdict(Counter)
    again: dict[int, Counter[UnitClass | None]] = defaultdict(Counter)
    for skill, unit_id, people, twice in db.session.execute(query.group_by(each.c.skill_id, each.c.unit_id)):
        unit = None if unit_id is None else frame.units.get(unit_id)
        cell = unit.unit_class if unit else None
        rated[skill][cell] += people
        again[skill][cell] += int(twice)
    return rated, again
