"""What is missing before an event can be launched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.phases import Span, find_problems, find_span


@dataclass(frozen=True)
class Facts:
    """What the rules below need to know about an event."""

    phases: Sequence[Span]
    has_description: bool
    has_rules: bool
    has_contact: bool
    fields: int
    prizes: int
    questions: int
    checklist: int
    jurors: int
    screeners: int


@dataclass(frozen=True)
class Check:
    """One thing to have before launch. `must`: publishing waits for it; otherwise it is advice."""

    code: str
    done: bool
    must: bool = False


def list_checks(facts: Facts, now: datetime) -> list[Check]:
    """Every check in the order in which an organizer would deal with it."""
    return [
        Check("description", facts.has_description, must=True),
        Check("timetable", bool(facts.phases) and not find_problems(facts.phases), must=True),
        Check("submission_ahead", _takes_entries_later(facts.phases, now), must=True),
        Check("form", facts.fields > 0, must=True),
        Check("rules", facts.has_rules),
        Check("contact", facts.has_contact),
        Check("prizes", facts.prizes > 0),
        Check("questions", facts.questions > 0),
        Check("checklist", facts.checklist > 0 or find_span(facts.phases, PhaseKind.SCREENING) is None),
        Check("screeners", facts.screeners > 0 or find_span(facts.phases, PhaseKind.SCREENING) is None),
        Check("jurors", facts.jurors > 0),
    ]


def blocking(checks: Iterable[Check]) -> list[Check]:
    """What still stands in the way of publishing."""
    return [check for check in checks if check.must and not check.done]


def _takes_entries_later(phases: Sequence[Span], now: datetime) -> bool:
    submission = find_span(phases, PhaseKind.SUBMISSION)
    return submission is not None and submission.ends_at > now
