"""Files of ideas and the pages drawn from them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.ideas.domain.reading import PageSet, Picture
from innovate.ideas.models import FilePage, Idea, IdeaFile, PagesState

PDF = "application/pdf"


def list_files(idea_id: int, ids: Iterable[int] | None = None) -> list[IdeaFile]:
    """All files an idea ever had, removed ones too; only those in `ids` if given."""
    query = select(IdeaFile).where(IdeaFile.idea_id == idea_id).order_by(IdeaFile.id)
    if ids is not None:
        query = query.where(IdeaFile.id.in_(list(ids)))
    return list(db.session.scalars(query))


def get_file(idea_id: int, public_id: str) -> IdeaFile:
    """One file of the idea, removed or not, or NotFound."""
    query = select(IdeaFile).where(IdeaFile.idea_id == idea_id, IdeaFile.public_id == public_id)
    file = db.session.scalar(query)
    if file is None:
        raise NotFound
    return file


def get_page(file_id: int, number: int) -> FilePage:
    """One page of a file as a picture, or NotFound."""
    page = db.session.get(FilePage, (file_id, number))
    if page is None:
        raise NotFound
    return page


def list_undrawn_files(limit: int) -> list[tuple[int, str]]:
    """Key and place of submitted PDF files whose pages are not drawn yet, those of the newest submission first."""
    query = (
        select(IdeaFile.id, IdeaFile.storage_key)
        .join(Idea, Idea.id == IdeaFile.idea_id)
        .where(
            IdeaFile.media_type == PDF,
            IdeaFile.pages_state == PagesState.WAITING,
            IdeaFile.uploaded_at <= Idea.submitted_at,
            or_(IdeaFile.removed_at.is_(None), IdeaFile.removed_at > Idea.submitted_at),
        )
        .order_by(Idea.submitted_at.desc(), IdeaFile.id)
    )
    return [(key, place) for key, place in db.session.execute(query.limit(limit))]


def list_files_with_pages(idea_id: int, ids: Iterable[int]) -> tuple[list[IdeaFile], dict[str, PageSet]]:
    """These files of an idea, and by public id of a PDF its pages as pictures, as far as they are drawn. One query."""
    query = (
        select(IdeaFile, FilePage.number, FilePage.width, FilePage.height, FilePage.text)
        .outerjoin(FilePage, FilePage.file_id == IdeaFile.id)
        .where(IdeaFile.idea_id == idea_id, IdeaFile.id.in_(list(ids)))
        .order_by(IdeaFile.id, FilePage.number)
    )
    drawn: dict[IdeaFile, list[Picture]] = {}
    for file, *page in db.session.execute(query):
        drawn.setdefault(file, []).extend([Picture(*page)] if page[0] else [])
    sets = {f: PageSet(f.pages_state.value, f.pages_total or 0, tuple(pages)) for f, pages in drawn.items()}
    return list(drawn), {file.public_id: set_ for file, set_ in sets.items() if file.media_type == PDF}
