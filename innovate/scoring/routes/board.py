"""The conflict board: who must not judge what, why, and what two people decided about it."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain.conflicts import Reason, Tie
from innovate.scoring.exports import conflicts_as_csv
from innovate.scoring.forms.conflicts import ClashForm, PairForm
from innovate.scoring.queries import board as queries
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.routes.jury import enter_lead, sees_conflicts
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import clashes, conflicts, dismissals
from innovate.scoring.services.assignment import CONFLICT_TEXTS

_VIEWS = {"": "", "usulan": "proposed", "dikecualikan": "lifted", "petunjuk": "hints"}


def enter_board(slug: str) -> Actor:
    """Whoever leads, where they may learn whose entries these are: units are half of what the board says."""
    actor = enter_lead(slug)
    require(sees_conflicts(), NotFound())
    return actor


@blueprint.get("/kelola/benturan", endpoint="conflicts")
def board(slug: str) -> ResponseReturnValue:
    """Clashes first, then every conflict with source and reason."""
    actor = enter_board(slug)
    args = request.args
    view = args.get("tampil", "") if args.get("tampil", "") in _VIEWS else ""
    reason = args.get("sebab", "") if args.get("sebab", "") in {r.value for r in Reason} else ""
    chosen = queries.BoardFilter(
        view=_VIEWS[view],
        reason=reason,
        juror=args.get("juri", "")[:12],
        search=args.get("q", "").strip()[:80],
        page=args.get("page", 1, type=int),
    )
    return render_template(
        "scoring/lead/conflicts.html",
        actor=actor,
        event=actor.event,
        view=view,
        chosen=chosen,
        board=queries.load_board(actor.event.id, chosen, hidden=list_hidden(actor)),
        texts=CONFLICT_TEXTS,
        reasons=list(Reason),
        phases={phase.id: phase.name for phase in actor.event.phases},
        can_lead=policy.can_lead(actor),
    )


@blueprint.get("/kelola/benturan/unduh.csv")
def download_conflicts(slug: str) -> ResponseReturnValue:
    """The whole board as a file."""
    actor = enter_board(slug)
    body = conflicts_as_csv(_all_edges(actor), CONFLICT_TEXTS)
    disposition = {"Content-Disposition": f'attachment; filename="benturan-{actor.event.slug}.csv"'}
    return Response(body, content_type="text/csv; charset=utf-8", headers=disposition)


@blueprint.get("/kelola/benturan/cetak")
def print_conflicts(slug: str) -> ResponseReturnValue:
    """The whole board on paper."""
    actor = enter_board(slug)
    return render_template(
        "scoring/lead/conflicts_paper.html",
        actor=actor,
        event=actor.event,
        edges=_all_edges(actor),
        texts=CONFLICT_TEXTS,
        at=clock.now(),
    )


def _all_edges(actor: Actor) -> list[queries.Edge]:
    hidden = list_hidden(actor)
    return [edge for edge in queries.list_everything(actor.event.id) if edge.entry.idea_id not in hidden]


@blueprint.route("/kelola/benturan/<public_id>/<idea_id>", methods=["GET", "POST"])
def pair(slug: str, public_id: str, idea_id: str) -> ResponseReturnValue:
    """One juror and one entry: what stands between them, and every act about it with its reason."""
    actor = enter_board(slug)
    form = PairForm()
    if form.validate_on_submit():
        with form.catch():
            flash(_act(actor, form, public_id, idea_id), "success")
            return redirect(url_for("scoring.pair", slug=slug, public_id=public_id, idea_id=idea_id))
    found = queries.get_pair(actor.event.id, public_id, idea_id)
    require(found.entry.idea_id not in list_hidden(actor), NotFound())
    return render_template(
        "scoring/lead/pair.html",
        actor=actor,
        event=actor.event,
        pair=found,
        form=form,
        texts=CONFLICT_TEXTS,
        can_lead=policy.can_lead(actor) and actor.user_id != found.juror.user_id,
        can_dismiss=lambda first: policy.can_dismiss(actor, first, found.juror.user_id),
    ), form.status


def _act(actor: Actor, form: Any, public_id: str, idea_id: str) -> str:
    target, reason, at = form.target.data or "", form.reason.data, clock.now()
    if form.act.data == "propose":
        kind, _bar, basis = target.partition("|")
        require(kind in {r.value for r in Reason}, NotFound())
        tie = Tie(Reason(kind), basis)
        dismissals.propose_dismissal(
            actor, idea_public_id=idea_id, juror_public_id=public_id, tie=tie, reason=reason, at=at
        )
        return _("Pengecualian diusulkan. Benturan tetap berlaku sampai orang kedua mengesahkannya.")
    if form.act.data == "confirm":
        dismissals.confirm_dismissal(actor, target, reason=reason, at=at)
        return _("Pengecualian disahkan. Juri ini dapat ditugaskan pada karya ini.")
    if form.act.data == "end":
        dismissals.end_dismissal(actor, target, reason=reason, at=at)
        return _("Pengecualian diakhiri. Benturan berlaku.")
    if form.act.data == "dismiss":
        conflicts.dismiss_conflict(actor, target, reason=reason, at=at)
        return _("Pernyataan benturan dicabut.")
    require(form.act.data == "note", NotFound())
    conflicts.add_conflict(actor, idea_public_id=idea_id, juror_public_id=public_id, reason=reason, at=at)
    return _("Benturan kepentingan dicatat.")


@blueprint.route("/kelola/benturan/sela/<public_id>", methods=["GET", "POST"])
def clash(slug: str, public_id: str) -> ResponseReturnValue:
    """A conflict that arose on a standing assignment: what becomes of the ballot given before."""
    actor = enter_board(slug)
    found = queries.get_clash(actor.event.id, public_id)
    require(found.idea_id not in list_hidden(actor), NotFound())
    form = ClashForm()
    if found.ballot is None or found.ballot == "excluded":
        form.outcome.validators, form.outcome.data = [], "kept"
    if form.validate_on_submit():
        with form.catch():
            exclude = form.outcome.data == "excluded"
            clashes.settle_clash(actor, public_id, exclude=exclude, reason=form.reason.data, at=clock.now())
            flash(_("Nilai dikeluarkan.") if exclude else _("Keputusan dicatat."), "success")
            return redirect(url_for("scoring.conflicts", slug=slug))
    return render_template(
        "scoring/lead/clash.html",
        actor=actor,
        event=actor.event,
        clash=found,
        form=form,
        texts=CONFLICT_TEXTS,
        phases={phase.id: phase.name for phase in actor.event.phases},
        can_lead=policy.can_lead(actor) and actor.user_id != found.user_id,
    ), form.status


def init_app(plumbing: Plumbing) -> None:
    """Every room of those who lead asks whether to show the way to the board."""
    plumbing.app.jinja_env.globals["sees_conflicts"] = sees_conflicts
