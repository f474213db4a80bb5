"""Keeping the framework: what an installation begins with, and what the administrator makes of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked, new_public_id
from innovate.core.errors import NotFound, Refused, require
from innovate.skills import policy
from innovate.skills.domain.levels import LEVELS, SkillText
from innovate.skills.domain.matching import plain
from innovate.skills.models import Skill
from innovate.skills.queries.framework import list_skills

FRAMEWORK = Path(__file__).parents[1] / "data" / "framework.yaml"


def read_framework() -> list[dict[str, Any]]:
    """The skills an installation begins with."""
    rows: list[dict[str, Any]] = yaml.safe_load(FRAMEWORK.read_text(encoding="utf-8"))
    return rows


def ensure_framework() -> int:
    """Put in what an installation begins with where there is no skill at all; how many were put in."""
    if db.session.scalar(select(Skill.id).limit(1)) is not None:
        return 0
    rows = read_framework()
    db.session.add_all(Skill(position=position, **row) for position, row in enumerate(rows))
    db.session.flush()
    return len(rows)


def add_skill(user: User, text: SkillText, *, at: datetime) -> Skill:
    """One more skill, at the end."""
    require(policy.can_keep_framework(user), NotFound())
    _check(text)
    last = db.session.scalar(select(func.max(Skill.position)))
    skill = Skill(code=new_public_id(), position=0 if last is None else last + 1, **_columns(text))
    db.session.add(skill)
    db.session.flush()
    _record("skill.add", user, skill, at, after={"name": skill.name})
    return skill


def change_skill(user: User, skill: Skill, text: SkillText, *, at: datetime) -> None:
    """Other words. Ratings keep their number, so a level keeps its rank; who rates next reads the new words."""
    require(policy.can_keep_framework(user), NotFound())
    _check(text, besides=skill.id)
    skill = locked(Skill, skill.id)
    wanted = _columns(text)
    before = {key: getattr(skill, key) for key, value in wanted.items() if getattr(skill, key) != value}
    for key in before:
        setattr(skill, key, wanted[key])
    if before:
        _record("skill.change", user, skill, at, before=before, after={key: wanted[key] for key in before})


def move_skill(user: User, skill: Skill, *, up: bool, at: datetime) -> None:
    """One place up or down among those in use; at the end nothing happens."""
    require(policy.can_keep_framework(user), NotFound())
    rows = [locked(Skill, each.id) for each in list_skills()]
    here = next((n for n, each in enumerate(rows) if each.id == skill.id), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, each in enumerate(rows):
        each.position = position
    _record("skill.move", user, skill, at, before={"position": here}, after={"position": there})


def retire_skill(user: User, skill: Skill, *, at: datetime) -> None:
    """Nobody is asked about it any more. What was rated stays, and the profile still shows it."""
    require(policy.can_keep_framework(user), NotFound())
    skill = locked(Skill, skill.id)
    if skill.retired_at is None:
        skill.retired_at = at
        _record("skill.retire", user, skill, at)


def restore_skill(user: User, skill: Skill, *, at: datetime) -> None:
    """It is asked about again, unless another took its name."""
    require(policy.can_keep_framework(user), NotFound())
    skill = locked(Skill, skill.id)
    if skill.retired_at is not None:
        _require_free_name(skill.name, besides=skill.id)
        skill.retired_at = None
        _record("skill.restore", user, skill, at)


def _columns(text: SkillText) -> dict[str, Any]:
    return {
        "name": text.name.strip(),
        "area": text.area.strip(),
        "description": text.description.strip(),
        "levels": [level.strip() for level in text.levels],
        "words": list(dict.fromkeys(word.strip() for word in text.words if word.strip())),
    }


def _check(text: SkillText, besides: int = 0) -> None:
    whole = len(text.levels) == LEVELS and all(level.strip() for level in text.levels)
    require(whole, Refused(_l("Setiap tingkat dari 0 sampai 4 memerlukan satu kalimat.")))
    _require_free_name(text.name, besides=besides)


def _require_free_name(name: str, *, besides: int) -> None:
    taken = any(plain(skill.name) == plain(name) for skill in list_skills() if skill.id != besides)
    require(not taken, Refused(_l("Keterampilan dengan nama ini sudah ada."), field="name"))


def _record(action: str, user: User, skill: Skill, at: datetime, **more: Any) -> None:
    record(action, actor_id=user.id, at=at, object_type="skill", object_id=skill.id, **more)
