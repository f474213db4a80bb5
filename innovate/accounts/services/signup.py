"""Becoming known to the site: sign up, confirm the address."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.accounts import queries
from innovate.accounts.domain.limits import Place
from innovate.accounts.models import Employment, User
from innovate.accounts.services import attempts
from innovate.accounts.services.tokens import CONFIRM, Claim, Signer, stamp_of
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.notifications.services import enqueue_mail

SIGN_UP = "sign_up"


@dataclass(frozen=True)
class NewPerson:
    """What somebody says about themselves when signing up."""

    email: str
    name: str
    employment: Employment
    password_hash: str
    unit_id: int | None = None
    organization: str = ""
    locale: str = "id"


@dataclass(frozen=True)
class Links:
    """How addresses of pages are made: `confirm` from a token; the others as they are."""

    confirm: Callable[[str], str]
    sign_in: str = ""
    reset: str = ""


def sign_up(person: NewPerson, place: Place, *, signer: Signer, links: Links, at: datetime) -> str:
    """Open an account and send the link that confirms it. Whether the address was known shows only in its mailbox.

    Returns a mark for the browser: who opens the link in the same one need not type the password again.
    """
    attempts.begin_attempt(SIGN_UP, place, at=at)
    user = queries.find_user_by_email(person.email)
    if user and (user.email_verified_at or not user.is_active):
        _tell_owner(user, place, links, at=at)
        return secrets.token_hex(12)
    user = _write(user, person, at=at)
    send_confirmation(user, place, signer=signer, link=links.confirm, at=at)
    return stamp_of(user)


def _write(user: User | None, person: NewPerson, *, at: datetime) -> User:
    """A new account, or the unconfirmed one overwritten: nobody can hold an address that is not theirs."""
    if user is None:
        user = User(email=person.email.strip().lower(), created_at=at)
        db.session.add(user)
    user.name, user.employment, user.password_hash = person.name, person.employment, person.password_hash
    user.unit_id, user.organization, user.locale = person.unit_id, person.organization, person.locale
    user.password_changed_at = at
    db.session.flush()
    values = {"email": user.email, "name": user.name, "employment": user.employment}
    record(
        "user.sign_up",
        actor_id=user.id,
        at=at,
        object_type="user",
        object_id=user.id,
        after=values,
        subject_id=user.id,
    )
    return user


def _tell_owner(user: User, place: Place, links: Links, *, at: datetime) -> None:
    if user.is_active and attempts.take_mail(SIGN_UP, place, at=at):
        enqueue_mail(
            "account_exists",
            user_id=user.id,
            address=user.email,
            locale=user.locale or "id",
            at=at,
            context={"name": user.full_name, "sign_in_path": links.sign_in, "reset_path": links.reset},
        )


def send_confirmation(
    user: User, place: Place, *, signer: Signer, link: Callable[[str], str], at: datetime
) -> None:
    """Send the link that confirms the address, unless one went out a moment ago."""
    token = signer.make(CONFIRM, user, at=at)
    if attempts.take_mail(f"{SIGN_UP}:{stamp_of(user)[:8]}", place, at=at):
        enqueue_mail(
            "account_confirm",
            user_id=user.id,
            address=user.email,
            locale=user.locale or "id",
            at=at,
            context={"name": user.full_name, "path": link(token)},
            confidential=True,
        )


def find_unconfirmed(claim: Claim | None) -> User | None:
    """The account a confirmation link still fits."""
    user = queries.find_user(claim.public_id) if claim else None
    return user if user and claim and claim.fits(user) and not user.email_verified_at else None


def confirm_email(claim: Claim | None, *, at: datetime) -> User:
    """Know the address as the person's own."""
    user = find_unconfirmed(claim)
    if user is None:
        raise Refused(_l("Tautan ini sudah dipakai atau kedaluwarsa."))
    user.email_verified_at = at
    record("user.confirm_email", actor_id=user.id, at=at, object_type="user", object_id=user.id)
    return user
