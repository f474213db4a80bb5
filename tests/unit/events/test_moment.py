"""What a competition is doing now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.moment import find_moment

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Span:
    kind: PhaseKind
    starts_at: datetime
    ends_at: datetime


def span(kind: PhaseKind, start: float, end: float) -> Span:
    return Span(kind, NOW + timedelta(days=start), NOW + timedelta(days=end))


def timetable(shift: float) -> list[Span]:
    days = [
        (PhaseKind.REGISTRATION, 0, 10),
        (PhaseKind.SUBMISSION, 0, 12),
        (PhaseKind.SCREENING, 13, 15),
        (PhaseKind.JUDGING, 15, 25),
        (PhaseKind.FINAL, 26, 28),
        (PhaseKind.ANNOUNCEMENT, 30, 31),
    ]
    return [span(kind, start + shift, end + shift) for kind, start, end in days]


@pytest.mark.parametrize(
    ("shift", "status", "kind", "begins"),
    [
        (5, "soon", PhaseKind.REGISTRATION, True),
        (0, "open", PhaseKind.REGISTRATION, False),  # the first instant belongs to the phase
        (-10, "open", PhaseKind.SUBMISSION, False),  # registration has just ended
        (-12, "closed", PhaseKind.SCREENING, True),  # between submission and screening
        (-13, "screening", PhaseKind.SCREENING, False),
        (-15, "judging", PhaseKind.JUDGING, False),
        (-25.5, "closed", PhaseKind.FINAL, True),
        (-27, "final", PhaseKind.FINAL, False),
        (-30.5, "announcement", PhaseKind.ANNOUNCEMENT, False),
    ],
)
def test_moment_names_status_and_phase(shift, status, kind, begins):
    moment = find_moment(EventState.PUBLISHED, timetable(shift), NOW)
    assert (moment.status, moment.begins) == (status, begins)
    assert moment.phase is not None
    assert moment.phase.kind is kind
    assert moment.instant == (moment.phase.starts_at if begins else moment.phase.ends_at)


def test_nothing_is_left_after_the_last_phase():
    moment = find_moment(EventState.PUBLISHED, timetable(-31), NOW)
    assert (moment.status, moment.phase, moment.instant) == ("finished", None, None)
    assert find_moment(EventState.ARCHIVED, timetable(-31), NOW).status == "archived"


def test_event_without_phases_is_finished_and_a_draft_stays_a_draft():
    assert find_moment(EventState.PUBLISHED, [], NOW).status == "finished"
    draft = find_moment(EventState.DRAFT, timetable(0), NOW)
    assert draft.status == "draft"
    assert draft.phase is not None
