"""Giving and taking the coordination of a unit; rows stay when it ends."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import Unit, User
from innovate.accounts.queries import find_user_by_email
from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotAllowed, Refused, require
from innovate.endorsement.models import Coordinator
from innovate.endorsement.queries.coordinators import find_active, get_coordinator
from innovate.notifications.services import enqueue_mail


def appoint_coordinator(admin: User, unit: Unit, *, email: str, at: datetime) -> Coordinator:
    """Let a person with an account answer for a unit and its sub-units; they are told."""
    require(admin.is_site_admin, NotAllowed())
    user = find_user_by_email(email)
    if user is None or not user.is_active:
        raise Refused(_l("Tidak ada akun aktif dengan alamat surel ini."), field="email")
    require(
        user.email_verified_at is not None,
        Refused(_l("Alamat surel akun ini belum dipastikan pemiliknya."), field="email"),
    )
    hold_person(user.id)
    again = Refused(_l("%(name)s sudah menjadi koordinator unit ini.", name=user.full_name), field="email")
    require(find_active(unit.id, user.id) is None, again)
    row = Coordinator(unit_id=unit.id, user_id=user.id, given_by_id=admin.id, given_at=at)
    db.session.add(row)
    db.session.flush()
    _leave_traces("coordinator.appoint", "endorsement_role_given", admin, unit, user, at)
    return row


def end_coordination(admin: User, unit: Unit, public_id: str, *, at: datetime) -> Coordinator:
    """Take it back; what was decided meanwhile stays."""
    require(admin.is_site_admin, NotAllowed())
    found = get_coordinator(unit.id, public_id)
    row = locked(Coordinator, found.id)
    if row.ended_at is None:
        row.ended_at, row.ended_by_id = at, admin.id
        _leave_traces("coordinator.end", "endorsement_role_ended", admin, unit, found.user, at)
    return row


def _leave_traces(action: str, template: str, admin: User, unit: Unit, user: User, at: datetime) -> None:
    record(
        action,
        actor_id=admin.id,
        at=at,
        object_type="unit",
        object_id=unit.code,
        subject_id=user.id,
        after={"user_id": user.id},
    )
    enqueue_mail(
        template,
        address=user.email,
        at=at,
        locale=user.locale or "id",
        user_id=user.id,
        cause=f"unit:{unit.id}:{template}",
        context={"name": user.name, "unit": unit.name, "path": "/usulan-unit"},
    )
