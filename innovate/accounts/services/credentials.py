"""Password and address of an account: reset, change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.accounts import queries
from innovate.accounts.domain.limits import Place
from innovate.accounts.models import User
from innovate.accounts.services import attempts
from innovate.accounts.services.sessions import end_all_sessions
from innovate.accounts.services.tokens import CHANGE_EMAIL, RESET, Claim, Signer
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.notifications.services import enqueue_mail

_USED_UP = _l("Tautan ini sudah dipakai atau kedaluwarsa.")
Link = Callable[[str], str]


def request_reset(email: str, place: Place, *, signer: Signer, link: Link, at: datetime) -> None:
    """Send a reset link if the address is somebody's; the answer to the asker is the same in any case."""
    attempts.begin_attempt(RESET, place, at=at)
    user = queries.find_user_by_email(email)
    if user and user.is_active:
        send_reset(user, place, signer=signer, link=link, at=at)


def send_reset(user: User, place: Place, *, signer: Signer, link: Link, at: datetime) -> None:
    """Send a reset link unless one went out a moment ago."""
    if not attempts.take_mail(RESET, place, at=at):
        return
    enqueue_mail(
        "account_reset",
        user_id=user.id,
        address=user.email,
        locale=user.locale or "id",
        at=at,
        context={"name": user.full_name, "path": link(signer.make(RESET, user, at=at))},
        confidential=True,
    )
    record("user.request_reset", actor_id=None, at=at, object_type="user", object_id=user.id)


def find_resettable(claim: Claim | None) -> User | None:
    """The account a reset link still fits."""
    user = queries.find_user(claim.public_id) if claim else None
    return user if user and claim and claim.fits(user) else None


def reset_password(claim: Claim | None, password_hash: str, place: Place, *, at: datetime) -> User:
    """Set a new password by link. It proves the mailbox, so it confirms the address; every device is signed out."""
    user = find_resettable(claim)
    if user is None:
        raise Refused(_USED_UP)
    user.email_verified_at = user.email_verified_at or at
    _set_password(user, password_hash, action="user.reset_password", keep="", at=at)
    attempts.trust_device("sign_in", place, at=at)
    return user


def change_password(user: User, password_hash: str, *, keep: str, at: datetime) -> None:
    """Set a new password (the old one was checked); every other device is signed out."""
    _set_password(user, password_hash, action="user.change_password", keep=keep, at=at)


def _set_password(user: User, password_hash: str, *, action: str, keep: str, at: datetime) -> None:
    user.password_hash, user.password_changed_at = password_hash, at
    end_all_sessions(user, actor_id=user.id, at=at, keep=keep)
    record(action, actor_id=user.id, at=at, object_type="user", object_id=user.id)
    enqueue_mail(
        "account_password_changed",
        user_id=user.id,
        address=user.email,
        locale=user.locale or "id",
        at=at,
        context={"name": user.full_name, "at": at.isoformat(), "reset_path": "/sandi/lupa"},
    )


def rehash_password(user: User, password_hash: str) -> None:
    """Keep the same password under today's parameters."""
    user.password_hash = password_hash


def request_email_change(
    user: User, email: str, place: Place, *, signer: Signer, link: Link, at: datetime
) -> None:
    """Send a link to the new address; nothing changes before it is opened. A taken address answers the same."""
    attempts.begin_attempt(CHANGE_EMAIL, place, at=at)
    email = email.strip().lower()
    if queries.find_user_by_email(email) is None:
        enqueue_mail(
            "account_change_email",
            user_id=user.id,
            address=email,
            locale=user.locale or "id",
            at=at,
            context={
                "name": user.full_name,
                "email": email,
                "path": link(signer.make(CHANGE_EMAIL, user, at=at, email=email)),
            },
            confidential=True,
        )
    record(
        "user.request_email_change",
        actor_id=user.id,
        at=at,
        object_type="user",
        object_id=user.id,
        after={"email": email},
        subject_id=user.id,
    )


def change_email(user: User, claim: Claim | None, *, at: datetime) -> None:
    """Move the account to the address whose mailbox held the link, and tell the old one."""
    if claim is None or not claim.fits(user):
        raise Refused(_USED_UP)
    require(queries.find_user_by_email(claim.email) is None, Refused(_USED_UP))
    old, user.email, user.email_verified_at = user.email, claim.email, at
    db.session.flush()
    record(
        "user.change_email",
        actor_id=user.id,
        at=at,
        object_type="user",
        object_id=user.id,
        before={"email": old},
        after={"email": user.email},
        subject_id=user.id,
    )
    enqueue_mail(
        "account_email_changed",
        user_id=user.id,
        address=old,
        locale=user.locale or "id",
        at=at,
        context={"name": user.full_name, "email": user.email, "at": at.isoformat()},
    )
