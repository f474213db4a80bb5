"""Who is who in an event: invitations by mail and by link, roles given and taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db, locked, new_public_id
from innovate.core.errors import Refused, require
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, EventRole, RoleInvitation
from innovate.events.policy import Actor
from innovate.events.services.changes import change, note, require_change
from innovate.notifications.services import enqueue_mail

LIFETIME = timedelta(days=30)
_NO_ADDRESS = _l("Undangan ini tidak memiliki alamat surel. Kirim tautannya.")

# Features above append functions here: a new juror needs a place in the jury, one who leaves frees their entries.
# Called while the person is held (`hold_person`): raises Refused, as for who competes here.
before_role_taken: list[Callable[[Event, User, Role], None]] = []
after_role_given: list[Callable[[EventRole, datetime], None]] = []
after_role_removed: list[Callable[[Actor, EventRole, datetime], None]] = []


def invite(
    actor: Actor,
    role: Role,
    *,
    email: str = "",
    name: str = "",
    message_url: Callable[[str], str],
    at: datetime,
) -> RoleInvitation:
    """Offer a role. With an address a mail goes out; in any case there is a link to hand over.

    `message_url` makes the path of the accepting page out of the invitation's nonce.
    """
    require_change(actor)
    address = email.strip().lower()
    require(
        bool(address or name.strip()), Refused(_l("Isi surel atau nama orang yang diundang."), field="email")
    )
    if address:
        refuse_double(actor.event.id, address, role, at)
    invitation = RoleInvitation(
        event_id=actor.event.id,
        email=address,
        name=name.strip(),
        role=role,
        nonce=new_public_id(),
        invited_by_id=actor.user_id,
        created_at=at,
        expires_at=at + LIFETIME,
    )
    db.session.add(invitation)
    db.session.flush()
    note(actor, "role_invitation.add", invitation, at=at, after={"role": role.value, "email": address})
    if address:
        mail_invitation(actor, invitation, message_url, at)
    return invitation


def resend_invitation(
    actor: Actor, invitation: RoleInvitation, *, message_url: Callable[[str], str], at: datetime
) -> None:
    """Send the mail again and let the link live for another thirty days."""
    require_change(actor)
    _require_living(invitation)
    _require_unanswered(invitation)
    require(bool(invitation.email), Refused(_NO_ADDRESS))
    change(actor, invitation, {"expires_at": at + LIFETIME}, action="role_invitation.resend", at=at)
    mail_invitation(actor, invitation, message_url, at)


def rotate_invitation(actor: Actor, invitation: RoleInvitation, *, at: datetime) -> None:
    """A new link; the old one opens nothing any more."""
    require_change(actor)
    _require_living(invitation)
    _require_unanswered(invitation)
    invitation.nonce, invitation.expires_at = new_public_id(), at + LIFETIME
    note(actor, "role_invitation.rotate", invitation, at=at)


def revoke_invitation(actor: Actor, invitation: RoleInvitation, *, at: datetime) -> None:
    """Take the offer back; one that was declined leaves the list and stays on record."""
    require_change(actor)
    _require_living(invitation)
    change(actor, invitation, {"revoked_at": at}, action="role_invitation.revoke", at=at)


def accept_invitation(user: User, invitation: RoleInvitation, *, at: datetime) -> EventRole:
    """Take the role; the link then serves nobody else. Accepting what one already holds changes nothing."""
    held = locked(RoleInvitation, invitation.id)
    require(held.accepted_at is None, Refused(_l("Undangan ini sudah dipakai.")))
    require(
        held.declined_at is None,
        Refused(_l("Undangan ini sudah ditolak. Mintalah undangan baru kepada panitia.")),
    )
    require(
        held.revoked_at is None and held.expires_at > at,
        Refused(_l("Undangan ini sudah tidak berlaku. Mintalah yang baru kepada panitia.")),
    )
    hold_person(user.id)  # before the event: joining a team holds the person, then needs the event
    event = locked(Event, held.event_id)
    require(event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    require(event.deleted_at is None, Refused(_l("Draf kompetisi ini sudah dihapus.")))
    for listener in before_role_taken:
        listener(event, user, held.role)
    held.accepted_at, held.accepted_by_id = at, user.id
    return _give(event, user, held.role, at)


def remove_role(actor: Actor, row: EventRole, *, at: datetime) -> None:
    """End a role. What the person did stays; the last organizer cannot go."""
    require_change(actor)
    event = locked(Event, actor.event.id)
    row = locked(EventRole, row.id)
    if row.revoked_at is not None:
        return
    if row.role is Role.ORGANIZER:
        others = select(func.count()).where(
            EventRole.event_id == event.id,
            EventRole.role == Role.ORGANIZER,
            EventRole.revoked_at.is_(None),
            EventRole.id != row.id,
        )
        require(
            bool(db.session.scalar(others)),
            Refused(_l("Penyelenggara terakhir tidak dapat dilepas. Undang penggantinya lebih dahulu.")),
        )
    row.revoked_at = at
    note(actor, "event_role.remove", row, at=at, before={"role": row.role.value}, subject_id=row.user_id)
    db.session.flush()
    for listener in after_role_removed:
        listener(actor, row, at)


def set_public_title(actor: Actor, row: EventRole, title: str, *, at: datetime) -> bool:
    """How a juror is introduced in the public list."""
    require_change(actor)
    return change(actor, row, {"public_title": title.strip()}, action="event_role.update", at=at)


def _give(event: Event, user: User, role: Role, at: datetime) -> EventRole:
    query = select(EventRole).where(
        EventRole.event_id == event.id,
        EventRole.user_id == user.id,
        EventRole.role == role,
        EventRole.revoked_at.is_(None),
    )
    row = db.session.scalar(query)
    if row is not None:
        return row
    row = EventRole(event_id=event.id, user_id=user.id, role=role, created_at=at)
    db.session.add(row)
    db.session.flush()
    record(
        "event_role.accept",
        actor_id=user.id,
        at=at,
        object_type="event_role",
        object_id=row.id,
        event_id=event.id,
        after={"role": role.value},
        subject_id=user.id,
    )
    for listener in after_role_given:
        listener(row, at)
    return row


def _require_living(invitation: RoleInvitation) -> None:
    require(
        invitation.accepted_at is None and invitation.revoked_at is None,
        Refused(_l("Undangan ini sudah dipakai atau dicabut.")),
    )


def _require_unanswered(invitation: RoleInvitation) -> None:
    require(
        invitation.declined_at is None, Refused(_l("Undangan ini sudah ditolak. Undang lagi bila perlu."))
    )


def refuse_double(event_id: int, address: str, role: Role, at: datetime) -> None:
    """Refused while the address holds the role, or an invitation to it that is still open."""
    same = select(RoleInvitation.id).where(
        RoleInvitation.event_id == event_id,
        RoleInvitation.email == address,
        RoleInvitation.role == role,
        RoleInvitation.accepted_at.is_(None),
        RoleInvitation.revoked_at.is_(None),
        RoleInvitation.declined_at.is_(None),
        RoleInvitation.expires_at > at,
    )
    require(
        db.session.scalar(same) is None,
        Refused(
            _l("Alamat ini sudah diundang untuk peran itu. Kirim ulang undangannya di bawah."), field="email"
        ),
    )
    held = (
        select(EventRole.id)
        .join(EventRole.user)
        .where(
            EventRole.event_id == event_id,
            EventRole.role == role,
            EventRole.revoked_at.is_(None),
            User.email == address,
        )
    )
    require(
        db.session.scalar(held) is None, Refused(_l("Orang ini sudah memegang peran itu."), field="email")
    )


def mail_invitation(
    actor: Actor, invitation: RoleInvitation, message_url: Callable[[str], str], at: datetime
) -> None:
    """Put the mail with the link into the outbox."""
    inviter = actor.user
    enqueue_mail(
        "event_role_invitation",
        address=invitation.email,
        at=at,
        event_id=actor.event.id,
        cause=f"role_invitation:{invitation.id}",
        context={
            "name": invitation.name,
            "event": actor.event.name,
            "role": invitation.role.value,
            "inviter": inviter.full_name if inviter else "",
            "path": message_url(invitation.nonce),
            "expires_at": invitation.expires_at.isoformat(),
            "zone": actor.event.zone,
        },
    )
