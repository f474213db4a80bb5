"""Writing to the outbox, and what becomes of a mail on its way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from innovate.core import jobs
from innovate.core.db import after_commit, db, locked
from innovate.core.errors import Refused, require
from innovate.notifications.domain.retries import LEASE, next_wait
from innovate.notifications.models import MailState, OutboxMail

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
    confidential: bool = False,
) -> OutboxMail:
    """Put one mail into the outbox of this transaction; it leaves after the commit.

    `template` names templates/email/<template>.md: a first line `Subject: …`, the rest Markdown, both Jinja with `_()`.
    `context` holds plain JSON values. Its `path` ("/k/lomba/tim") is the full address `{{ url }}` in the template, any
    other path `{{ url(other_path) }}`. Texts are escaped: what a person typed cannot become a link or a heading;
    `{{ text|quote }}` sets longer ones off. Instants go as ISO texts and are shown by `{{ at|instant(zone) }}`.
    `cause` says what it is about ("idea:12:submitted"), for the organizer's log. `confidential` mails hold a key to an
    account: the log never shows their text and forgets it once they are sent.
    """
    mail = _mail(template, address, at, locale, user_id, event_id, cause, context, confidential)
    db.session.add(mail)
    after_commit(_wake_delivery)
    return mail


def enqueue_mail_once(template: str, *, cause: str, address: str, **details: Any) -> OutboxMail | None:
    """Like `enqueue_mail`, but an address gets one mail for one cause, ever; None if it had it already.

    For reminders found by a job that may run twice or on two machines at the same moment.
    """
    key = hashlib.sha256(f"{cause}\x00{address}".encode()).hexdigest()
    if db.session.scalar(select(OutboxMail.id).where(OutboxMail.once_key == key)):
        return None
    try:
        with db.session.begin_nested():
            mail = enqueue_mail(template, cause=cause, address=address, **details)
            mail.once_key = key
            db.session.flush()
    except IntegrityError:  # somebody else was faster
        return None
    return mail


def _mail(
    template: str,
    address: str,
    at: datetime,
    locale: str,
    user_id: int | None,
    event_id: int | None,
    cause: str,
    context: Mapping[str, Any] | None,
    confidential: bool,
) -> OutboxMail:
    return OutboxMail(
        created_at=at,
        next_attempt_at=at,
        address=address,
        locale=locale,
        user_id=user_id,
        event_id=event_id,
        template=template,
        cause=cause,
        context=dict(context or {}),
        confidential=confidential,
    )


def _wake_delivery() -> None:
    jobs.wake(DELIVER)


def claim_due_mails(*, at: datetime, limit: int = 20) -> list[OutboxMail]:
    """Take due mails for this runner. Another runner passes over them until the lease ends: after a crash they are
    tried again, with the same Message-ID, so that a mail system that saw the first can drop the second.
    """
    query = (
        select(OutboxMail)
        .where(OutboxMail.state == MailState.PENDING, OutboxMail.next_attempt_at <= at)
        .order_by(OutboxMail.next_attempt_at, OutboxMail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    mails = list(db.session.scalars(query))
    for mail in mails:
        mail.attempts += 1
        mail.next_attempt_at = at + LEASE
    return mails


def erase_mails(user_id: int, address: str) -> None:
    """Empty what was sent to somebody and take back what has not left; that a mail went out stays in the log."""
    query = update(OutboxMail).where(or_(OutboxMail.user_id == user_id, OutboxMail.address == address))
    db.session.execute(query.values(address="–", subject="", body=None, context={}))
    gone = OutboxMail.state == MailState.PENDING, OutboxMail.address == "–"
    db.session.execute(update(OutboxMail).where(*gone).values(state=MailState.FAILED, last_error="–"))


def forget_mails(cause: str, *, event_id: int | None = None) -> None:
    """Empty every mail of a cause (of one event): to whom it went and what it said. That so many went out stays."""
    wanted = [OutboxMail.cause == cause]
    if event_id is not None:
        wanted.append(OutboxMail.event_id == event_id)
    query = update(OutboxMail).where(*wanted)
    db.session.execute(query.values(address="–", subject="", body=None, context={}))
    pending = query.where(OutboxMail.state == MailState.PENDING)
    db.session.execute(pending.values(state=MailState.FAILED, last_error="–"))


def mark_sent(mail_id: int, *, subject: str, body: str, at: datetime, keep_body: bool) -> None:
    """The mail system took it. Confidential texts are forgotten unless `keep_body` (development without SMTP)."""
    mail = locked(OutboxMail, mail_id)
    mail.state, mail.sent_at, mail.last_error = MailState.SENT, at, None
    mail.subject, mail.body = subject[:300], body
    if mail.confidential and not keep_body:
        mail.body, mail.context = None, {}


def mark_failed(mail_id: int, *, error: str, at: datetime, permanent: bool = False) -> None:
    """It did not leave: try again later, or give up after the last wait."""
    mail = locked(OutboxMail, mail_id)
    mail.last_error = error[:500]
    wait = None if permanent else next_wait(mail.attempts)
    if wait is None:
        mail.state = MailState.FAILED
    else:
        mail.next_attempt_at = at + wait


def retry_mail(mail_id: int, *, at: datetime) -> OutboxMail:
    """Try a failed mail again from the beginning."""
    mail = locked(OutboxMail, mail_id)
    require(mail.state is MailState.FAILED, Refused(_l("Hanya surel yang gagal yang dapat dicoba lagi.")))
    mail.state, mail.attempts, mail.next_attempt_at = MailState.PENDING, 0, at
    after_commit(_wake_delivery)
    return mail


def resend_mail(mail_id: int, *, at: datetime) -> OutboxMail:
    """Send the same mail once more: a failed one is tried again, a sent one goes out as a copy."""
    mail = locked(OutboxMail, mail_id)
    if mail.state is MailState.FAILED:
        return retry_mail(mail_id, at=at)
    require(
        mail.state is MailState.SENT and not mail.confidential,
        Refused(_l("Surel ini tidak dapat dikirim ulang.")),
    )
    require(
        mail.sent_at is None or at - mail.sent_at >= timedelta(minutes=1),
        Refused(_l("Surel ini baru saja dikirim. Tunggu satu menit sebelum mengirim ulang.")),
    )
    return enqueue_mail(
        mail.template,
        address=mail.address,
        at=at,
        locale=mail.locale,
        user_id=mail.user_id,
        event_id=mail.event_id,
        cause=mail.cause,
        context=mail.context,
    )
