"""A mentor says which levels of a member they have seen, and takes back what they no longer stand for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.events.policy import Actor
from innovate.skills import policy
from innovate.skills.models import Skill, SkillEndorsement
from innovate.skills.queries.profiles import map_levels
from innovate.teams.models import Team
from innovate.teams.queries import list_mentors


def endorse(
    actor: Actor, team: Team, user_public_id: str, skill_public_ids: Collection[str], *, at: datetime
) -> tuple[int, int]:
    """Make this set what the mentor stands for of this member: (endorsed now, taken back now).

    Each is endorsed at the level the member gives today; one endorsed at another level is endorsed anew.
    """
    mentor_ids = {row.user_id for row in list_mentors(team.id)}
    require(policy.can_endorse(actor, team, mentor_ids), NotFound())
    member = next((row.user for row in team.memberships if row.user.public_id == user_public_id), None)
    if member is None:
        raise NotFound
    hold_person(member.id)
    keys = {row.id: row.public_id for row in db.session.execute(select(Skill.id, Skill.public_id))}
    levels = {
        key: level
        for key, level in map_levels([member.id]).get(member.id, {}).items()
        if level > 0 and keys[key] in skill_public_ids
    }
    standing = select(SkillEndorsement).where(
        SkillEndorsement.user_id == member.id,
        SkillEndorsement.endorser_id == actor.user_id,
        SkillEndorsement.withdrawn_at.is_(None),
    )
    rows = {row.skill_id: row for row in db.session.scalars(standing.with_for_update())}
    gone = [row for key, row in rows.items() if levels.get(key) != row.level]
    for row in gone:
        row.withdrawn_at = at
    db.session.flush()
    new = {key: level for key, level in levels.items() if key not in rows or rows[key] in gone}
    by = {"user_id": member.id, "endorser_id": actor.user_id, "team_id": team.id, "at": at}
    db.session.add_all(SkillEndorsement(skill_id=key, level=level, **by) for key, level in new.items())
    db.session.flush()
    taken_back = len([row for row in gone if row.skill_id not in new])
    if new or gone:
        record(
            "skill.endorse",
            actor_id=actor.user_id,
            at=at,
            object_type="user",
            object_id=member.id,
            event_id=actor.event.id,
            after={"endorsed": len(new), "withdrawn": taken_back},
            subject_id=member.id,
        )
    return len(new), taken_back
