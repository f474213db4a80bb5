"""The outbox of a played past: everything in it was sent when it was written."""

from __future__ import annotations

from sqlalchemy import update

from innovate.core.db import db
from innovate.notifications.models import MailState, OutboxMail


def settle_mails(event_id: int | None = None) -> None:
    """Mark what waits (of one event, if one is named) as sent at its time, so that none of it leaves now."""
    db.session.flush()
    waiting = update(OutboxMail).where(OutboxMail.state == MailState.PENDING)
    if event_id is not None:
        waiting = waiting.where(OutboxMail.event_id == event_id)
    db.session.execute(
        waiting.values(state=MailState.SENT, attempts=1, sent_at=OutboxMail.created_at),
        execution_options={"synchronize_session": False},
    )
