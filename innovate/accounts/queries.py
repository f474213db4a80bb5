"""Reading people and units."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User, UserSession
from innovate.core.db import db


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
