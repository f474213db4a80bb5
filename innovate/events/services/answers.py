"""An offered role that is declined, and offered again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked, new_public_id
from innovate.core.errors import Refused, require
from innovate.events.models import Event, RoleInvitation
from innovate.events.policy import Actor
from innovate.events.services.changes import note, require_change
from innovate.events.services.people import LIFETIME, mail_invitation, refuse_double
from innovate.notifications.services import enqueue_mail


def decline_invitation(user: User | None, invitation: RoleInvitation, *, at: datetime) -> None:
    """Say no, with or without an account: whoever holds the link may. Who invited is told and may ask again."""
    held = locked(RoleInvitation, invitation.id)
    require(held.accepted_at is None, Refused(_l("Undangan ini sudah dipakai.")))
    require(held.declined_at is None, Refused(_l("Undangan ini sudah ditolak.")))
    require(
        held.revoked_at is None and held.expires_at > at, Refused(_l("Undangan ini sudah tidak berlaku."))
    )
    held.declined_at, held.declined_by_id = at, user.id if user else None
    record(
        "role_invitation.decline",
        actor_id=held.declined_by_id,
        at=at,
        object_type="role_invitation",
        object_id=held.id,
        event_id=held.event_id,
        after={"role": held.role.value},
        subject_id=held.declined_by_id,
    )
    _tell_inviter(held, user, at)


def invite_again(
    actor: Actor, invitation: RoleInvitation, *, message_url: Callable[[str], str], at: datetime
) -> None:
    """Offer a declined role once more: by a new link, and by mail where the invitation has an address."""
    require_change(actor)
    held = locked(RoleInvitation, invitation.id)
    require(held.declined_at is not None, Refused(_l("Undangan ini tidak ditolak.")))
    require(held.revoked_at is None, Refused(_l("Undangan ini sudah dicabut.")))
    if held.email:
        refuse_double(actor.event.id, held.email, held.role, at)
    held.declined_at, held.declined_by_id = None, None
    held.nonce, held.expires_at, held.invited_by_id = new_public_id(), at + LIFETIME, actor.user_id
    note(actor, "role_invitation.again", held, at=at, after={"role": held.role.value})
    if held.email:
        mail_invitation(actor, held, message_url, at)


def _tell_inviter(invitation: RoleInvitation, user: User | None, at: datetime) -> None:
    inviter = db.session.get_one(User, invitation.invited_by_id)
    event = db.session.get_one(Event, invitation.event_id)
    enqueue_mail(
        "event_role_declined",
        address=inviter.email,
        user_id=inviter.id,
        locale=inviter.locale or "id",
        event_id=event.id,
        cause=f"role_invitation:{invitation.id}:declined",
        at=at,
        context={
            "name": inviter.full_name,
            "person": invitation.name or invitation.email or (user.full_name if user else ""),
            "role": invitation.role.value,
            "event": event.name,
            "path": f"/k/{event.slug}/kelola/orang",
        },
    )
