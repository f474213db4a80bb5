"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.notifications.models import MailState, OutboxMail

_MAX_ID = 2**31 - 1  # what the column holds; a longer number in an address names nothing


def list_mails(
    *, state: MailState | None = None, search: str = "", event_id: int | None = None, page: int = 1
) -> Page[OutboxMail]:
    """Mails, newest first: all, or those of one event, state, or with `search` in address, template or subject."""
    query: Select[tuple[OutboxMail]] = select(OutboxMail).order_by(OutboxMail.id.desc())
    if state:
        query = query.where(OutboxMail.state == state)
    if event_id is not None:
        query = query.where(OutboxMail.event_id == event_id)
    if search:
        fields = (OutboxMail.address, OutboxMail.template, OutboxMail.subject)
        query = query.where(or_(*(field.icontains(search, autoescape=True) for field in fields)))
    return paginate(query, page=page)


def get_mail(mail_id: int, *, event_id: int | None = None) -> OutboxMail:
    """One mail (of the event, if one is named); NotFound otherwise."""
    mail = db.session.get(OutboxMail, mail_id) if mail_id <= _MAX_ID else None
    if mail is None or (event_id is not None and mail.event_id != event_id):
        raise NotFound
    return mail


def count_mails(*, event_id: int | None = None) -> Mapping[MailState, int]:
    """How many mails are in each state."""
    query = select(OutboxMail.state, func.count()).group_by(OutboxMail.state)
    if event_id is not None:
        query = query.where(OutboxMail.event_id == event_id)
    found = dict(db.session.execute(query).tuples().all())
    return {state: found.get(state, 0) for state in MailState}


def last_sent_by_user(template: str, event_id: int) -> dict[int, datetime]:
    """When each person was last sent (or is about to be sent) a mail of this kind in an event."""
    query = select(OutboxMail.user_id, func.max(OutboxMail.created_at)).group_by(OutboxMail.user_id)
    query = query.where(
        OutboxMail.template == template, OutboxMail.event_id == event_id, OutboxMail.user_id > 0
    )
    return dict(db.session.execute(query).tuples().all())  # type: ignore[arg-type]


def count_mails_about(cause: str, *, since: datetime) -> int:
    """How many mails with exactly this cause were written since then."""
    query = select(func.count()).where(OutboxMail.cause == cause, OutboxMail.created_at > since)
    return db.session.scalar(query) or 0
