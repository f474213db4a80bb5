"""Reading certificates of trainings and signed lists of attendance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.models import AttendanceSheet, Document, TrainingPapers
from innovate.learning.models import Activity, LearningSession
from innovate.learning.queries.record import Paper
from innovate.tasks.models import Task
from innovate.tasks.queries import list_tasks

SETTING = "documents.training"


def subject_of(activity_id: int, user_id: int) -> str:
    """What a person's certificate of an activity is about."""
    return f"training:{activity_id}:{user_id}"


def about(activity_id: int) -> str:
    """How tasks name whose certificates are made."""
    return f"activity:{activity_id}"


def find_making(activity_id: int) -> Task | None:
    """The latest work on the activity's certificates."""
    return next(iter(list_tasks(SETTING, about(activity_id), limit=1)), None)


def get_activity(activity_id: int) -> Activity:
    """An activity with its event, sessions and speakers, or NotFound."""
    query = select(Activity).where(Activity.id == activity_id)
    found = db.session.scalar(
        query.options(
            joinedload(Activity.event),
            selectinload(Activity.sessions).selectinload(LearningSession.speakers),
        )
    )
    if found is None:
        raise NotFound
    return found


def is_of(activity_id: int) -> ColumnElement[bool]:
    """Condition on a paper: a certificate of the activity."""
    return Document.activity_id == activity_id


def list_certificates(activity_id: int, *, search: str = "", page: int = 1) -> Page[Document]:
    """The activity's certificates, newest first."""
    query = select(Document).where(is_of(activity_id))
    if search:
        words = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = query.where(
            or_(Document.number.ilike(words, escape="\\"), Document.holder.ilike(words, escape="\\"))
        )
    return paginate(query.order_by(Document.id.desc()), page=page)


def list_set(activity_id: int, *, limit: int | None = None) -> Sequence[Document]:
    """The activity's certificates in force that have their PDF, for an archive."""
    query = select(Document).where(
        is_of(activity_id), Document.ended_at.is_(None), Document.storage_key != ""
    )
    return list(db.session.scalars(query.order_by(Document.year, Document.sequence).limit(limit)))


def list_ever_held(activity_id: int) -> set[str]:
    """Subjects that ever had a certificate of it."""
    return set(db.session.scalars(select(Document.subject).where(is_of(activity_id))))


def get_certificate(activity_id: int, public_id: str) -> Document:
    """One of them with who issued it and what took its place, or NotFound."""
    query = select(Document).where(is_of(activity_id), Document.public_id == public_id)
    found = db.session.scalar(query.options(joinedload(Document.issued_by), joinedload(Document.replaced_by)))
    if found is None:
        raise NotFound
    return found


def find_in_force(activity_id: int, subject: str) -> Document | None:
    """The certificate of a subject that is valid."""
    query = select(Document).where(is_of(activity_id), Document.subject == subject)
    return db.session.scalar(query.where(Document.ended_at.is_(None)))


def map_own(user_id: int) -> Mapping[int, Paper]:
    """The person's certificates in force by activity, for the learning record."""
    query = select(Document).where(
        Document.user_id == user_id,
        Document.kind == PaperKind.TRAINING,
        Document.ended_at.is_(None),
        Document.storage_key != "",
    )
    return {
        row.activity_id: Paper(row.number, "documents.own_paper", {"document_id": row.public_id})
        for row in db.session.scalars(query)
        if row.activity_id is not None
    }


def find_papers(activity_id: int) -> TrainingPapers | None:
    """How a free-standing activity writes its certificates."""
    return db.session.get(TrainingPapers, activity_id)


def find_latest_papers() -> TrainingPapers | None:
    """How the last one that was written does: the next begins with its letterhead."""
    return db.session.scalar(select(TrainingPapers).order_by(TrainingPapers.activity_id.desc()).limit(1))


def list_sheets(session_id: int) -> Sequence[AttendanceSheet]:
    """The session's signed lists that are kept, newest first, with who uploaded them."""
    query = select(AttendanceSheet).where(
        AttendanceSheet.session_id == session_id, AttendanceSheet.removed_at.is_(None)
    )
    return list(
        db.session.scalars(
            query.options(joinedload(AttendanceSheet.uploaded_by)).order_by(AttendanceSheet.id.desc())
        )
    )


def get_sheet(session_id: int, public_id: str) -> AttendanceSheet:
    """One of them, or NotFound."""
    found = next((row for row in list_sheets(session_id) if row.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def count_sheets(session_id: int) -> int:
    """How many are kept."""
    query = select(func.count()).where(
        AttendanceSheet.session_id == session_id, AttendanceSheet.removed_at.is_(None)
    )
    return db.session.scalar(query) or 0
