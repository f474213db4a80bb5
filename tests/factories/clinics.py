"""Skills that people rated, and clinics as rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from innovate.accounts.models import User
from innovate.clinics.models import ClinicAction, ClinicBooking, ClinicSlot, ClinicSlotSkill
from innovate.core.db import db
from innovate.events.models import Event
from innovate.skills.models import Skill, SkillRating, SkillSharing
from innovate.teams.models import Team
from tests.factories.build import NOW, add

HOUR = timedelta(hours=1)


def skill(code: str = "analisis-data") -> Skill:
    """One of the skills an installation begins with."""
    return db.session.query(Skill).filter_by(code=code).one()


def make_skill(name: str, **values: Any) -> Skill:
    """A skill of the administrator."""
    levels = [f"{name} tingkat {n}" for n in range(5)]
    return add(Skill(**{"code": name[:40], "name": name, "levels": levels, "position": 99, **values}))


def rate(
    user: User, level: int, code: str = "analisis-data", at: datetime = NOW, **values: Any
) -> SkillRating:
    """What somebody says of themselves."""
    return add(SkillRating(user_id=user.id, skill_id=skill(code).id, level=level, at=at, **values))


def show(user: User) -> SkillSharing:
    """Captains find the person."""
    return add(SkillSharing(user_id=user.id, since=NOW))


def make_slot(event: Event, mentor: User, starts_at: datetime | None = None, **values: Any) -> ClinicSlot:
    """Half an hour from tomorrow's noon on, about data."""
    starts = starts_at or NOW + timedelta(days=1)
    about = {
        "topic": "Ukuran keberhasilan",
        "place": "Ruang rapat Bappeda",
        "link": "https://rapat.example/k",
    }
    times = {"starts_at": starts, "ends_at": starts + HOUR / 2, "offered_at": NOW, "changed_at": NOW}
    slot = add(ClinicSlot(event_id=event.id, mentor_id=mentor.id, **{**about, **times, **values}))
    add(ClinicSlotSkill(slot_id=slot.id, skill_id=skill().id))
    return slot


def make_booking(slot: ClinicSlot, team: Team, **values: Any) -> ClinicBooking:
    """The team took it."""
    about = {"question": "Bagaimana mengukur manfaatnya?", "booked_by_id": team.captain_id, "booked_at": NOW}
    return add(ClinicBooking(slot_id=slot.id, team_id=team.id, **{**about, **values}))


def make_action(booking: ClinicBooking, text: str = "Hitung waktu tunggu", **values: Any) -> ClinicAction:
    """Something that was agreed."""
    return add(ClinicAction(booking_id=booking.id, text=text, who="Ketua tim", created_at=NOW, **values))
