"""Planning a pitch day: place, times, warnings, breaks, and whether everybody may see it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.models import Phase
from innovate.events.policy import Actor
from innovate.pitch import policy
from innovate.pitch.domain.schedule import MOST_MINUTES, MOST_PAUSE, Plan
from innovate.pitch.models import PitchDay, PitchSlot
from innovate.pitch.queries import find_day
from innovate.pitch.services.trail import hold, note
from innovate.scoring.models.rounds import Round


def save_day(actor: Actor, round_: Round, plan: Plan, *, at: datetime) -> PitchDay:
    """Make or change the round's pitch day. Minutes changed while a team is on stage count for it at once."""
    require(policy.can_plan(actor))
    require(round_.event_id == actor.event.id, NotFound())
    _check(plan)
    locked(Round, round_.id)  # two organizers who plan at once make one day
    day = find_day(round_.id)
    if day is None:
        day = PitchDay(event_id=actor.event.id, round_id=round_.id, starts_at=plan.starts_at, version=0)
        db.session.add(day)
    else:
        day = hold(actor, round_).day
    day.starts_at, day.place = plan.starts_at, plan.place
    day.presentation_minutes, day.question_minutes = plan.presentation_minutes, plan.question_minutes
    day.gap_minutes = plan.gap_minutes
    day.warnings = sorted(plan.warnings, reverse=True)
    day.breaks = [asdict(pause) for pause in sorted(plan.breaks, key=lambda pause: pause.after)]
    day.version += 1
    db.session.flush()
    note(actor, day, "plan", at, **{**asdict(plan), "starts_at": plan.starts_at.isoformat()})
    return day


def publish_day(actor: Actor, round_: Round, *, published: bool, at: datetime) -> PitchDay:
    """Let everybody see the order and the stage, or hide them again."""
    require(policy.can_plan(actor))
    day = hold(actor, round_).day
    if published:
        require(bool(day.seed), Refused(_l("Undi urutan tampil dahulu, baru dapat diterbitkan.")))
    if (day.published_at is not None) != published:
        day.published_at = at if published else None
        day.version += 1
        note(actor, day, "publish" if published else "hide", at)
    return day


def drop_day(_actor: Actor, phase: Phase, _at: datetime) -> None:
    """A plan without a drawn order goes with its phase; a drawn one stays, and so the phase must."""
    day = db.session.scalar(
        select(PitchDay).join(Round, Round.id == PitchDay.round_id).where(Round.phase_id == phase.id)
    )
    drawn = day and db.session.scalar(select(PitchSlot.id).where(PitchSlot.day_id == day.id).limit(1))
    if day is not None and drawn is None:
        db.session.execute(delete(PitchDay).where(PitchDay.id == day.id))


def _check(plan: Plan) -> None:
    times = (
        ("presentation_minutes", plan.presentation_minutes, 1),
        ("question_minutes", plan.question_minutes, 1),
        ("gap_minutes", plan.gap_minutes, 0),
    )
    for name, minutes, least in times:
        text = _l("Isi %(low)d sampai %(high)d menit.", low=least, high=MOST_MINUTES)
        require(least <= minutes <= MOST_MINUTES, Refused(text, field=name))
    longest = 60 * max(plan.presentation_minutes, plan.question_minutes)
    too_long = Refused(_l("Peringatan paling lama sepanjang waktunya sendiri."), field="warnings")
    require(all(0 < seconds <= longest for seconds in plan.warnings), too_long)
    require(len(plan.warnings) <= 4, Refused(_l("Paling banyak empat peringatan."), field="warnings"))
    for pause in plan.breaks:
        sane = pause.after >= 1 and 1 <= pause.minutes <= MOST_PAUSE
        require(sane, Refused(_l("Jeda memerlukan nomor urut tim dan lamanya, 1 sampai 240 menit.")))
