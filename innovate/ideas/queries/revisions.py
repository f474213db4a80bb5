"""The history of an idea."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.models import Event, FormField
from innovate.ideas.domain.differences import FieldChange, compare_parts
from innovate.ideas.models import Idea, IdeaRevision
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.files import list_files


def list_revisions(idea_id: int) -> list[IdeaRevision]:
    """The idea's history, newest first, with authors."""
    query = (
        select(IdeaRevision).where(IdeaRevision.idea_id == idea_id).options(joinedload(IdeaRevision.author))
    )
    return list(db.session.scalars(query.order_by(IdeaRevision.number.desc())))


def find_last_revision(idea_id: int, *, with_author: bool = False) -> IdeaRevision | None:
    """The newest entry of the history."""
    query = select(IdeaRevision).where(IdeaRevision.idea_id == idea_id)
    if with_author:
        query = query.options(joinedload(IdeaRevision.author)).execution_options(populate_existing=True)
    return db.session.scalar(query.order_by(IdeaRevision.number.desc()).limit(1))


def get_judged_revision(idea_id: int) -> tuple[IdeaRevision, list[FormField]]:
    """The submitted revision of an idea and the fields of its form, removed ones too; NotFound without one."""
    query = select(IdeaRevision, Idea.event_id).join(Idea, Idea.submitted_revision_id == IdeaRevision.id)
    found = db.session.execute(query.where(Idea.id == idea_id)).first()
    if found is None:
        raise NotFound
    fields = select(FormField).where(FormField.event_id == found.event_id).order_by(FormField.position)
    return found.IdeaRevision, list(db.session.scalars(fields))


def was_handed_in(idea_id: int, file_id: int) -> bool:
    """Whether a file was part of any submission of the idea."""
    query = select(IdeaRevision.files).where(
        IdeaRevision.idea_id == idea_id, IdeaRevision.is_submission.is_(True)
    )
    return any(file_id in files for files in db.session.scalars(query))


def list_changes(
    event: Event, idea: Idea, before: IdeaRevision | None, after: IdeaRevision
) -> list[FieldChange]:
    """What differs between two revisions, part by part in the order of the form. `before` None: everything is new."""
    groups, tracks = ({row.id: row.name for row in rows} for rows in (event.groups, event.tracks))
    names = {file.id: file.filename for file in list_files(idea.id)}

    def say(revision: IdeaRevision | None) -> dict[str, str]:
        if revision is None:
            return {}
        texts = {
            "title": revision.title,
            "group": groups.get(revision.group_id or 0, ""),
            "track": tracks.get(revision.track_id or 0, ""),
            "files": "\n".join(names.get(key, "") for key in revision.files),
        }
        answers = {f"f-{key}": value for key, value in revision.answers.items()}
        return texts | {key: ", ".join(v) if isinstance(v, list) else str(v) for key, v in answers.items()}

    labels = [("title", ""), ("group", event.group_label), ("track", event.track_label)]
    labels += [(f"f-{field.key}", field.label) for field in list_fields(event.id, with_removed=True)]
    return compare_parts([*labels, ("files", "")], say(before), say(after))
