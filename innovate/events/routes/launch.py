"""The organizer's to-do until launch; publishing and archiving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.events.domain.readiness import blocking
from innovate.events.guard import enter_room
from innovate.events.policy import Actor
from innovate.events.routes.mount import blueprint
from innovate.events.services import launch

# Per check: what is missing, why it matters, and the room that cures it. Features above add theirs.
CURES: dict[str, tuple[Any, Any, str, dict[str, str]]] = {
    "description": (
        _l("Gambaran umum ditulis"),
        _l("Kalimat pertama yang dibaca calon peserta."),
        "events.texts",
        {},
    ),
    "timetable": (
        _l("Jadwal urut"),
        _l("Setiap tahap berakhir setelah dimulai."),
        "events.schedule_room",
        {},
    ),
    "submission_ahead": (
        _l("Pengajuan masih akan dibuka"),
        _l("Tanpa tahap pengajuan di depan, tidak ada yang dapat mengirim usulan."),
        "events.schedule_room",
        {},
    ),
    "form": (_l("Formulir usulan berisi"), _l("Sekurang-kurangnya satu isian."), "events.entry_form", {}),
    "rules": (
        _l("Ketentuan ditulis"),
        _l("Siapa yang boleh ikut dan bagaimana dinilai."),
        "events.texts",
        {},
    ),
    "contact": (_l("Kontak panitia"), _l("Agar peserta tahu ke mana bertanya."), "events.general", {}),
    "prizes": (
        _l("Penghargaan"),
        _l("Apa yang diterima pemenang."),
        "events.list_room",
        {"name": "penghargaan"},
    ),
    "questions": (
        _l("Tanya jawab"),
        _l("Mengurangi pertanyaan yang sama lewat pesan."),
        "events.list_room",
        {"name": "tanya-jawab"},
    ),
    "checklist": (
        _l("Daftar periksa seleksi administrasi"),
        _l("Agar setiap usulan diperiksa dengan cara yang sama."),
        "events.list_room",
        {"name": "daftar-periksa"},
    ),
    "screeners": (_l("Sekretariat ditunjuk"), _l("Yang memeriksa kelengkapan usulan."), "events.people", {}),
    "jurors": (_l("Juri diundang"), _l("Lebih baik sebelum pendaftaran ditutup."), "events.people", {}),
}


@blueprint.get("/k/<slug>/kelola/persiapan")
def todo(slug: str) -> ResponseReturnValue:
    """What is there and what is missing, each with the room that cures it."""
    actor = enter_room(slug)
    checks = launch.check_readiness(actor, at=clock.now())
    return render_template(
        "events/rooms/todo.html",
        actor=actor,
        event=actor.event,
        checks=[(check, *CURES[check.code]) for check in checks],
        missing=blocking(checks),
    )


@blueprint.post("/k/<slug>/kelola/terbitkan")
def publish(slug: str) -> ResponseReturnValue:
    """Make the draft public."""
    return _move(enter_room(slug), launch.publish_event, _("Kompetisi terbit dan dapat dibaca siapa saja."))


@blueprint.post("/k/<slug>/kelola/arsipkan")
def archive(slug: str) -> ResponseReturnValue:
    """Close the event for changes."""
    return _move(
        enter_room(slug), launch.archive_event, _("Kompetisi diarsipkan. Halaman publiknya tetap ada.")
    )


@blueprint.post("/k/<slug>/kelola/buka-arsip")
def unarchive(slug: str) -> ResponseReturnValue:
    """Open an archived event again."""
    return _move(enter_room(slug), launch.unarchive_event, _("Kompetisi dikeluarkan dari arsip."))


def _move(actor: Actor, act: Callable[..., None], done: str) -> ResponseReturnValue:
    at: datetime = clock.now()
    try:
        act(actor, at=at)
    except Refused as error:
        flash(str(error.message), "error")
    else:
        flash(done, "success")
    return redirect(url_for("events.todo", slug=actor.event.slug))
