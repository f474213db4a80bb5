"""Proofs of a result: the organizer's room, the downloads, a juror's own, and the public keys."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.audit.queries import list_keys
from innovate.core import clock, storage
from innovate.core.errors import NotFound, Refused
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.events.guard import enter
from innovate.events.policy import Actor, can_judge
from innovate.results import policy
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.forms import PublicationForm
from innovate.results.models import ResultBundle
from innovate.results.queries import boards
from innovate.results.queries import proofs as queries
from innovate.results.routes.mount import blueprint
from innovate.results.services import proofs as services
from innovate.scoring.queries.conflicts import list_barred_seats


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/bukti")
def proofs(slug: str, number: int) -> ResponseReturnValue:
    """What proves this board's frozen ranking, and what of it everybody gets."""
    return _render(enter(slug, policy.can_read_ballots), number)


def _render(actor: Actor, number: int, form: PublicationForm | None = None) -> ResponseReturnValue:
    view = boards.get_board(actor.event, number)
    if view.board is None or view.board.snapshot_id is None:
        raise NotFound
    page = render_template(
        "results/proofs.html",
        event=actor.event,
        view=view,
        board=view.board,
        proofs=queries.load_proofs(view),
        task=queries.find_task(view.board),
        form=form or PublicationForm(publication=view.board.publication or ""),
        may_publish=policy.can_move_board(actor),
    )
    return page, form.status if form else 200


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/bukti/terbitan")
def choose_publication(slug: str, number: int) -> ResponseReturnValue:
    """Choose between full and summary."""
    actor = enter(slug, policy.can_move_board)
    form = PublicationForm()
    if form.validate_on_submit():
        with form.catch():
            chosen = Publication(form.publication.data) if form.publication.data else None
            services.choose_board_publication(actor, number, chosen, at=clock.now())
            flash(_("Pilihan disimpan."), "success")
            return redirect(url_for("results.proofs", slug=slug, number=number))
    return _render(actor, number, form)


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/bukti/susun")
def make_bundle(slug: str, number: int) -> ResponseReturnValue:
    """Have the bundles made."""
    actor = enter(slug, policy.can_move_board)
    try:
        services.start_bundle(actor, number, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
        return redirect(url_for("results.board", slug=slug, number=number))
    return redirect(url_for("results.proofs", slug=slug, number=number))


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/bukti.zip")
def download_full_bundle(slug: str, number: int) -> ResponseReturnValue:
    """The full bundle, for auditors and organizers."""
    actor = enter(slug, policy.can_read_ballots)
    found = queries.load_proofs(boards.get_board(actor.event, number))
    return _send(actor, number, found.full)


@blueprint.get("/k/<slug>/peringkat/bukti.zip")
@public
def download_bundle(slug: str) -> ResponseReturnValue:
    """What the organizer publishes of an announced result."""
    actor = enter(slug)
    view = boards.find_public_board(actor.event, request.args.get("babak", type=int))
    return _send(actor, view.number if view else 0, queries.find_published(view) if view else None)


def _send(actor: Actor, number: int, bundle: ResultBundle | None) -> Response:
    if bundle is None:
        raise NotFound
    name = f"bukti-{actor.event.slug}-babak-{number}-{bundle.publication}.zip"
    response = current_app.response_class(storage.stream(bundle.storage_key), mimetype="application/zip")
    response.content_length = bundle.size
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/k/<slug>/juri/bukti")
def own_proofs(slug: str) -> ResponseReturnValue:
    """A juror's receipts and where each is found in the announced results."""
    actor = enter(slug, can_judge)
    barred = list_barred_seats(actor.event.id, actor.user_id)
    return render_template(
        "results/own_proofs.html",
        event=actor.event,
        proofs=queries.list_own_proofs(actor.event, actor.user_id),
        barred=barred,
    )


@blueprint.get("/kunci")
@public
@cached_for_visitors
def keys() -> ResponseReturnValue:
    """The installation's public keys and when each signed."""
    return render_template("results/keys.html", keys=list_keys())


@blueprint.get("/kunci.txt")
@public
@cached_for_visitors
def keys_file() -> ResponseReturnValue:
    """The same for verifiers."""
    return Response(queries.write_public_keys(), content_type="text/plain; charset=utf-8")
