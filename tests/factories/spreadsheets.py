"""Spreadsheets of scores, and rounds they are brought into."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from innovate.accounts.models import User
from innovate.core.spreadsheets import read_rows
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.intake.domain.columns import guess_columns
from innovate.intake.domain.reading import Reading
from innovate.intake.models import ImportedBallot, ImportFile, ImportState, ScoreImport
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.rounds import list_rounds
from tests.factories.build import (
    CRITERIA,
    NOW,
    add,
    give_role,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

HEAD = ["Nomor karya", "Surel juri", *(name for name, _weight in CRITERIA)]


class Judged:
    """An open round with entries and jurors who judged outside, and the organizer who brings it in."""

    def __init__(self, ideas: int = 2, jurors: int = 2, **values: Any) -> None:
        self.event = make_event(shift_days=-17, **values)
        make_round(self.event)
        (self.round,) = list_rounds(self.event.id)
        self.organizer = self.person(Role.ORGANIZER, "Rina")
        self.jurors = [self.person(Role.JUROR, f"Juri {n}").user for n in range(jurors)]
        self.ideas = [
            make_idea(make_team(self.event), state=IdeaState.ELIGIBLE, title=f"KARYA {n}", number=n + 1)
            for n in range(ideas)
        ]

    def person(self, role: Role, name: str):
        user = make_user(name=name)
        give_role(self.event, user, role)
        return get_actor(self.event.slug, user)

    def rows(self, *marks: str) -> list[list[object]]:
        """A row for each entry and juror; the marks are given in turn."""
        given = marks or ("4",) * len(CRITERIA)
        return [[idea.number, juror.email, *given] for idea in self.ideas for juror in self.jurors]

    def long_rows(self, mark: object = 4) -> list[list[object]]:
        """The same with a row for each score."""
        return [[*row[:2], name, mark] for row in self.rows() for name, _weight in CRITERIA]


def as_csv(rows: list[list[object]], head: list[str] = HEAD) -> bytes:
    return "\n".join(
        ";".join("" if cell is None else str(cell) for cell in row) for row in [head, *rows]
    ).encode()


def as_xlsx(
    rows: list[list[object]], head: list[object] | None = None, *, sheets: tuple[str, ...] = ()
) -> bytes:
    book = Workbook()
    page = book.active
    for row in [HEAD if head is None else head, *rows]:
        page.append(row)
    for name in sheets:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_import(round_: Round, user: User, content: bytes, *ballots: Ballot) -> ScoreImport:
    """An upload of one file; with ballots it was saved, and they came of it."""
    saved = {"state": ImportState.SAVED, "saved_by_id": user.id, "saved_at": NOW} if ballots else {}
    found = ScoreImport(event_id=round_.event_id, round_id=round_.id, uploaded_by_id=user.id, uploaded_at=NOW)
    for name, value in saved.items():
        setattr(found, name, value)
    rows = [[n, cells] for n, cells in read_rows(content)]
    file = {"position": 0, "name": "nilai.csv", "size": len(content), "sha256": "c" * 64, "head": 1}
    found.files = [ImportFile(**file, content=content, rows=rows)]
    criteria = [(c.id, c.name) for c in list_criteria(round_.rubric_id)]
    found.mapping = Reading(guess_columns([str(cell) for cell in rows[0][1]], criteria)).as_json()
    add(found)
    for n, ballot in enumerate(ballots, 2):
        come = {"import_id": found.id, "file_id": found.files[0].id, "version": ballot.version}
        add(ImportedBallot(ballot_id=ballot.id, row=n, made_seat=True, **come))
    return found
