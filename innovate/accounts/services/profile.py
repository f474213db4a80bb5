"""What people say about themselves, and how they like to see the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.audit.services import record

FIELDS = (
    "title_before",
    "name",
    "title_after",
    "employment",
    "unit_id",
    "organization",
    "position",
    "phone",
    "nip",
)


# Features above append functions here: another unit may make conflicts of interest.
after_unit_changed: list[Callable[[User, datetime], None]] = []


def update_profile(user: User, values: Mapping[str, Any], *, at: datetime) -> None:
    """Write the fields of FIELDS that are in `values` (checked by the form); the trail keeps what changed."""
    before = {key: getattr(user, key) for key in FIELDS if key in values}
    changed = {key: values[key] for key in before if before[key] != values[key]}
    for key, value in changed.items():
        setattr(user, key, value)
    if changed:
        record(
            "user.update_profile",
            actor_id=user.id,
            at=at,
            object_type="user",
            object_id=user.id,
            before={key: before[key] for key in changed},
            after=changed,
            subject_id=user.id,
        )
    if "unit_id" in changed:
        for listener in after_unit_changed:
            listener(user, at)


def choose_locale(user: User, locale: str) -> None:
    """Remember the person's language."""
    user.locale = locale


def choose_theme(user: User, theme: str) -> None:
    """Remember light, dark or auto."""
    user.theme = theme
