"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Select, func, or_, select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.notifications.models import MailState, OutboxMail


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
    mail = db.session.get(OutboxMail, mail_id)
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
