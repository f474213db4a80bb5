"""The organizer's rooms that hold one form: general facts, texts, timetable, team rules, labels."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.web.forms import Form
from innovate.core.web.unit_of_work import defers_write
from innovate.events import queries
from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.forms.general import GeneralForm, TeamRulesForm, TextsForm
from innovate.events.forms.timetable import grounds_fields, timetable_form
from innovate.events.guard import enter_room
from innovate.events.models import Phase
from innovate.events.policy import Actor
from innovate.events.routes.letters import read_letter
from innovate.events.routes.mount import blueprint
from innovate.events.services import settings, timetable
from innovate.events.services.letters import open_letter

_PHASE_NAMES = {
    PhaseKind.REGISTRATION: "Pendaftaran",
    PhaseKind.SUBMISSION: "Pengajuan",
    PhaseKind.SCREENING: "Seleksi administrasi",
    PhaseKind.JUDGING: "Penilaian",
    PhaseKind.FINAL: "Babak final",
    PhaseKind.ANNOUNCEMENT: "Pengumuman",
}


@blueprint.route("/k/<slug>/kelola/umum", methods=["GET", "POST"])
def general(slug: str) -> ResponseReturnValue:
    """Name, address, host, contact."""
    return _settings_room(enter_room(slug), GeneralForm, "general")


@blueprint.route("/k/<slug>/kelola/teks", methods=["GET", "POST"])
def texts(slug: str) -> ResponseReturnValue:
    """Description and rules, in Markdown."""
    return _settings_room(enter_room(slug), TextsForm, "texts")


@blueprint.route("/k/<slug>/kelola/aturan-tim", methods=["GET", "POST"])
def team_rules(slug: str) -> ResponseReturnValue:
    """Who may form a team."""
    return _settings_room(enter_room(slug), TeamRulesForm, "team_rules")


def _settings_room(actor: Actor, kind: type[Form], room: str) -> ResponseReturnValue:
    event = actor.event
    form = kind(obj=event)
    if form.validate_on_submit():
        values = {name: _value(field) for name, field in form._fields.items() if name != "csrf_token"}
        if "slug" in values:
            values["slug"] = values["slug"] or event.slug
        with form.catch():
            if settings.update_settings(actor, values, at=clock.now()):
                flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for(f"events.{room}", slug=event.slug))
    return render_template(f"events/rooms/{room}.html", actor=actor, event=event, form=form), form.status


def _value(field: Any) -> Any:
    return field.data.replace("\r\n", "\n") if isinstance(field.data, str) else field.data


@blueprint.route("/k/<slug>/kelola/jadwal", methods=["GET", "POST"])
@defers_write
def schedule_room(slug: str) -> ResponseReturnValue:
    """Every phase with its two instants; after publication a move needs a reason."""
    actor = enter_room(slug)
    event = actor.event
    is_public = event.state is not EventState.DRAFT
    form = timetable_form(event.phases, event.zone, **(grounds_fields() if is_public else {}))
    read: list[timetable.Grounds] = []
    if form.validate_on_submit():
        with form.catch():
            read.append(_read_grounds(form) if is_public else timetable.NO_GROUNDS)
    if read:
        begin_write()
        actor = enter_room(slug)
        with form.catch():
            moved = timetable.save_timetable(actor, form.spans, grounds=read[0], at=clock.now())
            public = moved and is_public
            flash(_("Jadwal baru tampil di halaman publik.") if public else _("Jadwal tersimpan."), "success")
            return redirect(url_for("events.schedule_room", slug=slug))
    page = render_template(
        "events/rooms/schedule.html",
        actor=actor,
        event=event,
        form=form,
        kinds=list(PhaseKind),
        changes=queries.list_phase_changes(event.id),
    )
    return page, form.status


def _read_grounds(form: Form) -> timetable.Grounds:
    letter = read_letter()
    if letter is not None:
        open_letter(letter)
    return timetable.Grounds(
        form["reason"].data or "",
        form["number"].data or "",
        letter,
        letter_is_public=form["letter_is_public"].data,
    )


@blueprint.post(
    "/k/<slug>/kelola/jadwal/tahap/<any(registration,submission,screening,judging,final,announcement):kind>"
)
def add_phase(slug: str, kind: str) -> ResponseReturnValue:
    """A further phase at the end of the timetable."""
    actor = enter_room(slug)
    phase_kind = PhaseKind(kind)
    timetable.add_phase(actor, phase_kind, _PHASE_NAMES[phase_kind], at=clock.now())
    flash(_("Tahap ditambahkan di akhir jadwal. Atur waktunya di bawah."), "success")
    return redirect(url_for("events.schedule_room", slug=slug))


@blueprint.post("/k/<slug>/kelola/jadwal/<phase_id>/hapus")
def remove_phase(slug: str, phase_id: str) -> ResponseReturnValue:
    """Take a phase out of a draft's timetable."""
    actor = enter_room(slug)
    timetable.remove_phase(actor, queries.get_row(Phase, actor.event.id, phase_id), at=clock.now())
    flash(_("Tahap dihapus dari jadwal."), "success")
    return redirect(url_for("events.schedule_room", slug=slug))
