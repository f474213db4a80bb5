"""Who enrolled: the list, adding and removing somebody, the file."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.learning import policy
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.exports import people as exports
from innovate.learning.forms import AddForm, RemoveForm
from innovate.learning.guard import enter_activity
from innovate.learning.policy import Guest
from innovate.learning.queries import enrolments as queries
from innovate.learning.queries.agenda import map_counts
from innovate.learning.routes.mount import blueprint
from innovate.learning.services import enrolling

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.route("/<public_id>/peserta", methods=["GET", "POST"])
def people(public_id: str) -> ResponseReturnValue:
    """Everybody with a place or waiting; makers add somebody by their address."""
    can = policy.can_read_people if request.method in {"GET", "HEAD"} else policy.can_edit
    guest = enter_activity(public_id, can)
    form = AddForm()
    if form.validate_on_submit():
        with form.catch():
            added = enrolling.add_person(guest, form.email.data or "", at=clock.now())
            flash(_("%(name)s terdaftar dan diberi tahu.", name=added.user.full_name), "success")
            return redirect(url_for("learning.people", public_id=public_id))
    if form.is_submitted():
        guest = enter_activity(public_id, can)  # what a refused attempt let go of
    return _page(guest, form), form.status


def _page(guest: Guest, form: AddForm) -> str:
    activity = guest.activity
    state = request.args.get("keadaan", "")
    states = {EnrolmentState.ENROLLED.value, EnrolmentState.WAITING.value}
    wanted = queries.ListFilter(
        search=request.args.get("q", "").replace("\x00", "").strip()[:80],
        state=EnrolmentState(state) if state in states else None,
        unit=request.args.get("unit", "").replace("\x00", "").strip()[:60],
    )
    units = queries.list_units(activity.id)
    placed, waiting = map_counts([activity.id]).get(activity.id, (0, 0))
    witness("enrolled", event_id=activity.event_id)
    return render_template(
        "learning/people.html",
        activity=activity,
        form=form,
        page=queries.list_people(activity.id, wanted, page=request.args.get("page", 1, type=int)),
        wanted=wanted,
        units=units,
        unit_options=[("", _("Semua")), *((unit.code, f"{unit.label} ({count})") for unit, count in units)],
        placed=placed,
        waiting=waiting,
        edits=policy.can_edit(guest) and policy.takes_people(guest),
        args={"public_id": activity.public_id, "q": wanted.search, "keadaan": state, "unit": wanted.unit},
    )


@blueprint.route("/<public_id>/peserta/<enrolment_id>/keluarkan", methods=["GET", "POST"])
def remove_person(public_id: str, enrolment_id: str) -> ResponseReturnValue:
    """Take somebody off the list, with a reason they read."""
    guest = enter_activity(public_id, policy.can_edit)
    enrolment = queries.get_enrolment(guest.activity.id, enrolment_id)
    form = RemoveForm()
    if form.validate_on_submit():
        with form.catch():
            enrolling.remove_person(guest, enrolment_id, reason=form.reason.data or "", at=clock.now())
            flash(_("%(name)s tidak lagi terdaftar dan diberi tahu.", name=enrolment.user.full_name))
            return redirect(url_for("learning.people", public_id=public_id))
    return render_template(
        "learning/remove.html", form=form, activity=guest.activity, person=enrolment.user
    ), form.status


@blueprint.get("/<public_id>/peserta.<kind>")
def people_file(public_id: str, kind: str) -> ResponseReturnValue:
    """The whole list as a file."""
    guest = enter_activity(public_id, policy.can_read_people)
    require(kind in _TYPES, NotFound())
    rows = queries.list_all_people(guest.activity.id)
    witness("enrolled", event_id=guest.activity.event_id)
    content = exports.as_csv(guest.activity, rows) if kind == "csv" else exports.as_xlsx(guest.activity, rows)
    answer = Response(content, content_type=_TYPES[kind])
    name = f"peserta-{public_id}.{kind}"
    answer.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    return answer
