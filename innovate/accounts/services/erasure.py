"""Taking a person out of the site: what they did officially stays, who they were goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from innovate.accounts.models import KeptForm, SiteRole, User, UserSession
from innovate.accounts.services.sessions import end_all_sessions
from innovate.audit.services import erase_subject, record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.notifications.services import erase_mails

NAME = "Orang yang datanya dihapus"

# Features above append functions here: they empty what names the person in their own tables, while it still does.
before_erase: list[Callable[[User, datetime], None]] = []


def erase_person(person: User, *, actor_id: int | None = None, at: datetime) -> None:
    """Close the account and empty what names its owner: profile, devices, kept texts, mails, values of the trail.

    Proposals, ballots and signed documents are records of the competition: they stay, under a name that says nothing.
    Signed documents keep the name they were signed with.
    """
    require(person.site_role is not SiteRole.ADMIN, Refused(_l("Cabut dahulu peran admin dari akun ini.")))
    for listener in before_erase:
        listener(person, at)
    end_all_sessions(person, actor_id=actor_id or person.id, at=at)
    erase_mails(person.id, person.email)
    person.name, person.title_before, person.title_after = NAME, "", ""
    person.email, person.password_hash = f"dihapus-{person.public_id}@invalid", None
    person.phone, person.position, person.organization = "", "", ""
    person.nip, person.unit_id, person.skills = None, None, []
    person.site_role, person.is_data_officer, person.is_leader = SiteRole.MEMBER, False, False
    person.disabled_at = person.disabled_at or at
    for table in (KeptForm, UserSession):
        db.session.execute(delete(table).where(table.user_id == person.id))
    db.session.flush()
    record("user.erase", actor_id=actor_id, at=at, object_type="user", object_id=person.id)
    erase_subject(person.id, actor_id=actor_id, at=at)
