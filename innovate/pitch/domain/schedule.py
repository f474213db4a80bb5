"""When each team is due, from the start, the minutes of a team and the breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_MINUTES = 120
MOST_PAUSE = 240


@dataclass(frozen=True)
class Break:
    """A pause after the `after`-th team (from 1)."""

    after: int
    minutes: int
    label: str = ""


@dataclass(frozen=True)
class Plan:
    """What an organizer sets. Warnings are seconds before the end of a stage."""

    starts_at: datetime
    place: str = ""
    presentation_minutes: int = 7
    question_minutes: int = 13
    gap_minutes: int = 0
    warnings: tuple[int, ...] = (120, 30)
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the programme: a team (its place from 0) or a break."""

    starts_at: datetime
    ends_at: datetime
    place: int | None = None
    pause: Break | None = None


def list_lines(starts_at: datetime, teams: int, *, minutes: int, breaks: Sequence[Break] = ()) -> list[Line]:
    """The whole programme in order of time. A break after the last team is none; breaks of one place follow in turn."""
    lines: list[Line] = []
    at = starts_at
    for place in range(teams):
        lines.append(Line(at, at := at + timedelta(minutes=minutes), place=place))
        due = (pause for pause in breaks if pause.after == place + 1 < teams)
        lines += [Line(at, at := at + timedelta(minutes=pause.minutes), pause=pause) for pause in due]
    return lines
