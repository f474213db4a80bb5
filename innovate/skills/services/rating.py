"""What a person says of themselves: levels as new rows, other words, and whether captains may find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from innovate.accounts.models import User
from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.skills.domain.levels import HIGHEST
from innovate.skills.models import Occasion, SkillRating, SkillSharing
from innovate.skills.queries.framework import list_skills
from innovate.skills.queries.profiles import map_levels

MOST_WORDS = 12
LONGEST_WORD = 40


def save_profile(
    user: User, levels: Mapping[str, int], *, others: Sequence[str], is_shown: bool, at: datetime
) -> int:
    """Everything of the page in one save; `levels` by the skill's public id. How many levels are new.

    What was said before stays as history. A skill that is left out keeps its level: it cannot be unsaid.
    """
    _check_words(others)
    known = {skill.public_id: skill.id for skill in list_skills()}
    wanted = {known[key]: level for key, level in levels.items() if key in known}
    hold_person(user.id)
    changed = add_ratings(user.id, wanted, at=at)
    if list(others) != user.skills:
        user.skills = list(others)
        _record("skill.words", user, at, after={"skills": list(others)})
    _share(user, is_shown, at)
    return changed


def add_ratings(
    user_id: int,
    levels: Mapping[int, int],
    *,
    occasion: Occasion = Occasion.PROFILE,
    about: str = "",
    at: datetime,
) -> int:
    """New rows of one person by the skill's key, and how many: from the profile only what differs, else each.

    A survey before or after something says so with `occasion` and `about`: the same level twice is an answer too.
    """
    wrong = Refused(_l("Pilih tingkat dari 0 sampai 4."))
    require(all(0 <= level <= HIGHEST for level in levels.values()), wrong)
    before = map_levels([user_id]).get(user_id, {})
    fresh = {
        key: level
        for key, level in levels.items()
        if occasion is not Occasion.PROFILE or before.get(key) != level
    }
    for skill_id, level in fresh.items():
        values = {"skill_id": skill_id, "level": level, "occasion": occasion, "about": about}
        db.session.add(SkillRating(user_id=user_id, at=at, **values))
    if fresh:
        db.session.flush()
        record(
            "skill.rate",
            actor_id=user_id,
            at=at,
            object_type="user",
            object_id=user_id,
            after={"count": len(fresh)},
            subject_id=user_id,
        )
    return len(fresh)


def _share(user: User, is_shown: bool, at: datetime) -> None:
    row = db.session.get(SkillSharing, user.id)
    if is_shown and row is None:
        db.session.add(SkillSharing(user_id=user.id, since=at))
    elif not is_shown and row is not None:
        db.session.delete(row)
    else:
        return
    _record("skill.share" if is_shown else "skill.hide", user, at)


def _check_words(words: Sequence[str]) -> None:
    many = Refused(_l("Paling banyak 12 keterampilan lain."), field="others")
    require(len(words) <= MOST_WORDS, many)
    long = sum(len(word) > LONGEST_WORD for word in words)
    message = _ln("%(num)d kata lebih dari 40 karakter.", "%(num)d kata lebih dari 40 karakter.", long or 1)
    require(not long, Refused(message, field="others"))


def _record(action: str, user: User, at: datetime, after: Mapping[str, object] | None = None) -> None:
    record(
        action,
        actor_id=user.id,
        at=at,
        object_type="user",
        object_id=user.id,
        after=after,
        subject_id=user.id,
    )
