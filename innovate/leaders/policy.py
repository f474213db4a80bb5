"""Who may read the page for leaders."""

from __future__ import annotations

from innovate.accounts.models import User


def can_read(user: User) -> bool:
    """Leaders, and who organizes or runs the site. Roles in a competition open nothing here."""
    return user.reads_for_leaders
