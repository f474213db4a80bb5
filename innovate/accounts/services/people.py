"""Site administration of people: roles, disabling, the first admin, demo accounts."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts import queries
from innovate.accounts.models import Employment, SiteRole, User
from innovate.accounts.services.sessions import end_all_sessions
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused, require


class DemoAccountsPresent(RuntimeError):
    """A production site must not open with accounts whose password is in the documentation."""


def hold_person(user_id: int) -> None:
    """Until the commit nobody else decides about this person: what excludes each other is decided one after the other.

    Read again afterwards. Rows that merely point at the person are not held up (FOR NO KEY UPDATE).
    """
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


def set_site_role(admin: User, person: User, role: SiteRole, *, at: datetime) -> None:
    """Make somebody member, organizer or admin of the site. Never oneself: an admin always remains."""
    require(admin.is_site_admin, NotAllowed())
    require(admin.id != person.id, Refused(_l("Peran sendiri hanya dapat diubah admin lain.")))
    before, person.site_role = person.site_role, role
    if before is not role:
        record(
            "user.set_role",
            actor_id=admin.id,
            at=at,
            object_type="user",
            object_id=person.id,
            before={"site_role": before},
            after={"site_role": role},
        )


def set_data_officer(admin: User, person: User, *, on: bool, at: datetime) -> None:
    """Name a data protection officer, or end that. Anybody may be one; requests about personal data go to them."""
    require(admin.is_site_admin, NotAllowed())
    require(person.is_active or not on, Refused(_l("Akun ini sudah dinonaktifkan.")))
    if person.is_data_officer == on:
        return
    person.is_data_officer = on
    action = "user.appoint_officer" if on else "user.dismiss_officer"
    record(action, actor_id=admin.id, at=at, object_type="user", object_id=person.id)


def set_leader(admin: User, person: User, *, on: bool, at: datetime) -> None:
    """Open the page for leaders to somebody, or close it again."""
    require(admin.is_site_admin, NotAllowed())
    require(person.is_active or not on, Refused(_l("Akun ini sudah dinonaktifkan.")))
    if person.is_leader == on:
        return
    person.is_leader = on
    action = "user.appoint_leader" if on else "user.dismiss_leader"
    record(action, actor_id=admin.id, at=at, object_type="user", object_id=person.id)


def disable_person(admin: User, person: User, *, reason: str, at: datetime) -> None:
    """Close an account: signed out everywhere, no way in; what the person did stays."""
    require(admin.is_site_admin, NotAllowed())
    require(admin.id != person.id, Refused(_l("Akun sendiri hanya dapat dinonaktifkan admin lain.")))
    require(person.is_active, Refused(_l("Akun ini sudah dinonaktifkan.")))
    person.disabled_at = at
    end_all_sessions(person, actor_id=admin.id, at=at)
    record(
        "user.disable",
        actor_id=admin.id,
        at=at,
        object_type="user",
        object_id=person.id,
        after={"reason": reason},
        subject_id=person.id,
    )


def enable_person(admin: User, person: User, *, at: datetime) -> None:
    """Open a closed account again."""
    require(admin.is_site_admin, NotAllowed())
    require(not person.is_active, Refused(_l("Akun ini tidak dinonaktifkan.")))
    person.disabled_at = None
    record("user.enable", actor_id=admin.id, at=at, object_type="user", object_id=person.id)


def create_admin(email: str, name: str, password_hash: str, *, at: datetime) -> tuple[User, bool]:
    """The person with this address as site admin with this password, and whether the account is new."""
    user = queries.find_user_by_email(email)
    is_new = user is None
    if user is None:
        user = User(
            email=email.strip().lower(), name=name, employment=Employment.PNS, created_at=at, skills=[]
        )
        db.session.add(user)
    user.site_role, user.password_hash, user.password_changed_at = SiteRole.ADMIN, password_hash, at
    user.email_verified_at, user.disabled_at = user.email_verified_at or at, None
    user.is_demo = False
    db.session.flush()
    record(
        "user.create_admin",
        actor_id=None,
        at=at,
        object_type="user",
        object_id=user.id,
        after={"email": user.email, "name": user.name},
        subject_id=user.id,
    )
    return user, is_new


def remove_demo_accounts(*, at: datetime) -> int:
    """Take the demo people's passwords and addresses away for good; how many. Their invented entries stay readable."""
    people = queries.list_demo_accounts()
    for user in people:
        end_all_sessions(user, actor_id=user.id, at=at)
        user.password_hash, user.disabled_at, user.is_demo = None, at, False
        user.email, user.site_role = f"demo-{user.public_id}@invalid", SiteRole.MEMBER
    if people:
        record(
            "user.remove_demo",
            actor_id=None,
            at=at,
            object_type="user",
            object_id="*",
            after={"users": [user.id for user in people]},
        )
    return len(people)


def refuse_demo_accounts() -> None:
    """Raise DemoAccountsPresent if somebody could still sign in with a demo account."""
    if count := queries.count_demo_accounts():
        raise DemoAccountsPresent(
            f"{count} demo accounts are still open. Remove them first: flask --app wsgi accounts remove-demo"
        )
