"""The team's page of an innovation in use: status, indicators, reach, and what it hands over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.core import clock, storage
from innovate.core.errors import NotFound, require
from innovate.core.web.forms import Form
from innovate.events.guard import signed_in_user
from innovate.ideas.guard import enter_idea
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.forms import (
    ActualForm,
    IndicatorForm,
    MaterialForm,
    ReachForm,
    ReasonForm,
    StatusForm,
    read_file,
    values_of,
)
from innovate.impact.guard import enter_innovation
from innovate.impact.models import Innovation
from innovate.impact.queries import adoptions, innovations
from innovate.impact.queries.own import list_own
from innovate.impact.queries.standing import Standing, may_answer
from innovate.impact.routes.mount import blueprint, links
from innovate.impact.services import adopting, beginning, reporting

_BASE = "/k/<slug>/dampak/<innovation_id>"


def _reports(standing: Standing) -> bool:
    return standing.reports


def _home(slug: str, innovation_id: str) -> ResponseReturnValue:
    return redirect(url_for("impact.desk", slug=slug, innovation_id=innovation_id))


def _form(actor: Any, found: Innovation, form: Form, title: str, lead: str = "") -> ResponseReturnValue:
    page = render_template(
        "impact/form.html", event=actor.event, innovation=found, form=form, title=title, lead=lead
    )
    return page, form.status


@blueprint.get("/dampak/tugas")
def mine() -> ResponseReturnValue:
    """Innovations of the person's teams, adoptions and units, and what waits."""
    user = signed_in_user()
    if user is None:
        raise NotFound
    return render_template("impact/mine.html", rows=list_own(user.id))


@blueprint.post("/k/<slug>/usulan/<idea_id>/dampak")
def begin(slug: str, idea_id: str) -> ResponseReturnValue:
    """Begin to follow the impact of one's own entry."""
    actor, idea = enter_idea(slug, idea_id)
    found = beginning.begin(actor, idea, at=clock.now())
    return _home(slug, found.public_id)


@blueprint.get(_BASE)
def desk(slug: str, innovation_id: str) -> ResponseReturnValue:
    """Everything of one innovation."""
    actor, found, standing = enter_innovation(slug, innovation_id)
    followups = innovations.list_followups(found.id)
    open_ = next(
        (row for row in followups if row.closes_at > clock.now() and row.check is not Check.VERIFIED), None
    )
    answers = open_ is not None and actor.user is not None and may_answer(found, actor.user)
    return render_template(
        "impact/desk.html",
        event=actor.event,
        innovation=found,
        standing=standing,
        statuses=innovations.list_statuses(found.id),
        readings=innovations.read_indicators(found.id),
        reaches=innovations.list_reaches(found.id),
        followups=followups,
        asked=open_,
        answer_path=links().path(open_.public_id, actor.user.public_id) if answers else "",  # type: ignore[union-attr]
        materials=innovations.list_materials(found.id),
        requests=adoptions.list_requests(found.id) if standing.decides else [],
        tree=adoptions.read_tree(found),
    )


@blueprint.route(f"{_BASE}/keadaan", methods=["GET", "POST"])
def status(slug: str, innovation_id: str) -> ResponseReturnValue:
    """Say where it stands."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    form = StatusForm(state=found.status.value if found.status else None, since=clock.now().date())
    if form.validate_on_submit():
        with form.catch():
            chosen, day = Status(form.state.data), form.since.data
            reason = form.reason.data or ""
            reporting.set_status(actor, found, chosen, since=day, reason=reason, at=clock.now())
            flash(_("Keadaan dicatat."), "success")
            return _home(slug, innovation_id)
    return _form(actor, found, form, _("Catat keadaan"), _("Riwayat hanya ditambah, tidak diubah."))


@blueprint.route(f"{_BASE}/indikator", methods=["GET", "POST"])
def add_indicator(slug: str, innovation_id: str) -> ResponseReturnValue:
    """Name what is measured."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    form = IndicatorForm()
    if form.validate_on_submit():
        with form.catch():
            reporting.add_indicator(actor, found, form.aimed(), at=clock.now())
            flash(_("Indikator ditambahkan."), "success")
            return _home(slug, innovation_id)
    return _form(actor, found, form, _("Tambah indikator"))


@blueprint.route(f"{_BASE}/indikator/<indicator_id>", methods=["GET", "POST"])
def change_indicator(slug: str, innovation_id: str, indicator_id: str) -> ResponseReturnValue:
    """Change an indicator."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    row = innovations.get_indicator(found.id, indicator_id)
    form = IndicatorForm(data=values_of(row))
    if form.validate_on_submit():
        with form.catch():
            reporting.change_indicator(actor, found, row, form.aimed(), at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            return _home(slug, innovation_id)
    lead = _("Angka yang sudah diverifikasi diperiksa lagi setelah indikatornya berubah.")
    return _form(actor, found, form, _("Ubah indikator"), lead)


@blueprint.post(f"{_BASE}/indikator/<indicator_id>/hapus")
def remove_indicator(slug: str, innovation_id: str, indicator_id: str) -> ResponseReturnValue:
    """Take an indicator off the list."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    row = innovations.get_indicator(found.id, indicator_id)
    reporting.remove_indicator(actor, found, row, at=clock.now())
    flash(_("Indikator dikeluarkan dari daftar."), "success")
    return _home(slug, innovation_id)


@blueprint.route(f"{_BASE}/indikator/<indicator_id>/realisasi", methods=["GET", "POST"])
def report(slug: str, innovation_id: str, indicator_id: str) -> ResponseReturnValue:
    """Report one period."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    row = innovations.get_indicator(found.id, indicator_id)
    form = ActualForm()
    if form.validate_on_submit():
        with form.catch():
            period = form.first.data, form.last.data
            value, proof = cast(Decimal, form.value.number), form.proof()
            reporting.report_actual(actor, found, row, period, value, proof=proof, at=clock.now())
            flash(
                _("Realisasi dicatat. Tanpa kondisi awal, angka ini belum dapat dibandingkan.")
                if row.baseline is None
                else _("Realisasi dicatat."),
                "success",
            )
            return _home(slug, innovation_id)
    title = _("Realisasi %(name)s (%(unit)s)", name=row.name, unit=row.unit)
    return _form(actor, found, form, title, _("Periode yang sama dilaporkan lagi sebagai perbaikan."))


@blueprint.route(f"{_BASE}/jangkauan", methods=["GET", "POST"])
def reach(slug: str, innovation_id: str) -> ResponseReturnValue:
    """Report the measure of one year."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    form = ReachForm(measure=found.measure.value if found.measure else None)
    if form.validate_on_submit():
        with form.catch():
            value, before = cast(Decimal, form.value.number), form.before.number
            year, proof = form.year.data, form.proof()
            reporting.report_reach(
                actor, found, form.chosen, year, value, before, proof=proof, at=clock.now()
            )
            flash(_("Jangkauan dicatat."), "success")
            return _home(slug, innovation_id)
    lead = _("Satu inovasi memakai satu ukuran: tahun penerapan dibandingkan dengan tahun sebelumnya.")
    return _form(actor, found, form, _("Catat jangkauan"), lead)


@blueprint.route(f"{_BASE}/bahan", methods=["GET", "POST"])
def material(slug: str, innovation_id: str) -> ResponseReturnValue:
    """Hand something over to those who adopt."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    form = MaterialForm()
    if form.validate_on_submit():
        with form.catch():
            link, file = form.link.data or "", read_file(form.file)
            adopting.add_material(actor, found, form.label.data or "", link=link, file=file, at=clock.now())
            flash(_("Bahan ditambahkan."), "success")
            return _home(slug, innovation_id)
    return _form(
        actor, found, form, _("Tambah bahan"), _("Hanya unit yang Anda terima yang dapat membukanya.")
    )


@blueprint.post(f"{_BASE}/bahan/<material_id>/hapus")
def remove_material(slug: str, innovation_id: str, material_id: str) -> ResponseReturnValue:
    """Hand it over no longer."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    row = innovations.get_material(found.id, material_id)
    adopting.remove_material(actor, found, row, at=clock.now())
    flash(_("Bahan dikeluarkan."), "success")
    return _home(slug, innovation_id)


@blueprint.post(f"{_BASE}/replikasi")
def offer(slug: str, innovation_id: str) -> ResponseReturnValue:
    """Open it to be adopted, or close it."""
    actor, found, _standing = enter_innovation(slug, innovation_id, _reports)
    is_open = request.form.get("buka") == "1"
    adopting.offer(actor, found, is_open=is_open, at=clock.now())
    flash(
        _("Inovasi ini dapat ditiru unit lain.") if is_open else _("Inovasi ini tidak lagi ditawarkan."),
        "success",
    )
    return _home(slug, innovation_id)


@blueprint.post(f"{_BASE}/permintaan/<request_id>/terima")
def accept(slug: str, innovation_id: str, request_id: str) -> ResponseReturnValue:
    """Let somebody adopt it."""
    actor, found, _standing = enter_innovation(slug, innovation_id, lambda s: s.decides)
    adopting.accept(actor, found, request_id, at=clock.now())
    flash(_("Permintaan diterima. Kontak dan bahan terbuka bagi unit itu."), "success")
    return _home(slug, innovation_id)


@blueprint.route(f"{_BASE}/permintaan/<request_id>/tolak", methods=["GET", "POST"])
def decline(slug: str, innovation_id: str, request_id: str) -> ResponseReturnValue:
    """Say no, and why."""
    actor, found, _standing = enter_innovation(slug, innovation_id, lambda s: s.decides)
    row = adoptions.get_request(found.id, request_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            adopting.decline(actor, found, request_id, reason=form.reason.data or "", at=clock.now())
            flash(_("Permintaan ditolak dengan alasannya."), "success")
            return _home(slug, innovation_id)
    return _form(actor, found, form, _("Tolak permintaan %(who)s", who=row.asker.full_name))


@blueprint.get(f"{_BASE}/berkas/<file_id>")
def download(slug: str, innovation_id: str, file_id: str) -> ResponseReturnValue:
    """A piece of evidence, or material for those who were let adopt it."""
    _actor, found, standing = enter_innovation(slug, innovation_id, lambda s: s.reads or s.adopts)
    row = innovations.get_file(found.id, file_id)
    require(standing.reads or innovations.is_material(row.id), NotFound())
    response: Response = current_app.response_class(storage.stream(row.storage_key), mimetype=row.media_type)
    response.content_length = row.size
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": row.filename})
    response.headers["Cache-Control"] = "private, no-store"
    return response
