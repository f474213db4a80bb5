"""The officer's way in: others do not see that it exists. And proof that it is the person who is signed in."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.accounts.routes.blueprint import check_password
from innovate.core.errors import NotFound, Refused, TooMany, require
from innovate.events.guard import signed_in_user
from innovate.privacy.policy import keeps_privacy


def enter_desk() -> User:
    """The present person, or NotFound unless they keep data protection."""
    user = signed_in_user()
    if user is None or not keeps_privacy(user):
        raise NotFound
    return user


def present_person() -> User:
    """The person signed in."""
    user = signed_in_user()
    if user is None:
        raise NotFound
    return user


def knows_password(user: User, form: Any) -> bool:
    """Whether `form.current` is the person's password; says so on the form. The caller has not begun to write."""
    try:
        fits = check_password(user, user.email, form.current.data)
        require(fits, Refused(_l("Kata sandi tidak cocok."), field="current"))
    except (Refused, TooMany) as error:
        form.refuse(error)
        return False
    return True
