"""Levels of everybody or of a class of units: the rules of `skills.queries.summary`, counted by the database.

Nothing is shown of fewer than five people, nor what subtracting classes from each other or from all would tell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.suppression import MINIMUM, suppress
from innovate.leaders.domain.classes import UnitClass
from innovate.leaders.queries.frame import Frame
from innovate.skills.domain.levels import MOVED
from innovate.skills.models import Skill, SkillRating
from innovate.skills.queries.framework import list_skills

Class = UnitClass | None  # None: of no unit


@dataclass(frozen=True)
class Levels:
    """One skill: the mean of `people` last ratings; of the `again` who rated twice, first and last. None: not shown."""

    skill: Skill
    people: int
    mean: Fraction | None
    again: int
    before: Fraction | None
    after: Fraction | None


class Sums(NamedTuple):
    """What one cell adds up to."""

    people: int = 0
    level: int = 0
    again: int = 0
    first: int = 0
    last: int = 0


@dataclass
class Cells:
    """One skill by class of unit."""

    people: Counter[Class] = field(default_factory=Counter)
    again: Counter[Class] = field(default_factory=Counter)
    sums: dict[Class, Sums] = field(default_factory=lambda: defaultdict(Sums))


def list_levels(frame: Frame) -> list[Levels]:
    """Every skill in use by the end of the year that is shown. Two statements."""
    if frame.year is None:
        return []
    cells: dict[int, Cells] = defaultdict(Cells)
    for skill_id, unit_id, *numbers in db.session.execute(_select_cells(frame)):
        unit = None if unit_id is None else frame.units.get(unit_id)
        key = unit.unit_class if unit else None
        cell, sums = cells[skill_id], Sums(*map(int, numbers))
        cell.sums[key] = Sums(*map(sum, zip(cell.sums[key], sums, strict=True)))
        cell.people[key] += sums.people
        cell.again[key] += sums.again
    return [_show(skill, cells[skill.id], frame.unit_class) for skill in list_skills()]


def _show(skill: Skill, cells: Cells, unit_class: Class) -> Levels:
    if unit_class is None:
        sums = Sums(*map(sum, zip(*cells.sums.values(), strict=True))) if cells.sums else Sums()
        hides_mean = hides_change = False
    else:
        sums = cells.sums[unit_class]
        hides_mean = unit_class in suppress(cells.people)
        hides_change = unit_class in suppress(cells.again)
    return Levels(
        skill,
        sums.people,
        None if hides_mean else _mean(sums.level, sums.people),
        sums.again,
        None if hides_change else _mean(sums.first, sums.again),
        None if hides_change else _mean(sums.last, sums.again),
    )


def _mean(total: int, people: int) -> Fraction | None:
    return Fraction(total, people) if people >= MINIMUM else None


def _select_cells(frame: Frame) -> Select[Any]:
    """By skill and unit of today: people, their last levels, those who rated again with their first and last ones."""
    mine = (SkillRating.user_id, SkillRating.skill_id)
    turn = (SkillRating.at, SkillRating.id)  # the same for both: one sorting
    said = (
        select(
            SkillRating.user_id,
            SkillRating.skill_id,
            SkillRating.level,
            SkillRating.at,
            func.row_number().over(partition_by=mine, order_by=turn).label("nth"),
            func.lead(SkillRating.id).over(partition_by=mine, order_by=turn).label("next"),
        )
        .where(SkillRating.at <= frame.until, SkillRating.about != MOVED)
        .subquery()
    )
    each = (
        select(
            said.c.user_id,
            said.c.skill_id,
            func.max(case((said.c.nth == 1, said.c.level))).label("first"),
            func.max(case((said.c.next.is_(None), said.c.level))).label("last"),
            case((func.max(said.c.at) > func.min(said.c.at), 1), else_=0).label("again"),
        )
        .group_by(said.c.user_id, said.c.skill_id)
        .subquery()
    )
    return (
        select(
            each.c.skill_id,
            User.unit_id,
            func.count(),
            func.sum(each.c.last),
            func.sum(each.c.again),
            func.sum(each.c.first * each.c.again),
            func.sum(each.c.last * each.c.again),
        )
        .join(User, User.id == each.c.user_id)
        .group_by(each.c.skill_id, User.unit_id)
    )
