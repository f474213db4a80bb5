"""Giving papers their numbers: without a gap in an event's year, whoever issues at the same time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text

from innovate.audit.services import Record, record_all
from innovate.core.db import db, locked
from innovate.documents.domain.codes import new_code, show_code
from innovate.documents.domain.dates import write_date
from innovate.documents.domain.kinds import CODES, PaperKind
from innovate.documents.domain.numbering import write_number
from innovate.documents.models import Document, PaperSettings
from innovate.documents.queries.settings import read_settings
from innovate.events.models import Event

_FREE_NUMBERS = 7_265_001  # of the lock behind the series of no event; SQLite has one writer anyway


@dataclass(frozen=True)
class Draft:
    """A paper before it has its number; `data` is what its template prints beside number, code and date."""

    kind: PaperKind
    subject: str
    data: Mapping[str, Any]
    user_id: int | None = None
    team_id: int | None = None
    holder: str = ""
    pattern: str = ""  # its kind's own, empty for the event's
    activity_id: int | None = None
    board_id: int | None = None
    snapshot_id: int | None = None


def hold_numbers(event: Event) -> None:
    """Nobody else issues papers of this event until the commit; who checks what is in force does it after this."""
    locked(Event, event.id)


def issue_all(
    event: Event, drafts: Sequence[Draft], *, site: str, actor_id: int, at: datetime
) -> list[Document]:
    """Number the papers in their order and keep them with their data; the runner sets them. `hold_numbers` first."""
    series = Series(event.id, event.zone, read_settings(event))
    return issue_in(series, drafts, site=site, actor_id=actor_id, at=at)


@dataclass(frozen=True)
class Series:
    """Papers that are numbered together: an event's, or (None) of all activities that belong to no event."""

    event_id: int | None
    zone: str
    settings: PaperSettings

    def hold(self) -> None:
        """Nobody else takes a number of it until the commit."""
        if self.event_id is not None:
            locked(Event, self.event_id)
        elif db.session.get_bind().dialect.name == "postgresql":
            db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FREE_NUMBERS})


def issue_in(
    series: Series, drafts: Sequence[Draft], *, site: str, actor_id: int, at: datetime
) -> list[Document]:
    """The same in any series, which is held."""
    settings = series.settings
    day = at.astimezone(ZoneInfo(series.zone)).date()
    last = select(func.max(Document.sequence)).where(
        Document.event_id == series.event_id, Document.year == day.year
    )
    after = db.session.scalar(last) or 0
    rows = [
        _number(draft, settings, sequence, day, site=site) for sequence, draft in enumerate(drafts, after + 1)
    ]
    for row in rows:
        row.event_id, row.issued_by_id, row.issued_at = series.event_id, actor_id, at
    db.session.add_all(rows)
    db.session.flush()
    record_all(
        [
            Record(
                "document.issue",
                "document",
                row.id,
                event_id=series.event_id,
                after={"kind": row.kind.value, "number": row.number},
                subject_id=row.user_id,
            )
            for row in rows
        ],
        actor_id=actor_id,
        at=at,
    )
    return rows


def issue_new(event: Event, drafts: Sequence[Draft], *, site: str, actor_id: int, at: datetime) -> int:
    """The same for those whose subject never had a paper; how many. Doing it again issues nothing."""
    held = set(db.session.scalars(select(Document.subject).where(Document.event_id == event.id)))
    missing = [draft for draft in drafts if draft.subject not in held]
    if missing:
        issue_all(event, missing, site=site, actor_id=actor_id, at=at)
    return len(missing)


def _number(draft: Draft, settings: PaperSettings, sequence: int, day: date, *, site: str) -> Document:
    code = new_code()
    number = write_number(
        draft.pattern or settings.pattern,
        number=sequence,
        code=CODES[draft.kind],
        unit=settings.unit_code,
        day=day,
    )
    given = {"number": number, "code": show_code(code), "url": f"{site}/dokumen/{show_code(code)}"}
    return Document(
        kind=draft.kind,
        subject=draft.subject,
        year=day.year,
        sequence=sequence,
        number=number,
        code=code,
        day=day,
        user_id=draft.user_id,
        team_id=draft.team_id,
        activity_id=draft.activity_id,
        holder=draft.holder,
        board_id=draft.board_id,
        snapshot_id=draft.snapshot_id,
        data={**draft.data, **given, "date": write_date(day)},
    )
