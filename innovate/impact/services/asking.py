"""Asking how innovations fare: by mail, with reminders."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.models import Event
from innovate.impact.domain.schedule import FIRST, OPEN_DAYS, REMINDERS, add_months, list_due, period_of
from innovate.impact.models import FollowUp, Innovation
from innovate.impact.queries.followups import list_to_ask, list_unanswered
from innovate.impact.queries.standing import list_asked
from innovate.impact.services.links import Links
from innovate.notifications.services import enqueue_mail_once


def ask_due(links: Links, *, at: datetime) -> int:
    """Ask every innovation whose time has come; how many. One that was missed long ago is not asked twice for it."""
    asked = 0
    for innovation, months in list_to_ask(add_months(at.date() + timedelta(days=1), -FIRST[0])):
        today = at.astimezone(ZoneInfo(innovation.event.zone)).date()
        due = list(list_due(innovation.announced_on or today, today))
        if due and due[-1][0] > months:
            ask(innovation, due[-1][0], links, at=at)
            asked += 1
    return asked


def ask(innovation: Innovation, months: int, links: Links, *, at: datetime) -> FollowUp:
    """One asking, open for two months, to the captain and the unit's coordinators."""
    first, last = period_of(innovation.announced_on or at.date(), months)
    row = FollowUp(
        innovation_id=innovation.id,
        months=months,
        first=first,
        last=last,
        asked_at=at,
        closes_at=at + timedelta(days=OPEN_DAYS),
    )
    db.session.add(row)
    db.session.flush()
    for user in list_asked(innovation):
        send("impact_followup", innovation.event, innovation, row, user, links, about="ask", at=at)
    return row


def remind(links: Links, *, at: datetime) -> int:
    """A reminder after 7 and 21 days without an answer; how many askings."""
    reminded = 0
    for row in list_unanswered(at):
        days = (at - row.asked_at).days
        due = sum(days >= after for after in REMINDERS)
        if due <= row.reminders:
            continue
        row.reminders = due
        reminded += 1
        for user in list_asked(row.innovation):
            send(
                "impact_reminder",
                row.innovation.event,
                row.innovation,
                row,
                user,
                links,
                about=f"remind:{due}",
                at=at,
            )
    return reminded


def send(
    template: str,
    event: Event,
    innovation: Innovation,
    row: FollowUp,
    user: User,
    links: Links,
    *,
    about: str,
    at: datetime,
    note: str = "",
) -> None:
    """One mail with the person's own link; the log does not show it."""
    enqueue_mail_once(
        template,
        cause=f"impact:{row.id}:{about}:{user.id}",
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=event.id,
        confidential=True,
        at=at,
        context={
            "name": user.full_name,
            "title": innovation.title,
            "event": event.name,
            "months": row.months,
            "until": row.closes_at.isoformat(),
            "zone": event.zone,
            "note": note,
            "path": links.path(row.public_id, user.public_id),
        },
    )
