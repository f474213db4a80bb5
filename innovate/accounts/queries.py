"""Reading people and units."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from innovate.accounts.domain import tree
from innovate.accounts.domain.limits import KNOWN_FOR, Place
from innovate.accounts.models import Attempt, Unit, User, UserSession
from innovate.core.db import db


def find_user(public_id: str) -> User | None:
    """The person with this public id."""
    return db.session.scalar(select(User).where(User.public_id == public_id))


def find_user_by_email(email: str) -> User | None:
    """The person with this address, whatever its case."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def find_user_by_session(token: str, now: datetime) -> User | None:
    """The active person whose living session this token opens, with the unit."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    query = (
        select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(
            UserSession.token_hash == digest,
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
            User.disabled_at.is_(None),
        )
        .options(joinedload(User.unit))
    )
    user = db.session.scalar(query)
    if user:
        user.session_token = token  # type: ignore[attr-defined]
    return user


def list_sessions(user: User, now: datetime) -> list[UserSession]:
    """Devices the person is signed in on, newest first."""
    query = select(UserSession).where(
        UserSession.user_id == user.id, UserSession.revoked_at.is_(None), UserSession.expires_at > now
    )
    return list(db.session.scalars(query.order_by(UserSession.created_at.desc(), UserSession.id.desc())))


def is_known_device(place: Place, at: datetime) -> bool:
    """Whether somebody signed in to this account on this device before."""
    if not place.device:
        return False
    found = exists().where(
        Attempt.purpose == "sign_in",
        Attempt.account == place.account,
        Attempt.address == place.device,
        Attempt.succeeded,
        Attempt.at > at - KNOWN_FOR,
    )
    return bool(db.session.scalar(select(found)))


def list_failures(purpose: str, account: str, *, since: datetime, address: str = "") -> list[datetime]:
    """When attempts at the account failed: all of them, or those at one place since the last success there."""
    mine = (Attempt.purpose == purpose, Attempt.account == account, Attempt.at > since)
    query = select(Attempt.at).where(*mine, Attempt.succeeded.is_(False))
    if address:
        success = select(Attempt.id).where(*mine, Attempt.address == address, Attempt.succeeded)
        last = success.order_by(Attempt.id.desc()).limit(1).scalar_subquery()
        query = query.where(Attempt.address == address, Attempt.id > func.coalesce(last, 0))
    return list(db.session.scalars(query))


def list_successes(purpose: str, account: str, *, since: datetime) -> list[datetime]:
    """When attempts at the account succeeded."""
    query = select(Attempt.at).where(
        Attempt.purpose == purpose, Attempt.account == account, Attempt.at > since, Attempt.succeeded
    )
    return list(db.session.scalars(query))


def list_units() -> list[tuple[int, Unit]]:
    """Every unit with its depth, in the order of the tree."""
    units = db.session.scalars(select(Unit))
    return tree.arrange(
        units, key=lambda unit: unit.id, parent=lambda unit: unit.parent_id, order=lambda unit: unit.name
    )


def list_unit_choices(today: date, *, keep: int | None = None) -> list[tuple[int, str]]:
    """Open units as choices of a form, children indented below their parents; `keep` stays although closed."""
    return [
        (unit.id, "\u2003" * depth + unit.name)
        for depth, unit in list_units()
        if unit.is_open(today) or unit.id == keep
    ]


def map_users(ids: Collection[int]) -> dict[int, User]:
    """People by key."""
    if not ids:
        return {}
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(ids)))}
