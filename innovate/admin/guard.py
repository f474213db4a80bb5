"""The way into site administration: others do not see that it exists."""

from __future__ import annotations

from flask_login import current_user

from innovate.accounts.models import User
from innovate.core.errors import NotFound, require


def enter() -> User:
    """The present person, or NotFound unless they run the site."""
    require(current_user.is_authenticated and current_user.is_site_admin, NotFound())
    user: User = current_user._get_current_object()  # noqa: SLF001
    return user
