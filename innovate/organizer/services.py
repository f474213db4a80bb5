"""Reminders: to jurors with work left and to teams with drafts, by hand or before a deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.accounts.queries import map_users
from innovate.audit.services import record
from innovate.core.errors import Refused, require
from innovate.events import policy
from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.phases import find_span, is_kind_open, is_open
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import list_running_events
from innovate.ideas.domain.deadline import effective_deadline
from innovate.ideas.domain.entries import DraftHolder
from innovate.ideas.queries.entries import list_draft_holders
from innovate.ideas.queries.extensions import map_extensions
from innovate.notifications.queries import last_sent_by_user
from innovate.notifications.services import enqueue_mail, enqueue_mail_once
from innovate.scoring.domain.quiet import may_remind
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.services.reminders import juror_mail

STEPS = (timedelta(days=3), timedelta(days=1))  # how long before a deadline people hear of it


def remind_draft_holders(actor: Actor, *, at: datetime) -> int:
    """Remind every member of a team that still can hand in and has not. Returns how many people."""
    require(policy.can_manage(actor))
    mails = _draft_mails(actor.event, at)
    closed = Refused(_l("Masa pengajuan tidak sedang berjalan."))
    require(bool(mails) or is_kind_open(actor.event.phases, PhaseKind.SUBMISSION, at), closed)
    last = last_sent_by_user("reminder_draft", actor.event.id)
    mails = [mail for mail in mails if may_remind(last.get(mail.user_id), at)]
    require(
        bool(mails),
        Refused(_l("Semua pemegang draf sudah diingatkan dalam 12 jam terakhir, atau tidak ada draf.")),
    )
    for mail in mails:
        enqueue_mail("reminder_draft", **mail.details)
    _record(actor, "reminder.drafts", [mail.user_id for mail in mails], at)
    return len(mails)


def send_due_reminders(*, at: datetime) -> int:
    """For every running competition: three days and one day before a deadline, once each. Returns how many mails."""
    sent = 0
    for event in list_running_events():
        sent += _remind_of_submission(event, at) + sum(
            _remind_of_round(event, r, at) for r in list_rounds(event.id)
        )
    return sent


def _due_step(deadline: datetime, at: datetime) -> timedelta | None:
    """The latest step whose moment has come: inside the last day it is the one-day step."""
    left = deadline - at
    due = [step for step in STEPS if timedelta(0) < left <= step]
    return min(due, default=None)


def _remind_of_submission(event: Event, at: datetime) -> int:
    """Each team before the deadline that holds for it: the phase's, an extension's, or that of a return."""
    due = [(mail, _due_step(mail.deadline, at)) for mail in _draft_mails(event, at)]
    mails = [
        {**mail.details, "cause": f"{mail.details['cause']}:{mail.deadline.isoformat()}:{step.days}d"}
        for mail, step in due
        if step is not None
    ]
    return _once("reminder_draft", mails)


def _remind_of_round(event: Event, round_: Round, at: datetime) -> int:
    step = (
        _due_step(round_.phase.ends_at, at)
        if is_open(round_.phase, at) and round_.closed_at is None
        else None
    )
    if step is None:
        return 0
    cause = f"phase:{round_.phase_id}:{round_.phase.ends_at.isoformat()}:{step.days}d"
    rows = [
        row
        for row in list_jurors(event.id, round_.id)
        if row.progress.left and row.user.restricted_at is None
    ]
    return _once("reminder_juror", [{**juror_mail(event, round_, row, at), "cause": cause} for row in rows])


def _once(template: str, mails: Iterable[dict[str, Any]]) -> int:
    return sum(enqueue_mail_once(template, **mail) is not None for mail in mails)


class _DraftMail(NamedTuple):
    user_id: int
    deadline: datetime
    details: dict[str, Any]


def _draft_mails(event: Event, at: datetime) -> list[_DraftMail]:
    """A reminder for everybody in a team that may hand in now and has not; none whose data are restricted."""
    submission = find_span(event.phases, PhaseKind.SUBMISSION)
    if submission is None or submission.starts_at > at:
        return []
    holders = list_draft_holders(event.id)
    extensions = map_extensions(event.id, list({holder.team_id for holder in holders}))
    users = map_users({holder.user_id for holder in holders})
    mails = []
    for holder in holders:
        until = effective_deadline(
            submission.ends_at, extensions.get(holder.team_id, ()), holder.return_until
        )
        user = users[holder.user_id]
        if until is not None and until > at and user.restricted_at is None:
            mails.append(_draft_mail(event, holder, user, until, at))
    return mails


def _draft_mail(event: Event, holder: DraftHolder, user: User, until: datetime, at: datetime) -> _DraftMail:
    context = {
        "name": user.full_name,
        "event": event.name,
        "title": holder.title or holder.team_name,
        "deadline": until.isoformat(),
        "zone": event.zone,
        "path": f"/k/{event.slug}/usulan/{holder.idea_public_id}",
    }
    details = {**_to(user, event, at), "cause": f"draft:{holder.idea_public_id}:reminder", "context": context}
    return _DraftMail(user.id, until, details)


def _to(user: User, event: Event, at: datetime) -> dict[str, Any]:
    return {
        "address": user.email,
        "user_id": user.id,
        "locale": user.locale or "id",
        "event_id": event.id,
        "at": at,
    }


def _record(actor: Actor, action: str, user_ids: list[int], at: datetime) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        after={"user_ids": user_ids},
    )
