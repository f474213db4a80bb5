"""Signed-in devices: begin, end, end all."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from innovate.accounts.models import User, UserSession
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import NotFound, require


def hash_token(token: str) -> str:
    """What the database keeps of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(user: User, *, at: datetime, days: int, address: str = "", device: str = "") -> str:
    """Open a session on this device; returns the token for the cookie (256 bits, kept nowhere else)."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            user_id=user.id,
            token_hash=hash_token(token),
            created_at=at,
            expires_at=at + timedelta(days=days),
            address=address[:64],
            device=device[:200],
        )
    )
    record("session.begin", actor_id=user.id, at=at, object_type="user", object_id=user.id)
    return token


def end_session(user: User, token: str, *, at: datetime) -> None:
    """Sign out this device."""
    query = update(UserSession).where(
        UserSession.token_hash == hash_token(token), UserSession.user_id == user.id
    )
    db.session.execute(query.values(revoked_at=at))
    record("session.end", actor_id=user.id, at=at, object_type="user", object_id=user.id)


def end_session_elsewhere(user: User, public_id: str, *, at: datetime) -> None:
    """Sign out one of the person's devices; NotFound unless it is theirs and still signed in."""
    query = update(UserSession).where(
        UserSession.public_id == public_id,
        UserSession.user_id == user.id,
        UserSession.revoked_at.is_(None),
    )
    require(db.session.execute(query.values(revoked_at=at)).rowcount == 1, NotFound())  # type: ignore[attr-defined]
    record("session.end", actor_id=user.id, at=at, object_type="user", object_id=user.id)


def end_all_sessions(user: User, *, actor_id: int, at: datetime, keep: str = "") -> None:
    """Sign out every device, except the one holding the token `keep`."""
    query = update(UserSession).where(UserSession.user_id == user.id, UserSession.revoked_at.is_(None))
    if keep:
        query = query.where(UserSession.token_hash != hash_token(keep))
    db.session.execute(query.values(revoked_at=at))
    record("session.end_all", actor_id=actor_id, at=at, object_type="user", object_id=user.id)


def forget_sessions(*, at: datetime) -> None:
    """Drop sessions that ended a month ago: who was where is nobody's business for longer."""
    db.session.execute(delete(UserSession).where(UserSession.expires_at < at - timedelta(days=30)))
