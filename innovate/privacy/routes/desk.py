"""The officer's desk: requests with their terms, the notice, and who saw what."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.accounts.models import User
from innovate.accounts.words import SEEN
from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.web.unit_of_work import defers_write
from innovate.privacy.domain.cases import CaseKind, hours_left
from innovate.privacy.forms import AnswerForm, NoticeForm
from innovate.privacy.guard import enter_desk, knows_password
from innovate.privacy.queries import accesses, breaches, cases, retention
from innovate.privacy.queries.obstacles import list_obstacles
from innovate.privacy.routes.mount import blueprint
from innovate.privacy.services import cases as services
from innovate.privacy.services import consents
from innovate.privacy.words import KINDS, STATES


@blueprint.get("/pelindungan-data")
def desk() -> ResponseReturnValue:
    """What waits, by its term; what is over."""
    enter_desk()
    now = clock.now()
    over = request.args.get("keadaan") == "selesai"
    page = cases.list_cases(is_over=over, page=request.args.get("page", 1, int))
    return render_template(
        "privacy/desk.html",
        page=page,
        over=over,
        left={row.id: hours_left(row.due_at, now) for row in page.items},
        kinds=KINDS,
        states=STATES,
        open_breaches=breaches.count_open(),
        due_events=retention.list_due(now),
    )


@blueprint.get("/pelindungan-data/permintaan/<case_id>")
def case(case_id: str) -> ResponseReturnValue:
    """One request, and answering it."""
    return _page(enter_desk(), case_id, AnswerForm())


@blueprint.post("/pelindungan-data/permintaan/<case_id>/<any(penuhi, tolak):way>")
@defers_write
def decide(case_id: str, way: str) -> ResponseReturnValue:
    """Fulfil or refuse, confirmed with the password."""
    officer = enter_desk()
    form = AnswerForm()
    if form.validate_on_submit() and knows_password(officer, form):
        begin_write()
        with form.catch():
            act = services.fulfil_case if way == "penuhi" else services.refuse_case
            act(officer, case_id, answer=form.answer.data, at=clock.now())
            flash(_("Jawaban dikirim kepada pemohon."), "success")
            return redirect(url_for("privacy.desk"))
    return _page(officer, case_id, form), form.status


def _page(officer: User, case_id: str, form: AnswerForm) -> str:
    row = cases.get_case(case_id)
    now = clock.now()
    witness("case", subject_id=row.user_id)
    erases = row.kind is CaseKind.ERASE and not row.state.is_over
    return render_template(
        "privacy/case.html",
        row=row,
        form=form,
        left=hours_left(row.due_at, now),
        kinds=KINDS,
        states=STATES,
        obstacles=list_obstacles(row.user, now) if erases else [],
        is_mine=officer.id == row.user_id,
    )


@blueprint.route("/pelindungan-data/pemberitahuan", methods=["GET", "POST"])
def notice() -> ResponseReturnValue:
    """What the privacy page says besides the house's own words, with every version."""
    officer = enter_desk()
    standing = cases.find_notice()
    form = NoticeForm(data={"body": standing.body if standing else ""})
    if form.validate_on_submit():
        with form.catch():
            consents.publish_notice(officer, body=form.body.data or "", at=clock.now())
            flash(_("Pemberitahuan berlaku."), "success")
            return redirect(url_for("privacy.notice"))
    return render_template("privacy/notice.html", form=form, versions=cases.list_notices()), form.status


@blueprint.get("/pelindungan-data/akses")
def access_log() -> ResponseReturnValue:
    """Who saw whose data."""
    enter_desk()
    search = request.args.get("q", "").strip()[:100]
    page = accesses.list_accesses(search=search, page=request.args.get("page", 1, int))
    events = accesses.map_event_names({row.event_id for row in page.items if row.event_id})
    return render_template("privacy/access_log.html", page=page, q=search, seen=SEEN, events=events)
