"""What blind entries give away, for the secretariat."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.models import Event, FormField
from innovate.ideas.models import Idea, IdeaFile, IdeaRevision
from innovate.scoring.domain.leaks import Leak, Name, find_leaks
from innovate.scoring.models.integrity import LeakReview
from innovate.scoring.models.leaks import FileLeak
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.identities import list_named_entries
from innovate.scoring.queries.rounds import list_rounds


class PageLeak(NamedTuple):
    """A find inside an attachment."""

    filename: str
    page: int
    leak: Leak
    found_at: datetime


@dataclass(frozen=True)
class LeakyEntry:
    """An entry with the names found in it and in its files, and what the secretariat did about them (None: nothing yet,
    or something was found in a file since).
    """

    idea: Idea
    revision: IdeaRevision
    leaks: Sequence[Leak]
    pages: Sequence[PageLeak]
    review: LeakReview | None
    reviewer: str

    @property
    def passages(self) -> list[str]:
        """What was found, as it is read, for a mail."""
        return [
            f"{leak.before}{leak.found}{leak.after}"
            for leak in (*self.leaks, *(each.leak for each in self.pages))
        ]


def list_blind_rounds(event_id: int) -> list[Round]:
    """The event's blind rounds."""
    return [round_ for round_ in list_rounds(event_id) if round_.is_blind]


def list_leaks(event: Event, *, idea_id: int | None = None) -> list[LeakyEntry]:
    """Submitted entries in which a name of their unit, team or members was found. Six statements."""
    one = [] if idea_id is None else [Idea.id == idea_id]
    entries = list_named_entries(Idea.event_id == event.id, *one)
    ids = [entry.idea.id for entry in entries]
    labels = dict(
        db.session.execute(select(FormField.key, FormField.label).where(FormField.event_id == event.id))
        .tuples()
        .all()
    )
    names = select(IdeaFile.id, IdeaFile.filename).where(IdeaFile.idea_id.in_(ids))
    files = dict(db.session.execute(names).tuples().all())
    in_files = _list_in_files(ids)
    reviews = _newest_reviews(ids)
    found = []
    for idea, revision, known in entries:
        leaks = find_leaks(_parts(revision, labels, files), known)
        pages = [each for key in revision.files for each in in_files.get(key, ())]
        review, reviewer = reviews.get((idea.id, revision.id), (None, ""))
        if review is not None and any(each.found_at > review.at for each in pages):
            review, reviewer = None, ""
        if leaks or pages:
            found.append(LeakyEntry(idea, revision, leaks, pages, review, reviewer))
    return found


def _list_in_files(idea_ids: Collection[int]) -> dict[int, list[PageLeak]]:
    query = select(FileLeak, IdeaFile.filename).join(IdeaFile, IdeaFile.id == FileLeak.file_id)
    query = query.where(IdeaFile.idea_id.in_(idea_ids)).order_by(FileLeak.file_id, FileLeak.page, FileLeak.id)
    found: dict[int, list[PageLeak]] = {}
    for row, filename in db.session.execute(query):
        leak = Leak(Name(row.kind, row.name), filename, row.before, row.found, row.after)
        found.setdefault(row.file_id, []).append(PageLeak(filename, row.page, leak, row.found_at))
    return found


def _parts(revision: IdeaRevision, labels: dict[str, str], files: dict[int, str]) -> dict[str, str]:
    parts = {"": revision.title}
    for key, value in revision.answers.items():
        parts[labels.get(key, key)] = _as_text(value)
    for number, key in enumerate(revision.files, 1):
        if key in files:
            parts[f"\x00{number}"] = files[key]
    return parts


def _as_text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _newest_reviews(idea_ids: Sequence[int]) -> dict[tuple[int, int], tuple[LeakReview, str]]:
    query = select(LeakReview, User.name).join(User, User.id == LeakReview.by_id)
    query = query.where(LeakReview.idea_id.in_(idea_ids)).order_by(LeakReview.id)
    return {(row.idea_id, row.revision_id): (row, name) for row, name in db.session.execute(query)}
