"""The visitor's page: made for a phone, one form, works without script and keeps what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock, storage
from innovate.core.errors import NotFound, require
from innovate.core.web.kept_forms import take_kept
from innovate.events.domain.calendar import Entry, build_calendar
from innovate.events.guard import enter
from innovate.events.policy import Actor, is_committee
from innovate.events.routes.public import public_url
from innovate.ideas.policy import is_member
from innovate.ideas.queries.reading import read_entry
from innovate.visits import policy
from innovate.visits.domain.states import Verdict, VisitState
from innovate.visits.forms import AmendForm, FindingsForm, PhotoForm, note_name, read_answers, verdict_name
from innovate.visits.guard import enter_visit
from innovate.visits.models import Visit
from innovate.visits.queries.items import list_items
from innovate.visits.queries.visits import get_photo, get_visit, list_own
from innovate.visits.routes.mount import blueprint
from innovate.visits.services import photos, recording


@blueprint.get("/lapangan")
def mine(slug: str) -> ResponseReturnValue:
    """Where the person has to go in this event."""
    actor = enter(slug, is_committee)
    return render_template(
        "visits/mine.html", event=actor.event, visits=list_own(actor.event.id, actor.user_id)
    )


@blueprint.route("/lapangan/<visit_id>", methods=["GET", "POST"])
def field(slug: str, visit_id: str) -> ResponseReturnValue:
    """The sheet of a visit: save, or finish and lock."""
    actor, visit = enter_visit(slug, visit_id, policy.can_record)
    form = FindingsForm(obj=visit, effect=visit.effect.value)
    if form.validate_on_submit():
        found = form.read(read_answers(request.form, [key for key, *_more in _points(visit)]))
        with form.catch():
            if request.form.get("langkah") == "selesai":
                recording.finish_visit(actor, visit, found, at=clock.now())
                flash(_("Verifikasi selesai dan dikunci."), "success")
            else:
                recording.save_visit(actor, visit, found, at=clock.now())
                flash(_("Tersimpan."), "success")
            return redirect(url_for("visits.field", slug=slug, visit_id=visit_id))
    return _sheet(actor, visit_id, form, PhotoForm(formdata=None))


@blueprint.route("/lapangan/<visit_id>/perbaiki", methods=["GET", "POST"])
def amend(slug: str, visit_id: str) -> ResponseReturnValue:
    """Correct a finished visit, with a reason."""
    actor, visit = enter_visit(slug, visit_id, policy.can_record)
    require(visit.state is VisitState.FINISHED, NotFound())
    form = AmendForm(obj=visit, effect=visit.effect.value)
    if form.validate_on_submit():
        found = form.read(read_answers(request.form, [key for key, *_more in _points(visit)]))
        with form.catch():
            recording.amend_visit(actor, visit, found, reason=form.reason.data or "", at=clock.now())
            flash(_("Perbaikan disimpan. Catatan yang lama tetap ada."), "success")
            return redirect(url_for("visits.field", slug=slug, visit_id=visit_id))
    return _sheet(actor, visit_id, form, PhotoForm(formdata=None))


def _sheet(actor: Actor, visit_id: str, form: FindingsForm, photo: PhotoForm) -> ResponseReturnValue:
    """The page with what was typed last; the version of what is stored now, so that the next save is a choice."""
    visit = get_visit(actor.event.id, visit_id)
    typed = _typed(form)
    form.version.data = form.version.raw_data = visit.version
    page = render_template(
        "visits/field.html",
        event=actor.event,
        visit=visit,
        form=form,
        photo=photo,
        points=_fill(visit, typed),
        verdict_name=verdict_name,
        note_name=note_name,
        is_amending=isinstance(form, AmendForm),
        entry=read_entry(actor.event, visit.idea, visit.idea.submitted_revision),
        may_read_room=policy.can_read_room(actor),
    )
    return page, form.status if request.method == "POST" else 200


def _typed(form: FindingsForm) -> Mapping[str, str] | None:
    kept = take_kept(type(form).__name__)
    if kept is not None:
        return kept.values
    sent = request.method == "POST" and "version" in request.form
    return request.form if sent else None


def _points(visit: Visit) -> Sequence[tuple[str, str, str]]:
    """Key, words and hint of every point: as answered once the visit is finished, else the list as it is now."""
    if visit.state is VisitState.FINISHED:
        return [(answer["item"], answer["label"], "") for answer in visit.answers]
    return [(item.public_id, item.label, item.help) for item in list_items(visit.event_id)]


def _fill(visit: Visit, typed: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Every point with what stands in it."""
    stored = {answer["item"]: answer for answer in visit.answers}
    points = _points(visit)
    given = read_answers(typed, [key for key, *_more in points]) if typed is not None else {}
    rows = []
    for key, label, text in points:
        verdict, note = given.get(key) or (
            Verdict(stored[key]["verdict"]) if stored.get(key, {}).get("verdict") else None,
            stored.get(key, {}).get("note", ""),
        )
        rows.append({"key": key, "label": label, "help": text, "verdict": verdict, "note": note})
    return rows


# -- photos -------------------------------------------------------------------------------------------------------


@blueprint.post("/lapangan/<visit_id>/foto")
def upload(slug: str, visit_id: str) -> ResponseReturnValue:
    """Add one photo."""
    actor, visit = enter_visit(slug, visit_id, policy.can_record)
    form = PhotoForm()
    file = request.files.get("photo")
    if form.validate_on_submit():
        with form.catch():
            limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
            content = file.stream.read(limit + 1) if file and file.filename else b""
            picture = photos.Picture(file.filename or "" if file else "", content, limit)
            photos.add_photo(actor, visit, picture, caption=form.caption.data or "", at=clock.now())
            flash(_("Foto tersimpan, tanpa data lokasi dan kamera."), "success")
            return redirect(url_for("visits.field", slug=slug, visit_id=visit_id) + "#foto")
    return _sheet(actor, visit_id, FindingsForm(formdata=None, obj=visit, effect=visit.effect.value), form)


@blueprint.post("/lapangan/<visit_id>/foto/<photo_id>/keluarkan")
def remove_photo(slug: str, visit_id: str, photo_id: str) -> ResponseReturnValue:
    """Take a photo out."""
    actor, visit = enter_visit(slug, visit_id, policy.can_record)
    photos.remove_photo(actor, visit, photo_id, at=clock.now())
    flash(_("Foto dikeluarkan."))
    return redirect(url_for("visits.field", slug=slug, visit_id=visit_id) + "#foto")


@blueprint.get("/lapangan/<visit_id>/foto/<photo_id>")
def photo(slug: str, visit_id: str, photo_id: str) -> ResponseReturnValue:
    """The picture, for whoever may read the visit."""
    _actor, visit = enter_visit(slug, visit_id)
    row = get_photo(visit.id, photo_id)
    response = current_app.response_class(storage.stream(row.storage_key), mimetype="image/jpeg")
    response.content_length = row.size
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


# -- paper and calendar -------------------------------------------------------------------------------------------


@blueprint.get("/lapangan/<visit_id>/cetak")
def print_sheet(slug: str, visit_id: str) -> ResponseReturnValue:
    """The checklist on paper, blank."""
    actor, visit = enter_visit(slug, visit_id)
    return render_template("visits/print.html", event=actor.event, visit=visit, points=_points(visit))


@blueprint.get("/lapangan/<visit_id>/jadwal.ics")
def calendar(slug: str, visit_id: str) -> ResponseReturnValue:
    """The visit for a calendar program: for those who go, the committee, and the team."""
    actor = enter(slug)
    visit = get_visit(actor.event.id, visit_id)
    is_theirs = policy.can_read(actor, visit) or is_member(actor, visit.idea)
    require(visit.state is not VisitState.CANCELLED and is_theirs, NotFound())
    page = public_url("events.show", slug=slug)
    entry = Entry(
        uid=f"{visit.public_id}@{urlsplit(page).hostname or 'innovate'}",
        summary=_("Verifikasi lapangan: %(title)s", title=visit.idea.title),
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        changed_at=visit.changed_at,
        sequence=visit.moved,
        description=visit.message,
        location=visit.place,
        url=page,
    )
    answer = Response(build_calendar(actor.event.name, [entry]), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = "attachment; filename=verifikasi.ics"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
