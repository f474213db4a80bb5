"""The console: start, pause, resume, next stage, next team, reset, and taking the last press back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.pitch.domain.timer import NotNow, Press, Run, Stage, finish, press
from innovate.pitch.models import PitchDay, PitchSlot
from innovate.pitch.queries import Programme, Turn, find_last_step
from innovate.pitch.services.order import check_version
from innovate.pitch.services.trail import hold, keep_step, note
from innovate.scoring.models.rounds import Round


def press_timer(actor: Actor, round_: Round, what: Press, *, version: int, at: datetime) -> PitchDay:
    """One press on the timer of the team on stage. `version` is the day as the operator saw it; else Stale."""
    programme = hold(actor, round_)
    check_version(programme, version)
    turn = programme.current
    if turn is None:
        raise Refused(_l("Belum ada tim di panggung. Panggil tim berikutnya."))
    try:
        after = press(turn.run, what, at)
    except NotNow:
        raise Refused(_l("Tombol itu tidak berlaku sekarang.")) from None
    before = _kept(programme, turn)
    turn.slot.run = after
    _done(actor, programme, turn, what.value, at, before)
    return programme.day


def call_next_team(actor: Actor, round_: Round, *, version: int, at: datetime) -> PitchDay:
    """The team on stage leaves it, its time kept; the next that waits comes on. After the last, the stage is empty."""
    programme = hold(actor, round_)
    check_version(programme, version)
    current, following = programme.current, programme.next
    if current is not None:
        unheard = Refused(
            _l("Tim ini belum tampil. Mulai waktunya, atau tunda dengan alasan bila tidak hadir.")
        )
        require(current.slot.stage is not Stage.READY or not current.takes_part, unheard)
    elif following is None:
        raise Refused(_l("Semua tim sudah tampil."))
    before = _kept(programme, current, following)
    if current is not None:
        current.slot.run = finish(current.run, at)
    programme.day.current_id = following.slot.id if following else None
    if following is not None:
        following.slot.called_at = at
    _done(actor, programme, following or current, "team", at, before)
    return programme.day


def undo(actor: Actor, round_: Round, *, version: int, at: datetime) -> PitchDay:
    """Everything as it was before the last press, the time meanwhile included: as if it had never been pressed."""
    programme = hold(actor, round_)
    check_version(programme, version)
    step = find_last_step(programme.day.id)
    if step is None or step.before is None:
        raise Refused(_l("Tidak ada langkah yang dapat dibatalkan."))
    step.undone_at = at
    programme.day.current_id = step.before["current"]
    for key, row in step.before["slots"].items():
        slot = db.session.get_one(PitchSlot, int(key))
        slot.run = _read_run(row)
        slot.called_at = _read_instant(row["called_at"])
    programme.day.version += 1
    note(actor, programme.day, "undo", at, what=step.what)
    return programme.day


def _done(
    actor: Actor, programme: Programme, turn: Turn | None, what: str, at: datetime, before: dict[str, Any]
) -> None:
    day = programme.day
    day.version += 1
    keep_step(actor, day, turn.slot.id if turn else None, what, at, before)
    note(actor, day, what, at, entry=turn.label if turn else "", stage=turn.slot.stage.value if turn else "")


def _kept(programme: Programme, *turns: Turn | None) -> dict[str, Any]:
    slots = {str(turn.slot.id): _write_run(turn.slot) for turn in turns if turn is not None}
    return {"current": programme.day.current_id, "slots": slots}


def _write_run(slot: PitchSlot) -> dict[str, Any]:
    run = slot.run
    return {
        "stage": run.stage.value,
        "started_at": run.started_at.isoformat() if run.started_at else None,
        "carried": run.carried,
        "presentation": run.presentation,
        "questions": run.questions,
        "called_at": slot.called_at.isoformat() if slot.called_at else None,
    }


def _read_run(row: dict[str, Any]) -> Run:
    return Run(
        Stage(row["stage"]),
        _read_instant(row["started_at"]),
        row["carried"],
        row["presentation"],
        row["questions"],
    )


def _read_instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
