"""What the agenda's addresses lead to: a coming activity with a session, a hand-out and people."""

from __future__ import annotations

from typing import Any

from innovate.accounts.models import User
from innovate.learning.domain.kinds import ActivityState, EnrolmentState
from innovate.learning.models import Activity, ActivitySkill, ActivityUnit, Material
from innovate.skills.models import Skill, SkillRating
from tests.factories.build import NOW, add, make_unit, make_user
from tests.factories.learning import (
    HOUR,
    make_activity,
    make_attendance,
    make_place,
    make_session,
    make_speaker,
)


def make_material(activity: Activity, by: User, **values: Any) -> Material:
    """A public link."""
    defaults = {"title": "Paparan", "link": "https://berkas.example/paparan", "is_public": True}
    about = {"activity_id": activity.id, "added_by_id": by.id, "added_at": NOW}
    return add(Material(**{**defaults, **about, **values}))


def make_skill(number: int) -> Skill:
    """One skill of the framework."""
    return add(Skill(code=f"contoh-{number}", name=f"Keterampilan {number}", position=number))


def add_agenda(world: Any) -> dict[str, Any]:
    """A workshop of the world's event in a week; a stranger has a place."""
    organizer = world.users["organizer"]
    activity = make_activity(organizer, event=world.event, title="Lokakarya Prototipe", capacity=30)
    session = make_session(activity, starts=7 * 24 * HOUR)
    make_session(activity, starts=8 * 24 * HOUR)
    return {
        "activity": activity,
        "activity_session": session,
        "material": make_material(activity, organizer),
        "enrolment": make_place(activity, make_user()),
    }


def add_to_the_agenda(world: Any, number: int) -> None:
    """One more of everything the agenda, an activity's page and its makers' pages list."""
    organizer, activity = world.users["organizer"], world.values["activity"]
    session = make_session(activity, starts=(9 + number) * 24 * HOUR)
    make_speaker(session, make_user())
    make_material(activity, organizer, session_id=session.id)
    unit = make_unit()
    make_place(activity, make_user(unit_id=unit.id))
    make_place(activity, make_user(), EnrolmentState.WAITING)
    skill = make_skill(number)
    add(SkillRating(user_id=organizer.id, skill_id=skill.id, level=2, at=NOW))
    add(ActivitySkill(activity_id=activity.id, skill_id=skill.id))
    add(ActivityUnit(activity_id=activity.id, unit_id=unit.id))
    for starts in (-30 * 24 * HOUR, 20 * 24 * HOUR):
        other = make_activity(organizer, event=world.event)
        held = make_session(other, starts=starts)
        make_attendance(held, organizer)
        for user in world.users.values():
            make_place(other, user)
    draft = make_activity(world.users["site_organizer"], state=ActivityState.DRAFT)
    make_session(draft, starts=3 * 24 * HOUR)
