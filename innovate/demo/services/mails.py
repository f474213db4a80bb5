"""The outbox of a played past: everything in it was sent when it was written."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select

from innovate.core.db import db
from innovate.notifications.models import MailState, OutboxMail

Writer = Callable[[OutboxMail], tuple[str, str]]  # a mail's subject and body


def settle_mails(write: Writer) -> None:
    """Write out what waits and mark it as sent at its time, so that none of it leaves now."""
    db.session.flush()
    for mail in db.session.scalars(select(OutboxMail).where(OutboxMail.state == MailState.PENDING)):
        mail.subject, mail.body = write(mail)
        mail.state, mail.attempts, mail.sent_at = MailState.SENT, 1, mail.created_at


def drop_mails(event_id: int) -> None:
    """Forget the mails of an event made for measuring."""
    db.session.flush()
    db.session.execute(
        delete(OutboxMail).where(OutboxMail.event_id == event_id),
        execution_options={"synchronize_session": False},
    )
