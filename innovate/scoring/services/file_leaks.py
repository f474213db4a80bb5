"""Attachments of blind entries, searched for names by the runner: pages of PDFs once they are read, office files."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import delete, exists, or_, select

from innovate.core import office, storage
from innovate.core.db import db, transaction
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.ideas.models import FilePage, Idea, IdeaFile, PagesState
from innovate.scoring.domain.leaks import Leak, Name, find_leaks
from innovate.scoring.models.leaks import FileLeak, FileScan
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.identities import list_named_entries

log = logging.getLogger(__name__)
MOST_FILES = 100  # in one run; the next run takes the next ones


class _Due(NamedTuple):
    """A file to search, for which names, and where it lies if it has no pages to read."""

    file_id: int
    names: Sequence[Name]
    names_key: str
    storage_key: str


def scan_files(*, at: datetime) -> int:
    """Search files of events with a blind round, each in a transaction of its own; how many were searched.

    A file is searched again when the names of its team, its members or its unit have changed.
    """
    with transaction():
        due = list(islice(_list_due(), MOST_FILES))
    for each in due:
        words = _read(each) if each.storage_key else None  # before the database waits for us
        with transaction():
            _scan(each, words, at)
    return len(due)


def _list_due() -> Iterator[_Due]:
    alive = Event.state != EventState.ARCHIVED
    blind = exists().where(Round.event_id == Idea.event_id, Round.is_blind, Event.id == Round.event_id, alive)
    entries = list_named_entries(blind)
    is_office = IdeaFile.media_type.in_(office.MEDIA_TYPES)
    files = select(IdeaFile.id, FileScan.names, IdeaFile.storage_key, is_office)
    files = files.outerjoin(FileScan, FileScan.file_id == IdeaFile.id).join(Idea, Idea.id == IdeaFile.idea_id)
    readable = or_(IdeaFile.pages_state == PagesState.READY, is_office)
    known = {row[0]: row[1:] for row in db.session.execute(files.where(readable, blind))}
    for _idea, revision, names in entries:
        key = _fingerprint(names)
        for file_id in revision.files:
            if file_id in known and known[file_id][0] != key:
                _scanned, place, unpaged = known[file_id]
                yield _Due(file_id, names, key, place if unpaged else "")


def _read(due: _Due) -> list[tuple[int, str]]:
    try:
        return office.read_words(storage.read(due.storage_key))
    except (office.CannotReadError, FileNotFoundError) as fault:
        log.info("no words of file %s: %s", due.file_id, fault)
        return []


def _fingerprint(names: Sequence[Name]) -> str:
    return hashlib.sha256(json.dumps(sorted(names)).encode()).hexdigest()


def _scan(due: _Due, words: list[tuple[int, str]] | None, at: datetime) -> None:
    file_id = due.file_id
    if words is None:
        pages = select(FilePage.number, FilePage.text).where(FilePage.file_id == file_id)
        words = list(db.session.execute(pages.order_by(FilePage.number)).tuples())
    found = [(number, leak) for number, text in words for leak in find_leaks({"": text}, due.names)]
    before = {
        _what(row.page, row.name, row.found): row.found_at
        for row in db.session.scalars(select(FileLeak).filter_by(file_id=file_id))
    }
    db.session.execute(delete(FileLeak).where(FileLeak.file_id == file_id))
    for page, leak in found:
        since = before.get(_what(page, leak.name.text, leak.found), at)
        db.session.add(_row(file_id, page, leak, since))
    db.session.merge(FileScan(file_id=file_id, names=due.names_key, scanned_at=at))
    db.session.flush()


def _what(page: int, name: str, found: str) -> tuple[int, str, str]:
    """What was found before keeps its time, so that an answer given since still stands."""
    return page, name, found


def _row(file_id: int, page: int, leak: Leak, at: datetime) -> FileLeak:
    around = {"before": leak.before, "found": leak.found, "after": leak.after}
    return FileLeak(
        file_id=file_id, page=page, kind=leak.name.kind, name=leak.name.text, **around, found_at=at
    )
