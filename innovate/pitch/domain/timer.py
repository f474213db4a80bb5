"""The timer of one team: a state machine over instants. Nothing ticks; what a screen shows follows from the state.

ready -> presentation -> questions -> done. In presentation and questions the clock runs (`started_at`) or is paused;
`carried` is what the stage had used up before it last started. Times are whole milliseconds.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

_MS = timedelta(milliseconds=1)


class Stage(enum.StrEnum):
    """Where a team is on stage."""

    READY = "ready"
    PRESENTATION = "presentation"
    QUESTIONS = "questions"
    DONE = "done"

    @property
    def has_clock(self) -> bool:
        """Whether time counts."""
        return self in {Stage.PRESENTATION, Stage.QUESTIONS}


class Press(enum.StrEnum):
    """What an operator may press for the team on stage."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"  # the next stage
    RESET = "reset"


class NotNow(Exception):
    """The press means nothing in this state."""


@dataclass(frozen=True)
class Run:
    """One team's time: the stage, since when it runs, and milliseconds used."""

    stage: Stage = Stage.READY
    started_at: datetime | None = None
    carried: int = 0
    presentation: int = 0  # used by the presentation once it is over
    questions: int = 0  # used by the questions once they are over

    def elapsed(self, at: datetime) -> int:
        """Milliseconds used in the present stage; a clock behind the start counts as the start."""
        if self.started_at is None:
            return self.carried
        return self.carried + max(0, (at - self.started_at) // _MS)

    @property
    def is_running(self) -> bool:
        """Whether time runs."""
        return self.started_at is not None

    @property
    def is_paused(self) -> bool:
        """Whether a stage has begun and stands still."""
        return self.stage.has_clock and self.started_at is None

    def choices(self) -> list[Press]:
        """What may be pressed, the usual step first."""
        if self.stage is Stage.READY:
            return [Press.START]
        if self.stage is Stage.DONE:
            return [Press.RESET]
        return [Press.NEXT, Press.PAUSE if self.is_running else Press.RESUME, Press.RESET]


def press(run: Run, what: Press, at: datetime) -> Run:
    """The state after a press; NotNow where it means nothing."""
    if what not in run.choices():
        raise NotNow
    if what is Press.START:
        return Run(Stage.PRESENTATION, at)
    if what is Press.PAUSE:
        return replace(run, started_at=None, carried=run.elapsed(at))
    if what is Press.RESUME:
        return replace(run, started_at=at)
    return Run() if what is Press.RESET else _step(run, at)


def _step(run: Run, at: datetime) -> Run:
    used = run.elapsed(at)
    if run.stage is Stage.PRESENTATION:
        return Run(Stage.QUESTIONS, at, presentation=used)
    return Run(Stage.DONE, presentation=run.presentation, questions=used)


def finish(run: Run, at: datetime) -> Run:
    """The team leaves the stage: whatever stage it was in is over, a stage that never began took no time."""
    while run.stage.has_clock:
        run = _step(run, at)
    return run


class Tone(enum.StrEnum):
    """How urgent: time enough, a warning, the last warning, time is up."""

    CALM = "calm"
    WARN = "warn"
    LAST = "last"
    OVER = "over"


@dataclass(frozen=True)
class Reading:
    """What the clock face shows: milliseconds left (never negative), over the limit, and the tone."""

    left: int
    over: int
    tone: Tone


def read(elapsed: int, limit: int, warnings: Sequence[int]) -> Reading:
    """The face for `elapsed` of `limit` milliseconds; `warnings` are milliseconds before the end.

    The last warning has a tone of its own, earlier ones share theirs; a warning as long as the stage says nothing.
    """
    left = limit - elapsed
    if left <= 0:
        return Reading(0, -left, Tone.OVER)
    reached = [w for w in warnings if left <= w < limit]
    if not reached:
        return Reading(left, 0, Tone.CALM)
    return Reading(left, 0, Tone.LAST if min(warnings) in reached else Tone.WARN)


def overrun(used: int, limit: int) -> int:
    """Milliseconds used beyond the limit."""
    return max(0, used - limit)


def face(reading: Reading) -> str:
    """`06:59`, `+01:05`. Left is rounded up, over is rounded down, so that 00:00 is the very end."""
    if reading.tone is Tone.OVER:
        seconds = reading.over // 1000
        return f"+{seconds // 60:02d}:{seconds % 60:02d}"
    seconds = -(-reading.left // 1000)
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
