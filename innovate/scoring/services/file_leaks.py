"""Attachments of blind entries, searched for names by the runner once the words of their pages are read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select

from innovate.core.db import db
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.ideas.models import FilePage, Idea, IdeaFile, PagesState
from innovate.scoring.domain.leaks import Leak, Name, find_leaks
from innovate.scoring.models.leaks import FileLeak, FileScan
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.identities import list_named_entries

MOST_FILES = 100  # in one transaction; the next run takes the next ones


def scan_files(*, at: datetime) -> int:
    """Search files whose pages are read, in events with a blind round; how many were searched.

    A file is searched again when the names of its team, its members or its unit have changed.
    """
    done = 0
    for file_id, names, names_key in _list_due():
        if done == MOST_FILES:
            break
        _scan(file_id, names, names_key, at)
        done += 1
    return done


def _list_due() -> Iterator[tuple[int, Sequence[Name], str]]:
    alive = Event.state != EventState.ARCHIVED
    blind = exists().where(Round.event_id == Idea.event_id, Round.is_blind, Event.id == Round.event_id, alive)
    entries = list_named_entries(blind)
    ready = select(IdeaFile.id, FileScan.names).outerjoin(FileScan, FileScan.file_id == IdeaFile.id)
    ready = ready.join(Idea, Idea.id == IdeaFile.idea_id)
    known = dict(
        db.session.execute(ready.where(IdeaFile.pages_state == PagesState.READY, blind)).tuples().all()
    )
    for _idea, revision, names in entries:
        key = _fingerprint(names)
        for file_id in revision.files:
            if file_id in known and known[file_id] != key:
                yield file_id, names, key


def _fingerprint(names: Sequence[Name]) -> str:
    return hashlib.sha256(json.dumps(sorted(names)).encode()).hexdigest()


def _scan(file_id: int, names: Sequence[Name], key: str, at: datetime) -> None:
    pages = select(FilePage.number, FilePage.text).where(FilePage.file_id == file_id)
    found = [
        (number, leak)
        for number, text in db.session.execute(pages.order_by(FilePage.number))
        for leak in find_leaks({"": text}, names)
    ]
    before = {
        _what(row.page, row.name, row.found): row.found_at
        for row in db.session.scalars(select(FileLeak).filter_by(file_id=file_id))
    }
    db.session.execute(delete(FileLeak).where(FileLeak.file_id == file_id))
    for page, leak in found:
        since = before.get(_what(page, leak.name.text, leak.found), at)
        db.session.add(_row(file_id, page, leak, since))
    db.session.merge(FileScan(file_id=file_id, names=key, scanned_at=at))
    db.session.flush()


def _what(page: int, name: str, found: str) -> tuple[int, str, str]:
    """What was found before keeps its time, so that an answer given since still stands."""
    return page, name, found


def _row(file_id: int, page: int, leak: Leak, at: datetime) -> FileLeak:
    around = {"before": leak.before, "found": leak.found, "after": leak.after}
    return FileLeak(
        file_id=file_id, page=page, kind=leak.name.kind, name=leak.name.text, **around, found_at=at
    )
