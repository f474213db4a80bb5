"""What deserves attention in a competition now: the finding that heads the page, and alerts with their cure."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SILENT_AFTER = timedelta(days=3)


class Alert(enum.StrEnum):
    """Kinds of alerts; the page has words and a link for each."""

    UNSIGNED = "unsigned"
    CLASH = "clash"
    UNCOVERED = "uncovered"
    UNASSIGNED = "unassigned"
    SPLIT = "split"
    SILENT_JUROR = "silent_juror"
    TO_SCREEN = "to_screen"
    INCOMPLETE_TEAMS = "incomplete_teams"
    LATE_DRAFTS = "late_drafts"
    LATE_BALLOTS = "late_ballots"
    MAIL_FAILED = "mail_failed"
    NO_RUBRIC = "no_rubric"
    NO_JURY = "no_jury"


@dataclass(frozen=True)
class JurorFacts:
    """A juror's work in the running round; `last_at` is when they last saved."""

    name: str
    public_id: str
    assigned: int
    done: int
    last_at: datetime | None

    @property
    def left(self) -> int:
        """Ballots still to hand in."""
        return self.assigned - self.done


@dataclass(frozen=True)
class Shortage:
    """A round that is not over: its number and name, entries with too few jurors, groups that share no entry."""

    number: int
    name: str
    short: tuple[str, ...] = ()
    groups: int = 1


@dataclass(frozen=True)
class Facts:
    """Counts of a competition at one instant; a phase flag says whether that phase is running."""

    registered: int = 0
    complete: int = 0
    drafts: int = 0
    submitted: int = 0
    to_screen: int = 0
    returned: int = 0
    eligible: int = 0
    scored: int = 0
    entries: int = 0
    wanted: int = 0
    uncovered: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    jurors: tuple[JurorFacts, ...] = ()
    late_ballots: int = 0
    unsigned: bool = False  # judging is near or has begun, and the impact record it waits for is not signed
    mails_failed: int = 0
    has_round: bool = False
    has_rubric: bool = True
    registering: bool = False
    submitting: bool = False
    screening: bool = False
    judging: bool = False
    judging_began: datetime | None = None
    judging_ends: datetime | None = None
    submission_ends: datetime | None = None


@dataclass(frozen=True)
class Finding:
    """One alert: how many, and up to three names."""

    kind: Alert
    count: int = 1
    names: tuple[str, ...] = ()
    subject: str = ""
    at: datetime | None = field(default=None)
    number: int = 0


def find_alerts(facts: Facts, now: datetime) -> list[Finding]:
    """Alerts in the order in which they hurt."""
    waits = [Finding(Alert.UNSIGNED)] if facts.unsigned else []
    return [*waits, *_judging_alerts(facts, now), *_entry_alerts(facts, now), *_mail_alerts(facts)]


def _judging_alerts(facts: Facts, now: datetime) -> list[Finding]:
    if not facts.has_round:
        return []
    found = [Finding(Alert.LATE_BALLOTS, facts.late_ballots)] if facts.late_ballots else []
    if facts.clashes:
        found.append(_named(Alert.CLASH, facts.clashes))
    if not facts.has_rubric:
        found.append(Finding(Alert.NO_RUBRIC))
    if facts.eligible and not facts.jurors:
        found.append(Finding(Alert.NO_JURY))
    if facts.jurors:
        found += _find_shortages(facts)
    if facts.judging:
        if facts.uncovered:
            found.append(_named(Alert.UNCOVERED, facts.uncovered))
        found += [
            Finding(Alert.SILENT_JUROR, juror.left, (juror.name,), juror.public_id, juror.last_at)
            for juror in find_silent_jurors(facts, now)
        ]
    return found


def _find_shortages(facts: Facts) -> list[Finding]:
    """In every round that is not over: entries that would fall out unseen, and juries nobody could compare."""
    found = []
    for row in facts.shortages:
        if row.short:
            found.append(
                Finding(Alert.UNASSIGNED, len(row.short), row.short[:3], row.name, number=row.number)
            )
        if row.groups > 1:
            found.append(Finding(Alert.SPLIT, row.groups, (), row.name, number=row.number))
    return found


def _entry_alerts(facts: Facts, now: datetime) -> list[Finding]:
    found = []
    if facts.to_screen and not (facts.registering or facts.submitting):
        found.append(Finding(Alert.TO_SCREEN, facts.to_screen))
    if (
        facts.drafts
        and facts.submission_ends
        and timedelta(0) < facts.submission_ends - now < timedelta(days=3)
    ):
        found.append(Finding(Alert.LATE_DRAFTS, facts.drafts, at=facts.submission_ends))
    incomplete = facts.registered - facts.complete
    if incomplete and facts.submitting:
        found.append(Finding(Alert.INCOMPLETE_TEAMS, incomplete))
    return found


def _mail_alerts(facts: Facts) -> list[Finding]:
    return [Finding(Alert.MAIL_FAILED, facts.mails_failed)] if facts.mails_failed else []


def _named(kind: Alert, names: Sequence[str]) -> Finding:
    return Finding(kind, len(names), tuple(names[:3]))


def find_silent_jurors(facts: Facts, now: datetime) -> list[JurorFacts]:
    """Jurors with work left who have not saved anything for three days of a running round, or nothing at all when half
    of it is gone; most work first.
    """
    if not facts.judging or facts.judging_began is None:
        return []
    began = facts.judging_began
    middle = began + (facts.judging_ends - began) / 2 if facts.judging_ends else None
    silent = [
        juror
        for juror in facts.jurors
        if juror.left
        and (
            now - max(juror.last_at or began, began) >= SILENT_AFTER
            or (juror.last_at is None and middle is not None and now >= middle)
        )
    ]
    return sorted(silent, key=lambda juror: (-juror.left, juror.name))


def forecast_end(facts: Facts, now: datetime) -> datetime | None:
    """When the jury will be done if it goes on as it has since the round began.

    None while that cannot be said: no running round, no ballot yet, nothing left, or less than a day to judge by.
    """
    began = facts.judging_began
    done, left = sum(juror.done for juror in facts.jurors), sum(juror.left for juror in facts.jurors)
    if not facts.judging or began is None or not done or not left or now - began < timedelta(days=1):
        return None
    return now + (now - began) * (left / done)
