"""Reminders: to jurors with work left and to teams with drafts, by hand or before a deadline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.accounts.queries import map_users
from innovate.audit.services import record
from innovate.core.errors import Refused, require
from innovate.events import policy
from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.phases import find_span, is_open
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import list_running_events
from innovate.ideas.queries.entries import list_draft_holders
from innovate.notifications.queries import last_sent_by_user
from innovate.notifications.services import enqueue_mail, enqueue_mail_once
from innovate.scoring.domain.quiet import may_remind
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.services.reminders import juror_mail

STEPS = (timedelta(days=3), timedelta(days=1))  # how long before a deadline people hear of it


def remind_draft_holders(actor: Actor, *, at: datetime) -> int:
    """Remind every member of a team whose proposal is not handed in. Returns how many people."""
    require(policy.can_manage(actor))
    submission = find_span(actor.event.phases, PhaseKind.SUBMISSION)
    closed = Refused(_l("Masa pengajuan tidak sedang berjalan."))
    require(submission is not None and is_open(submission, at), closed)
    last = last_sent_by_user("reminder_draft", actor.event.id)
    mails = [m for m in _draft_mails(actor.event, at) if may_remind(last.get(m[0]), at)]
    require(
        bool(mails),
        Refused(_l("Semua pemegang draf sudah diingatkan dalam 12 jam terakhir, atau tidak ada draf.")),
    )
    for _user_id, details in mails:
        enqueue_mail("reminder_draft", **details)
    _record(actor, "reminder.drafts", [user_id for user_id, _details in mails], at)
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
    submission = find_span(event.phases, PhaseKind.SUBMISSION)
    step = _due_step(submission.ends_at, at) if submission and is_open(submission, at) else None
    if submission is None or step is None:
        return 0
    cause = f"phase:{submission.id}:{submission.ends_at.isoformat()}:{step.days}d"
    mails = [{**details, "cause": cause} for _user_id, details in _draft_mails(event, at)]
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
    rows = [row for row in list_jurors(event.id, round_.id) if row.progress.left]
    return _once("reminder_juror", [{**juror_mail(event, round_, row, at), "cause": cause} for row in rows])


def _once(template: str, mails: Iterable[dict[str, Any]]) -> int:
    return sum(enqueue_mail_once(template, **mail) is not None for mail in mails)


def _draft_mails(event: Event, at: datetime) -> list[tuple[int, dict[str, Any]]]:
    submission = find_span(event.phases, PhaseKind.SUBMISSION)
    holders = list_draft_holders(event.id)
    users = map_users({holder.user_id for holder in holders})
    return [
        (
            holder.user_id,
            {
                **_to(users[holder.user_id], event, at),
                "cause": f"draft:{holder.idea_public_id}:reminder",
                "context": {
                    "name": users[holder.user_id].full_name,
                    "event": event.name,
                    "title": holder.title or holder.team_name,
                    "deadline": submission.ends_at.isoformat() if submission else "",
                    "zone": event.zone,
                    "path": f"/k/{event.slug}/usulan/{holder.idea_public_id}",
                },
            },
        )
        for holder in holders
    ]


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
