"""The committee's workbook and its minutes."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from innovate.accounts.guard import witness
from innovate.core import clock, storage
from innovate.core.errors import NotFound, Refused
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.queries import boards, packs
from innovate.results.routes.mount import blueprint
from innovate.results.services import packing

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/k/<slug>/kelola/hasil/berkas", endpoint="packs")
def show_packs(slug: str) -> ResponseReturnValue:
    """The workbook and the minutes, or how far they are."""
    actor = enter(slug, policy.can_enter_results)
    return render_template(
        "results/packs.html",
        event=actor.event,
        boards=boards.list_public_boards(actor.event),
        pack=packs.find_pack(actor.event),
        task=packs.find_pack_task(actor.event.id),
    )


@blueprint.post("/k/<slug>/kelola/hasil/berkas/susun")
def make_pack(slug: str) -> ResponseReturnValue:
    """Have both made."""
    actor = enter(slug, policy.can_enter_results)
    try:
        packing.start_pack(actor, locale=str(get_locale() or "id"), at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("results.packs", slug=slug))


@blueprint.get("/k/<slug>/kelola/hasil/berkas.xlsx")
def download_pack(slug: str) -> ResponseReturnValue:
    """The latest workbook; 404 once a board moved after it was made."""
    actor = enter(slug, policy.can_enter_results)
    pack = packs.find_pack(actor.event)
    if pack is None:
        raise NotFound
    witness("pack", event_id=actor.event.id)
    return _send(pack.storage_key, pack.size, _XLSX, f"panitia-{slug}.xlsx")


@blueprint.get("/k/<slug>/kelola/hasil/berkas.pdf")
def download_minutes(slug: str) -> ResponseReturnValue:
    """The minutes made with it; 404 likewise."""
    actor = enter(slug, policy.can_enter_results)
    pack = packs.find_pack(actor.event)
    if pack is None or not pack.minutes_key:
        raise NotFound
    kind, ending = ("application/pdf", "pdf") if pack.volumes == 1 else ("application/zip", "zip")
    return _send(pack.minutes_key, pack.minutes_size, kind, f"berita-acara-{slug}.{ending}")


def _send(key: str, size: int, media_type: str, name: str) -> Response:
    response = current_app.response_class(storage.stream(key), mimetype=media_type)
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
