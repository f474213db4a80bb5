"""Reading imports of a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.intake.domain.reading import Reading, Upload
from innovate.intake.models import ImportedBallot, ImportFile, ScoreImport
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Round
from innovate.tasks.models import Task
from innovate.tasks.queries import list_tasks

SAVE = "intake.save"
_PEOPLE = (
    joinedload(ScoreImport.uploaded_by),
    joinedload(ScoreImport.saved_by),
    joinedload(ScoreImport.undone_by),
)


def subject_of(found: ScoreImport) -> str:
    """How tasks name an import."""
    return f"import:{found.id}"


def find_save_place(task: Task) -> tuple[str, dict[str, Any]]:
    """Where the saving of an import is watched: endpoint and values."""
    event = db.session.get_one(Event, task.event_id)
    found = db.session.get(ScoreImport, int(task.about.partition(":")[2]))
    if found is None:
        return "events.show", {"slug": event.slug}
    return "intake.show", {"slug": event.slug, "import_id": found.public_id}


def find_save_task(found: ScoreImport) -> Task | None:
    """The latest saving of an import by the runner."""
    return next(iter(list_tasks(SAVE, subject_of(found), limit=1)), None)


def get_import(event_id: int, public_id: str, *, whole: bool = False) -> ScoreImport:
    """An import of the event with its files and people, or NotFound; the `whole` has the files' rows, too."""
    files = selectinload(ScoreImport.files)
    if whole:
        files = files.options(undefer(ImportFile.rows))
    query = select(ScoreImport).where(ScoreImport.event_id == event_id, ScoreImport.public_id == public_id)
    query = query.options(files, *_PEOPLE).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def list_contents(found: ScoreImport) -> list[ImportFile]:
    """The files of a pending import with their bytes."""
    query = select(ImportFile).where(ImportFile.import_id == found.id).options(undefer(ImportFile.content))
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


class Listed(NamedTuple):
    """An import in a list, with how many ballots came of it."""

    found: ScoreImport
    ballots: int


def list_imports(round_: Round) -> list[Listed]:
    """Imports of a round with their files, the newest first. Three statements."""
    count = (
        select(func.count())
        .where(ImportedBallot.import_id == ScoreImport.id)
        .correlate(ScoreImport)
        .scalar_subquery()
    )
    query = select(ScoreImport, count).where(ScoreImport.round_id == round_.id)
    query = query.options(selectinload(ScoreImport.files), *_PEOPLE)
    return [Listed(*row) for row in db.session.execute(query.order_by(ScoreImport.id.desc()))]


def as_uploads(found: ScoreImport) -> list[Upload]:
    """The files of a whole import as the rules take them."""
    return [
        Upload(file.name, [(number, cells) for number, cells in file.rows or ()], file.head, file.juror_id)
        for file in found.files
    ]


def as_reading(found: ScoreImport) -> Reading:
    """How its columns and words are read."""
    return Reading.from_json(found.mapping)


@dataclass(frozen=True)
class Line:
    """One imported ballot: where it came from and what became of it."""

    seat: str
    number: int | None
    title: str
    juror: str
    file: str
    row: int
    state: BallotState
    total: float | None


def page_of_ballots(found: ScoreImport, *, page: int = 1, size: int = 50) -> Page[Line]:
    """The ballots of an import by file and row."""
    query = (
        select(
            Assignment.public_id,
            Idea.number,
            Idea.title,
            User.name,
            ImportFile.name,
            ImportedBallot.row,
            Ballot.state,
            Ballot.total,
        )
        .select_from(ImportedBallot)
        .join(Ballot, Ballot.id == ImportedBallot.ballot_id)
        .join(Assignment, Assignment.id == Ballot.assignment_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .join(User, User.id == Ballot.user_id)
        .join(ImportFile, ImportFile.id == ImportedBallot.file_id)
        .where(ImportedBallot.import_id == found.id)
        .order_by(ImportFile.position, ImportedBallot.row, ImportedBallot.ballot_id)
    )
    rows = paginate(query, page=page, size=size, scalars=False)
    return Page([Line(*row) for row in rows.items], rows.page, rows.size, rows.total)


class Made(NamedTuple):
    """What an import made: the ballot, its seat, and whether the seat was made for it."""

    ballot_id: int
    seat_id: int
    version: int
    made_seat: bool


def list_made(found: ScoreImport) -> Sequence[Made]:
    """Every ballot of an import by key."""
    query = select(
        ImportedBallot.ballot_id, Ballot.assignment_id, ImportedBallot.version, ImportedBallot.made_seat
    ).join(Ballot, Ballot.id == ImportedBallot.ballot_id)
    rows = db.session.execute(query.where(ImportedBallot.import_id == found.id).order_by(Ballot.id))
    return [Made(*row) for row in rows]
