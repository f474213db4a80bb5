"""Sheets without a number: what is signed by hand, lists of attendance, score sheets."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.documents import policy
from innovate.documents.domain.kinds import PaperKind, Recipients, may_issue
from innovate.documents.domain.sessions import Session
from innovate.documents.domain.texts import STATEMENTS, Text
from innovate.documents.forms import AttendanceForm
from innovate.documents.queries.guests import find_finalist_board
from innovate.documents.routes.mount import blueprint, send_pdf
from innovate.documents.services.lists import write_attendance, write_score_sheets
from innovate.documents.services.printing import print_sheet
from innovate.documents.services.statements import write_statements
from innovate.documents.words import RECIPIENTS, TEXTS
from innovate.events.guard import enter
from innovate.events.models import Event
from innovate.results.queries.boards import get_board, list_boards
from innovate.scoring.queries.jury import get_juror, list_jurors

_NAMES = ", ".join(STATEMENTS)


@blueprint.get("/k/<slug>/kelola/dokumen/lembar")
def sheets(slug: str) -> ResponseReturnValue:
    """Everything that can be printed without a number."""
    actor = enter(slug, policy.can_read_papers)
    return _page(actor.event, _attendance_form(actor.event, None)), 200


@blueprint.get(f"/k/<slug>/kelola/dokumen/lembar/<any({_NAMES}):text>.pdf")
def sheet(slug: str, text: str) -> ResponseReturnValue:
    """The sheets of everybody in one file, or with `?kosong=1` an empty one. 404 where nobody has to sign."""
    actor, at = enter(slug, policy.can_read_papers), clock.now()
    blank = bool(request.args.get("kosong"))
    data = write_statements(actor.event, Text(text), at=at, blank=blank)
    require(bool(data["sheets"]), NotFound())
    return _send(Text(text), data)


@blueprint.get("/k/<slug>/kelola/dokumen/lembar/daftar-hadir.pdf")
def attendance(slug: str) -> ResponseReturnValue:
    """A list of attendance; what cannot be is said on the page it was asked from."""
    actor, at = enter(slug, policy.can_read_papers), clock.now()
    event = actor.event
    form = _attendance_form(event, request.args)
    if not form.validate():
        return _page(event, form), 422
    day = form.first.data or at.date()
    begins = f"{form.begins.data:%H:%M}" if form.begins.data else ""
    place = form.place.data or event.place or "–"
    session = Session(form.agenda.data or event.name, day, day, place, begins)
    to = Recipients(form.to.data) if form.to.data else None
    rows = 25 if form.rows.data is None else int(form.rows.data)
    return _send(Text.ATTENDANCE, write_attendance(event, to, session, rows=rows or (0 if to else 25), at=at))


@blueprint.get("/k/<slug>/kelola/dokumen/lembar/nilai-<int:number>.pdf")
def score_sheets(slug: str, number: int) -> ResponseReturnValue:
    """Every score sheet of a round as it was handed in, or one juror's; 404 until its ranking is frozen."""
    actor = enter(slug, policy.can_read_papers)
    view = get_board(actor.event, number)
    chosen = request.args.get("juri", "")
    user_id = get_juror(actor.event.id, chosen).user.id if chosen else None
    try:
        data = write_score_sheets(actor.event, view, user_id=user_id, at=clock.now())
    except Refused as refusal:
        form = _attendance_form(actor.event, None)
        return _page(actor.event, form, said=str(refusal.message)), 422
    return _send(Text.SCORES, data)


def _attendance_form(event: Event, args: object | None) -> AttendanceForm:
    form = AttendanceForm(formdata=args, data={"place": event.place, "rows": 25})
    people = [each for each in Recipients if each is not Recipients.FINALISTS or find_finalist_board(event)]
    form.to.choices = [
        SelectChoice("", "–"),
        *(SelectChoice(each.value, RECIPIENTS[each]) for each in people),
    ]
    return form


def _page(event: Event, form: AttendanceForm, *, said: str = "") -> str:
    boards = list_boards(event)
    return render_template(
        "documents/sheets.html",
        event=event,
        form=form,
        said=said,
        statements=[(text, TEXTS[text]) for text in STATEMENTS],
        rounds=[view for view in boards if may_issue(PaperKind.RECAP, view.state)],
        open_rounds=[view for view in boards if not view.state.is_settled],
        jurors=list_jurors(event.id),
    )


def _send(text: Text, data: dict[str, object]) -> ResponseReturnValue:
    made = print_sheet(text, data, at=clock.now())
    return send_pdf([made], len(made), f"{text.value.replace('_', '-')}.pdf")
