"""What screens poll: the state of the stage in a few hundred bytes. Times are milliseconds; no texts, no scores."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from innovate.pitch.domain.timer import Stage, Tone, face, read
from innovate.pitch.models import PitchDay
from innovate.pitch.queries import Programme, Turn


def etag_of(day: PitchDay) -> str:
    """Changes with everything a screen could show."""
    return f"{day.id}-{day.version}"


def state_of(programme: Programme) -> dict[str, Any]:
    """The stage now. `phase`: before, ready, presentation, questions, done, over; `since` is null while paused."""
    day, turn = programme.day, programme.current
    run = turn.run if turn else None
    phase = run.stage.value if run else ("over" if programme.is_over else "before")
    return {
        "version": day.version,
        "phase": phase,
        "since": _ms(run.started_at) if run else None,
        "used": run.carried if run else 0,
        "limit": day.limit(run.stage) if run else 0,
        "warn": [1000 * seconds for seconds in day.warnings],
        "place": (programme.listed.index(turn) + 1) if turn and turn in programme.listed else 0,
        "of": len(programme.listed),
        "now": _names(turn),
        "next": _names(programme.next),
    }


def face_of(programme: Programme, at: datetime) -> dict[str, str]:
    """The clock face as it stands at `at`, for a page before its script runs; empty while the stage is."""
    turn = programme.current
    if turn is None or turn.run.stage is Stage.DONE:
        return {"text": "", "tone": Tone.CALM.value}
    run, day = turn.run, programme.day
    warnings = [1000 * seconds for seconds in day.warnings] if run.stage.has_clock else []
    reading = read(run.elapsed(at), day.limit(run.stage), warnings)
    return {"text": face(reading), "tone": reading.tone.value}


def _names(turn: Turn | None) -> dict[str, str] | None:
    if turn is None:
        return None
    return {"id": turn.slot.public_id, "label": turn.label, "title": turn.title, "team": turn.team}


def _ms(at: datetime | None) -> int | None:
    return int(at.timestamp() * 1000) if at else None
