"""What every write of a pitch day shares: holding the day, telling screens, and the audit chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.pitch import policy
from innovate.pitch.models import PitchChange, PitchDay, PitchStep
from innovate.pitch.queries import Programme, get_day, load_programme
from innovate.scoring.models.rounds import Round


def hold(actor: Actor, round_: Round) -> Programme:
    """The round's programme as it is now, held against other hands until the commit; for those who run the day."""
    require(policy.can_operate(actor))
    require(round_.event_id == actor.event.id, NotFound())
    day = locked(PitchDay, get_day(round_.id).id)
    return load_programme(day, round_)


def note(actor: Actor, day: PitchDay, action: str, at: datetime, **after: Any) -> None:
    """One entry of the audit chain about the day."""
    record(
        f"pitch.{action}",
        actor_id=actor.user_id,
        at=at,
        object_type="pitch_day",
        object_id=day.id,
        event_id=actor.event.id,
        after=after,
    )


def note_change(
    actor: Actor,
    day: PitchDay,
    what: str,
    at: datetime,
    *,
    label: str = "",
    before: int | None = None,
    after: int | None = None,
    reason: str = "",
) -> None:
    """A line of the order's history, and the same in the audit chain. Places count from 1."""
    db.session.add(
        PitchChange(
            day_id=day.id,
            what=what,
            label=label,
            before=before,
            after=after,
            seed=day.seed,
            reason=reason,
            actor_id=actor.user_id,
            at=at,
        )
    )
    values = {"entry": label, "before": before, "after": after, "reason": reason, "seed": day.seed}
    note(actor, day, what, at, **{key: value for key, value in values.items() if value not in ("", None)})


def keep_step(
    actor: Actor, day: PitchDay, slot_id: int | None, what: str, at: datetime, before: dict[str, Any] | None
) -> None:
    """One press, with what was before where it can be taken back."""
    db.session.add(
        PitchStep(day_id=day.id, slot_id=slot_id, what=what, actor_id=actor.user_id, at=at, before=before)
    )


def require_reason(reason: str) -> str:
    """A reason that says something; refused otherwise."""
    reason = reason.strip()
    require(len(reason) >= 5, Refused(_l("Tulis alasannya, paling sedikit lima huruf."), field="reason"))
    return reason
