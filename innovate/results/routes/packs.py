"""The committee's workbook and the minutes to print."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from innovate.core import clock, storage
from innovate.core.errors import NotFound, Refused
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.queries import boards, packs, snapshots
from innovate.results.routes.mount import blueprint
from innovate.results.services import packing
from innovate.scoring.queries.rounds import find_rubric

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/k/<slug>/kelola/hasil/berkas", endpoint="packs")
def show_packs(slug: str) -> ResponseReturnValue:
    """The workbook, and the minutes of each announced round."""
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
    """Have the workbook made."""
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
    response = current_app.response_class(storage.stream(pack.storage_key), mimetype=_XLSX)
    response.content_length = pack.size
    response.headers["Content-Disposition"] = f'attachment; filename="panitia-{slug}.xlsx"'
    return response


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/berita-acara")
def minutes(slug: str, number: int) -> ResponseReturnValue:
    """The announced ranking and the rubric with lines to sign, for paper."""
    actor = enter(slug, policy.can_enter_results)
    view = boards.get_board(actor.event, number)
    if not view.state.is_public or view.board is None or view.board.snapshot_id is None:
        raise NotFound
    return render_template(
        "results/minutes.html",
        event=actor.event,
        view=view,
        rows=snapshots.list_all_rows(view.board.snapshot_id),
        rubric=find_rubric(view.round.rubric_id),
    )
