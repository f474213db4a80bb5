"""The way in."""

from __future__ import annotations

from typing import cast

from flask_login import current_user

from innovate.accounts.models import User
from innovate.core.errors import NotFound
from innovate.leaders.policy import can_read


def enter() -> User:
    """The reader, or NotFound."""
    user = cast(User, current_user)
    if not can_read(user):
        raise NotFound
    return user
