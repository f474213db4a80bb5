"""The history of an idea: every save leaves a trace, autosaves a joined one."""

from __future__ import annotations

from datetime import datetime

from innovate.audit import services as audit
from innovate.core.db import db
from innovate.events.policy import Actor
from innovate.ideas.domain.answers import answers_equal
from innovate.ideas.domain.revisions import continues
from innovate.ideas.models import Idea, IdeaRevision
from innovate.ideas.queries.revisions import find_last_revision


def record_save(actor: Actor, idea: Idea, *, explicit: bool, at: datetime) -> IdeaRevision:
    """Write the working copy into the history: into its last entry where that is still growing, else a new one."""
    last = find_last_revision(idea.id)
    if last and _grows(last, actor, at):
        _copy(idea, last)
        last.at, last.is_autosave = at, not explicit
        return last
    if last and says_the_same(idea, last):
        return last
    revision = _append(actor, idea, last, at)
    revision.is_autosave = not explicit
    _audit(actor, idea, revision, "idea.save", at)
    return revision


def pin_working_copy(actor: Actor, idea: Idea, *, at: datetime) -> IdeaRevision:
    """A revision that says what the working copy says now and never grows again."""
    revision = record_save(actor, idea, explicit=True, at=at)
    revision.is_autosave = False
    db.session.flush()
    return revision


def record_submission(actor: Actor, idea: Idea, *, at: datetime) -> IdeaRevision:
    """Write the working copy as a revision of its own that never changes again."""
    revision = _append(actor, idea, find_last_revision(idea.id), at)
    revision.is_submission = True
    db.session.flush()
    return revision


def says_the_same(idea: Idea, revision: IdeaRevision) -> bool:
    """Whether the working copy equals this revision."""
    return (
        (idea.title, idea.group_id, idea.track_id) == (revision.title, revision.group_id, revision.track_id)
        and answers_equal(idea.answers, revision.answers)
        and sorted(file.id for file in idea.files) == sorted(revision.files)
    )


def _grows(last: IdeaRevision, actor: Actor, at: datetime) -> bool:
    return continues(
        is_autosave=last.is_autosave,
        author_id=last.author_id,
        began_at=last.began_at or last.at,
        saved_by=actor.user_id,
        at=at,
    )


def _append(actor: Actor, idea: Idea, last: IdeaRevision | None, at: datetime) -> IdeaRevision:
    number = last.number + 1 if last else 1
    revision = IdeaRevision(idea_id=idea.id, number=number, author_id=actor.user_id, at=at, began_at=at)
    _copy(idea, revision)
    db.session.add(revision)
    return revision


def _copy(idea: Idea, revision: IdeaRevision) -> None:
    revision.title, revision.group_id, revision.track_id = idea.title, idea.group_id, idea.track_id
    revision.answers = dict(idea.answers)
    revision.files = [file.id for file in idea.files]


def _audit(actor: Actor, idea: Idea, revision: IdeaRevision, action: str, at: datetime) -> None:
    audit.record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="idea",
        object_id=idea.id,
        event_id=idea.event_id,
        after={"revision": revision.number},
    )
