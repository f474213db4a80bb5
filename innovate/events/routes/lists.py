"""The organizer's lists: groups, tracks, checklist, prizes, questions, resources. One room, six lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.core.web.forms import Form
from innovate.events import queries
from innovate.events.forms import lists as forms
from innovate.events.forms.general import LabelsForm
from innovate.events.guard import enter_room
from innovate.events.models import ChecklistItem, Group, Prize, Question, Resource, Track
from innovate.events.policy import Actor
from innovate.events.routes.mount import blueprint
from innovate.events.services import lists, settings


@dataclass(frozen=True)
class ListRoom:
    """One list: its table, its form, and its words."""

    model: type[Any]
    form: type[Form]
    title: Any
    lead: Any
    add: Any
    empty: Any
    head: str
    text: str


ROOMS = {
    "kelompok": ListRoom(
        Group,
        forms.GroupForm,
        _l("Kelompok"),
        _l("Setiap kelompok diperingkat terpisah. Tanpa kelompok, semua usulan bersaing bersama."),
        _l("Tambah kelompok"),
        _l("Belum ada kelompok. Semua usulan diperingkat bersama."),
        "name",
        "description",
    ),
    "kategori": ListRoom(
        Track,
        forms.TrackForm,
        _l("Kategori"),
        _l("Tim memilih satu kategori untuk usulannya."),
        _l("Tambah kategori"),
        _l("Belum ada kategori. Tim tidak perlu memilih."),
        "name",
        "description",
    ),
    "daftar-periksa": ListRoom(
        ChecklistItem,
        forms.ChecklistForm,
        _l("Daftar periksa"),
        _l("Butir yang dicentang sekretariat saat seleksi administrasi."),
        _l("Tambah butir"),
        _l("Belum ada butir. Tanpa daftar, setiap pemeriksa memakai ukurannya sendiri."),
        "label",
        "help",
    ),
    "penghargaan": ListRoom(
        Prize,
        forms.PrizeForm,
        _l("Penghargaan"),
        _l("Tampil di halaman publik, dan di sebelah nama pemenang setelah pengumuman."),
        _l("Tambah penghargaan"),
        _l("Belum ada penghargaan."),
        "name",
        "description",
    ),
    "tanya-jawab": ListRoom(
        Question,
        forms.QuestionForm,
        _l("Tanya jawab"),
        _l("Pertanyaan yang sering datang, dijawab sekali di halaman publik."),
        _l("Tambah pertanyaan"),
        _l("Belum ada pertanyaan."),
        "question",
        "answer",
    ),
    "rujukan": ListRoom(
        Resource,
        forms.ResourceForm,
        _l("Berkas dan tautan"),
        _l("Petunjuk teknis, contoh, peraturan, atau rekaman sosialisasi."),
        _l("Tambah tautan"),
        _l("Belum ada tautan."),
        "title",
        "description",
    ),
}
_NAME = "any('kelompok','kategori','daftar-periksa','penghargaan','tanya-jawab','rujukan')"


@blueprint.route(f"/k/<slug>/kelola/<{_NAME}:name>", methods=["GET", "POST"])
def list_room(slug: str, name: str) -> ResponseReturnValue:
    """The list, and a form for one more."""
    actor, room = enter_room(slug), ROOMS[name]
    form = room.form()
    if form.validate_on_submit():
        with form.catch():
            lists.add_row(actor, room.model, _values(form), at=clock.now())
            flash(_("Ditambahkan."), "success")
            return redirect(url_for("events.list_room", slug=slug, name=name))
    return _render(actor, name, form), form.status


@blueprint.post(f"/k/<slug>/kelola/<{_NAME}:name>/sebutan")
def rename_list(slug: str, name: str) -> ResponseReturnValue:
    """How groups, tracks and entries are called in this event."""
    actor = enter_room(slug)
    labels = LabelsForm()
    if labels.validate_on_submit():
        values = {key: labels[key].data for key in ("group_label", "track_label", "entry_label")}
        settings.update_settings(actor, values, at=clock.now())
        flash(_("Sebutan tersimpan."), "success")
        return redirect(url_for("events.list_room", slug=slug, name=name))
    return _render(actor, name, ROOMS[name].form(formdata=None), labels), 422


@blueprint.route(f"/k/<slug>/kelola/<{_NAME}:name>/<row_id>", methods=["GET", "POST"])
def edit_row(slug: str, name: str, row_id: str) -> ResponseReturnValue:
    """One row."""
    actor, room = enter_room(slug), ROOMS[name]
    row = queries.get_row(room.model, actor.event.id, row_id)
    form = room.form(obj=row)
    if form.validate_on_submit():
        with form.catch():
            lists.edit_row(actor, row, _values(form), at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("events.list_room", slug=slug, name=name))
    page = render_template(
        "events/rooms/row.html", actor=actor, event=actor.event, name=name, words=room, row=row, form=form
    )
    return page, form.status


@blueprint.post(f"/k/<slug>/kelola/<{_NAME}:name>/<row_id>/<any(naik,turun):way>")
def move_row(slug: str, name: str, row_id: str, way: str) -> ResponseReturnValue:
    """One place up or down."""
    actor = enter_room(slug)
    row = queries.get_row(ROOMS[name].model, actor.event.id, row_id)
    lists.move_row(actor, row, -1 if way == "naik" else 1, at=clock.now())
    return redirect(url_for("events.list_room", slug=slug, name=name, _anchor=f"b-{row_id}"))


@blueprint.post(f"/k/<slug>/kelola/<{_NAME}:name>/<row_id>/hapus")
def remove_row(slug: str, name: str, row_id: str) -> ResponseReturnValue:
    """Take a row away."""
    actor = enter_room(slug)
    row = queries.get_row(ROOMS[name].model, actor.event.id, row_id)
    try:
        lists.remove_row(actor, row, at=clock.now())
        flash(_("Dihapus."), "success")
    except Refused as error:
        flash(str(error.message), "error")
        return _render(actor, name, ROOMS[name].form(formdata=None)), 422
    return redirect(url_for("events.list_room", slug=slug, name=name))


def _render(actor: Actor, name: str, form: Form, labels: LabelsForm | None = None) -> str:
    room = ROOMS[name]
    return render_template(
        "events/rooms/list.html",
        actor=actor,
        event=actor.event,
        name=name,
        words=room,
        rows=queries.list_rows(room.model, actor.event.id),
        form=form,
        labels=labels or LabelsForm(formdata=None, obj=actor.event),
    )


def _values(form: Form) -> dict[str, Any]:
    data = {key: field.data for key, field in form._fields.items() if key != "csrf_token"}
    return {key: value if key == "rank" else value or "" for key, value in data.items()}
