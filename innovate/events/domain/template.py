"""A template of an event, as its YAML says, and the timetable it proposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from innovate.events.domain.kinds import PhaseKind

_OPENS = time(8, 0)
_CLOSES = time(23, 59)
_BY_THE_HOUR = 3  # days: a submission this short (48 hours) is counted in hours, not in calendar days


@dataclass(frozen=True)
class PlannedPhase:
    """A phase of a template: days are counted from the first day of the event.

    `closes` is an hour of its last day, the day it opens being the first of `duration_days`.
    """

    kind: PhaseKind
    name: str
    days_from_start: int
    duration_days: int
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class Timespan:
    """A phase with its instants, not yet saved."""

    kind: PhaseKind
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Template:
    """What a new event begins with. `rubrics`, `ballots_per_idea` and `parts` are kept as written: features above read
    them. A saved template has a key that begins with `saved:`.
    """

    key: str
    name: Mapping[str, str]
    summary: Mapping[str, str]
    labels: Mapping[str, str]
    team: Mapping[str, Any]
    phases: tuple[PlannedPhase, ...]
    groups: Sequence[Mapping[str, Any]] = ()
    tracks: Sequence[Mapping[str, Any]] = ()
    form: Sequence[Mapping[str, Any]] = ()
    checklist: Sequence[Mapping[str, Any]] = ()
    prizes: Sequence[Mapping[str, Any]] = ()
    faq: Sequence[Mapping[str, Any]] = ()
    resources: Sequence[Mapping[str, Any]] = ()
    rubrics: Sequence[Mapping[str, Any]] = ()
    eligibility: Sequence[Mapping[str, Any]] = ()  # kind, blocks, and the parameters of that kind
    rules: str = ""
    ballots_per_idea: int = 3
    gallery: bool = True
    description: str = ""
    contact: str = ""
    place: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)  # of features above, by key

    @property
    def length_days(self) -> int:
        """Days from the first morning to the last evening."""
        return max(phase.days_from_start + phase.duration_days for phase in self.phases)


def parse_template(document: Mapping[str, Any]) -> Template:
    """A template out of a document that fits its shape; raises KeyError, TypeError or ValueError when it does not."""
    known = {each.name for each in fields(Template)} - {"phases", "parts"}
    own = {key: value for key, value in document.items() if key in known and value is not None}
    parts = {key: value for key, value in document.items() if key not in known and key != "phases"}
    return Template(phases=plan_phases(document["phases"]), parts=parts, **own)


def plan_phases(rows: Sequence[Mapping[str, Any]]) -> tuple[PlannedPhase, ...]:
    """Phases as a document has them."""
    return tuple(
        PlannedPhase(
            PhaseKind(row["kind"]),
            row["name"],
            int(row["days_from_start"]),
            int(row["duration_days"]),
            *(time.fromisoformat(row[key]) if row.get(key) else None for key in ("opens", "closes")),
        )
        for row in rows
    )


def write_phases(spans: Sequence[Any], zone: tzinfo) -> list[dict[str, Any]]:
    """A timetable as the phases of a document: `plan_phases` and `propose_timetable` give it back, on any first day."""
    if not spans:
        return []
    first_day = min(span.starts_at.astimezone(zone).date() for span in spans)
    rows = []
    for span in spans:
        opens, closes = (moment.astimezone(zone) for moment in (span.starts_at, span.ends_at))
        rows.append(
            {
                "kind": span.kind.value,
                "name": span.name,
                "days_from_start": (opens.date() - first_day).days,
                "duration_days": (closes.date() - opens.date()).days + 1,
                "opens": _hour(opens),
                "closes": _hour(closes),
            }
        )
    return rows


def _hour(moment: datetime) -> str:
    return moment.time().isoformat("seconds" if moment.second else "minutes")


def propose_timetable(planned: Sequence[PlannedPhase], first_day: date, zone: tzinfo) -> list[Timespan]:
    """Every phase opens at 08.00 and closes at 23.59 of its last day unless it says so, in the event's zone."""
    return [_propose(phase, first_day, zone) for phase in planned]


def _propose(phase: PlannedPhase, first_day: date, zone: tzinfo) -> Timespan:
    opens = first_day + timedelta(days=phase.days_from_start)
    starts_at = datetime.combine(opens, phase.opens or _OPENS, zone)
    if phase.closes is not None:
        last = opens + timedelta(days=phase.duration_days - 1)
        return Timespan(phase.kind, phase.name, starts_at, datetime.combine(last, phase.closes, zone))
    if phase.kind is PhaseKind.SUBMISSION and phase.duration_days <= _BY_THE_HOUR:
        ends_at = datetime.combine(opens + timedelta(days=phase.duration_days), _OPENS, zone)
    else:
        ends_at = datetime.combine(opens + timedelta(days=phase.duration_days - 1), _CLOSES, zone)
    return Timespan(phase.kind, phase.name, starts_at, ends_at)


def shift_timetable(spans: Sequence[Any], first_day: date, zone: tzinfo) -> list[Timespan]:
    """An earlier timetable moved so that it begins on `first_day`, keeping local hours and distances in days."""
    if not spans:
        return []
    begin = min(span.starts_at.astimezone(zone).date() for span in spans)
    moved = first_day - begin

    def move(instant: datetime) -> datetime:
        local = instant.astimezone(zone)
        return datetime.combine(local.date() + moved, local.timetz().replace(tzinfo=None), zone)

    return [Timespan(s.kind, s.name, move(s.starts_at), move(s.ends_at)) for s in spans]
