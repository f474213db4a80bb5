"""An idea laid out for reading."""

from __future__ import annotations

from typing import Any

from innovate.events.models import Event
from innovate.ideas.domain.reading import Entry, lay_out, lay_out_profile
from innovate.ideas.models import Idea, IdeaRevision
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.files import list_files_with_pages


def read_entry(event: Event, idea: Idea, revision: IdeaRevision | None = None) -> Entry:
    """The idea laid out for reading as `revision` says it (the working copy if None). Two queries.

    For jurors and the public, give `idea.submitted_revision`: only the pinned revision is judged. A field taken out of
    the form later is still shown where it was answered, or where something is attached to it.
    """
    source: Any = revision or idea
    files, pages = (idea.files, {}) if revision is None else list_files_with_pages(idea.id, revision.files)
    attached = {file.field_key for file in files}
    fields = [
        field
        for field in list_fields(event.id, with_removed=True)
        if field.removed_at is None or source.answers.get(field.key) or field.key in attached
    ]
    groups, tracks = ({row.id: row.name for row in rows} for rows in (event.groups, event.tracks))
    return Entry(
        public_id=idea.public_id,
        number=idea.number,
        title=source.title,
        group=groups.get(source.group_id or 0, ""),
        track=tracks.get(source.track_id or 0, ""),
        sections=lay_out(fields, source.answers, files),
        revision=revision.number if revision else None,
        files=tuple(files),
        pages=pages,
        profile=lay_out_profile(fields, source.answers),
    )
