"""What every act on an activity leaves: an entry in the trail, and mails to the people it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.audit.services import record as record_entry
from innovate.learning.models import Activity
from innovate.learning.policy import Guest
from innovate.notifications.services import enqueue_mail, enqueue_mail_once


def record(
    action: str,
    guest: Guest,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    subject_id: int | None = None,
) -> None:
    """One entry about an activity in the audit trail."""
    record_entry(
        action,
        actor_id=guest.user_id,
        at=at,
        object_type="activity",
        object_id=guest.activity.id,
        event_id=guest.activity.event_id,
        before=before,
        after=after,
        subject_id=subject_id,
    )


def tell(template: str, activity: Activity, user: User, *, about: str, at: datetime, **context: Any) -> None:
    """One mail about an activity to one person. `starts` and `ends` are instants as ISO texts."""
    enqueue_mail(
        template,
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=activity.event_id,
        cause=f"activity:{activity.id}:{about}",
        at=at,
        context=_context(activity, user, context),
    )


def tell_once(
    template: str, activity: Activity, users: Iterable[User], *, cause: str, at: datetime, **context: Any
) -> int:
    """The same mail to several people, once for this cause; how many it went to now."""
    sent = 0
    for user in users:
        mail = enqueue_mail_once(
            template,
            cause=cause,
            address=user.email,
            user_id=user.id,
            locale=user.locale or "id",
            event_id=activity.event_id,
            at=at,
            context=_context(activity, user, context),
        )
        sent += mail is not None
    return sent


def _context(activity: Activity, user: User, more: Mapping[str, Any]) -> dict[str, Any]:
    names = {"starts": "at", "ends": "until"}
    return {
        "name": user.full_name,
        "title": activity.title,
        "zone": activity.zone,
        "path": f"/pelatihan/{activity.public_id}",
        **{names.get(key, key): value for key, value in more.items()},
    }
