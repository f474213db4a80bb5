"""Reminding jurors with work left, by hand; whoever was reminded lately is left in peace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.errors import Refused, require
from innovate.events.domain.phases import is_open
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.notifications.queries import last_sent_by_user
from innovate.notifications.services import enqueue_mail
from innovate.scoring import policy
from innovate.scoring.domain.quiet import may_remind
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.jury import JurorRow, list_jurors


def remind_jurors(actor: Actor, round_: Round, *, only: str = "", at: datetime) -> int:
    """Remind jurors with work left in the running round (`only`: one of them, by public id). Returns how many.

    Whoever was reminded within the quiet period is left in peace; Refused when that leaves nobody.
    """
    require(policy.can_lead(actor))
    require(is_open(round_.phase, at), Refused(_l("Babak ini tidak sedang dinilai.")))
    rows = [row for row in list_jurors(actor.event.id, round_.id) if row.progress.left]
    rows = [row for row in rows if not only or row.user.public_id == only]
    require(bool(rows), Refused(_l("Tidak ada juri dengan penilaian tersisa.")))
    last = last_sent_by_user("reminder_juror", actor.event.id)
    rows = [row for row in rows if may_remind(last.get(row.user.id), at)]
    require(bool(rows), Refused(_l("Juri ini sudah diingatkan dalam 12 jam terakhir.")))
    for row in rows:
        enqueue_mail("reminder_juror", **juror_mail(actor.event, round_, row, at))
    record(
        "reminder.jurors",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        after={"user_ids": [row.user.id for row in rows]},
    )
    return len(rows)


def juror_mail(event: Event, round_: Round, row: JurorRow, at: datetime) -> dict[str, Any]:
    """The mail that tells a juror what is left, as `enqueue_mail` takes it."""
    return {
        "address": row.user.email,
        "user_id": row.user.id,
        "locale": row.user.locale or "id",
        "event_id": event.id,
        "at": at,
        "cause": f"round:{round_.id}:reminder:{row.user.id}",
        "context": {
            "name": row.user.full_name,
            "event": event.name,
            "phase": round_.phase.name,
            "left": row.progress.left,
            "assigned": row.progress.assigned,
            "deadline": round_.phase.ends_at.isoformat(),
            "zone": event.zone,
            "path": f"/k/{event.slug}/juri",
        },
    }
