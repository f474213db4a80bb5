"""Lists and sheets without a number: attendance, blank or of chosen people, and score sheets as they were handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from innovate.core.errors import NotFound, Refused, require
from innovate.documents.domain.blanks import fill
from innovate.documents.domain.dates import write_date
from innovate.documents.domain.kinds import PaperKind, Recipients, may_issue
from innovate.documents.domain.sessions import Session
from innovate.documents.domain.texts import Text
from innovate.documents.queries.given import Given, list_given
from innovate.documents.queries.guests import Person, list_people_of
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import Wording, read_wording
from innovate.documents.services.letters import list_facts, write_letter, write_table
from innovate.documents.services.rows import show_number, show_plain, show_score
from innovate.events.models import Event
from innovate.results.queries.boards import BoardView
from innovate.scoring.domain.rubric import share
from innovate.scoring.models.rounds import Criterion

MOST_ROWS = 300
MOST_SHEETS = 200
TOO_MANY = _l("Terlalu banyak lembar untuk satu berkas. Pilih satu juri.")


def write_attendance(
    event: Event, to: Recipients | None, session: Session, *, rows: int, at: datetime
) -> dict[str, Any]:
    """A list of the chosen people with `rows` empty lines after them; without people a blank one."""
    people = list_people_of(event, to) if to else []
    return attendance(event, read_wording(event.id, Text.ATTENDANCE), session, people, rows, at)


def attendance(
    event: Event, wording: Wording, session: Session, people: Sequence[Person], rows: int, at: datetime
) -> dict[str, Any]:
    """The data of a list of attendance."""
    settings = read_settings(event)
    facts = {**list_facts(event, settings, at), **session.list_facts(event.zone)}
    letter = write_letter(event, settings, wording, facts, with_nip=False)
    known = [[each.name, each.unit, each.position] for each in people[:MOST_ROWS]]
    empty = [["", "", ""]] * min(rows, MOST_ROWS)
    session_rows = [["Kegiatan", session.agenda], *session.list_rows(event.zone)[:-1]]
    return {**letter, "session": session_rows, "people": [*known, *empty]}


def write_score_sheets(event: Event, view: BoardView, *, user_id: int | None, at: datetime) -> dict[str, Any]:
    """Every ballot that counts in a settled round, a page each; NotFound before, or where there is none."""
    require(may_issue(PaperKind.RECAP, view.state), NotFound())
    given = list_given(view.round.id, user_id=user_id, limit=MOST_SHEETS + 1)
    require(bool(given), NotFound())
    require(len(given) <= MOST_SHEETS, Refused(TOO_MANY))
    sheets = [_sheet(event, view.name, each) for each in given]
    return score_sheets(event, read_wording(event.id, Text.SCORES), view.name, sheets, at)


def score_sheets(
    event: Event, wording: Wording, round_name: str, sheets: Sequence[dict[str, Any]], at: datetime
) -> dict[str, Any]:
    """The data of score sheets."""
    settings = read_settings(event)
    facts = {**list_facts(event, settings, at), "babak": round_name}
    letter = write_letter(event, settings, wording, facts, with_nip=False)
    return {**letter, "about": fill(wording.parts["about"], facts), "sheets": list(sheets), "loose": True}


def _sheet(event: Event, round_name: str, given: Given) -> dict[str, Any]:
    team = given.team
    lines = [_line(given, n, criterion) for n, criterion in enumerate(given.criteria, 1)]
    handed = given.at.astimezone(ZoneInfo(event.zone)) if given.at else None
    return {
        "facts": [
            ["Babak", round_name],
            ["Juri", given.juror.full_name],
            ["Karya", f"{show_number(given.idea.number)} {given.idea.title}"],
            ["Tim", team.name],
            ["Perangkat daerah", team.unit.name if team.unit else team.organization or "–"],
        ],
        "table": write_scores([*lines, ["", "Jumlah", "", "", show_score(given.ballot.total), ""]]),
        "remark": given.ballot.comment_team,
        "handed_in": f"Diajukan {write_date(handed.date())} pukul {handed:%H.%M}" if handed else "",
        "juror": given.juror.full_name,
    }


def write_scores(lines: list[list[str]]) -> dict[str, Any]:
    """The table of a score sheet."""
    heads = ["No.", "Kriteria", "Bobot", "Nilai", "Nilai × bobot", "Catatan"]
    return write_table(heads, lines, ["auto", "4", "auto", "auto", "auto", "4"], "rlrrrl")


def _line(given: Given, number: int, criterion: Criterion) -> list[str]:
    score = given.scores.get(criterion.id)
    value = score.value if score else None
    weight = Fraction(criterion.weight) / Fraction(given.weights) * 100 if given.weights else Fraction(0)
    worth = share(criterion, value) * weight if value is not None else None
    return [
        str(number),
        criterion.name,
        f"{show_plain(_decimal(weight))}%",
        show_plain(value) if value is not None else "–",
        show_score(_decimal(worth) if worth is not None else None),
        score.comment if score else "",
    ]


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
