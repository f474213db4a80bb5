"""Delivery: what is due leaves, in the language of its reader."""

from __future__ import annotations

import hashlib
import logging
from contextlib import ExitStack
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import current_app

from innovate.core import clock, smtp
from innovate.core.db import transaction
from innovate.core.jobs import job
from innovate.core.web.mail_text import MailText, render_mail
from innovate.notifications import services
from innovate.notifications.models import OutboxMail

log = logging.getLogger(__name__)
_MOST_BATCHES = 50


@job(services.DELIVER, every_minutes=1)
def deliver() -> int:
    """Send everything that is due; how many left. Safe to run in several runners at once."""
    sent = 0
    for _batch in range(_MOST_BATCHES):
        with transaction():
            mails = services.claim_due_mails(at=clock.now())
        if not mails:
            break
        sent += _deliver_batch(mails)
    return sent


def _deliver_batch(mails: list[OutboxMail]) -> int:
    """One connection for the batch; without MAIL_URL the text is kept for /dev/mail instead."""
    url = current_app.config["MAIL_URL"]
    if not url and current_app.config["ENV_NAME"] == "production":
        for mail in mails:
            _fail(mail, "MAIL_URL is not set")
        return 0
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(smtp.connected(smtp.parse_mail_url(url))) if url else None
        except (smtp.SendError, ValueError) as error:
            log.warning("mail cannot leave: %s", error)
            for mail in mails:
                _fail(mail, str(error))
            return 0
        return sum(_deliver_one(mail, connection) for mail in mails)


def _deliver_one(mail: OutboxMail, connection: smtp.Connection | None) -> bool:
    try:
        text = render_mail(mail.template, mail.context, mail.locale)
    except Exception as error:  # a fault in one template must not hold up the others
        log.exception("mail %s (%s) cannot be written", mail.id, mail.template)
        _fail(mail, f"{type(error).__name__}: {error}", permanent=True)
        return False
    if connection:
        try:
            connection.send(build_message(mail, text))
        except smtp.SendError as error:
            _fail(mail, str(error), permanent=error.permanent)
            return False
    with transaction():
        services.mark_sent(
            mail.id,
            subject=text.subject,
            body=text.markdown,
            at=clock.now(),
            keep_body=connection is None,
        )
    return True


def _fail(mail: OutboxMail, error: str, *, permanent: bool = False) -> None:
    with transaction():
        services.mark_failed(mail.id, error=error, at=clock.now(), permanent=permanent)


def build_message(mail: OutboxMail, text: MailText) -> EmailMessage:
    """The message as it goes over the wire: plain text and HTML side by side."""
    message = EmailMessage(policy=SMTP)
    sender = current_app.config["MAIL_FROM"]
    message["Subject"] = text.subject
    message["From"] = sender
    message["To"] = mail.address
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = _message_id(mail, sender)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.locale
    message.set_content(text.text)
    message.add_alternative(text.html, subtype="html")
    return message


def _message_id(mail: OutboxMail, sender: str) -> str:
    """The same for every try of one mail, so that nobody reads it twice."""
    host = sender.rstrip("> ").rpartition("@")[2] or "localhost"
    seed = f"{mail.id}|{mail.created_at.isoformat()}|{mail.address}"
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{host}>"
