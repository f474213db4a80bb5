"""Writing to the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.core import jobs
from innovate.core.db import after_commit, db
from innovate.notifications.models import OutboxMail

DELIVER = "notifications.deliver"


def enqueue_mail(
    template: str,
    *,
    address: str,
    at: datetime,
    locale: str = "id",
    user_id: int | None = None,
    event_id: int | None = None,
    cause: str = "",
    context: Mapping[str, Any] | None = None,
) -> OutboxMail:
    """Put one mail into the outbox of this transaction; it leaves after the commit.

    `template` names templates/email/<template>.md. `context` holds plain JSON values (names, paths made by the route,
    ISO instants). `cause` names what it is about ("idea:12:submitted"), for the organizer's log and against doubles.
    """
    mail = OutboxMail(
        created_at=at,
        next_attempt_at=at,
        address=address,
        locale=locale,
        user_id=user_id,
        event_id=event_id,
        template=template,
        cause=cause,
        context=dict(context or {}),
    )
    db.session.add(mail)
    after_commit(_wake_delivery)
    return mail


def _wake_delivery() -> None:
    jobs.wake(DELIVER)
