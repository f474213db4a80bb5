"""The award list of a board: prizes by rank, and special prizes given by hand."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.domain.kinds import EventState
from innovate.events.domain.seal import BoardState
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.results import policy
from innovate.results.forms import AwardForm, RevokeForm
from innovate.results.queries import awards as reads
from innovate.results.queries.boards import BoardView, get_board
from innovate.results.queries.withdrawals import list_withdrawals
from innovate.results.routes.mount import blueprint
from innovate.results.routes.room import hidden_from, shows_names
from innovate.results.services import awards as services


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/penghargaan")
def awards(slug: str, number: int) -> ResponseReturnValue:
    """Who wins what, for those who may see the board."""
    return show_awards(enter(slug, policy.can_enter_results), number)


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/penghargaan", endpoint="give_award")
def give(slug: str, number: int) -> ResponseReturnValue:
    """Give a special prize."""
    actor = enter(slug, policy.can_move_board)
    form = _form(actor, number)
    if form.validate_on_submit():
        with form.catch():
            services.give_award(
                actor,
                number,
                prize_id=form.prize.data,
                idea_id=form.idea.data,
                reason=form.reason.data,
                at=clock.now(),
            )
            flash(_("Penghargaan diberikan."), "success")
            return redirect(url_for("results.awards", slug=slug, number=number))
    return show_awards(actor, number, form)


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/penghargaan/<award_id>/cabut", endpoint="revoke_award")
def revoke(slug: str, number: int, award_id: str) -> ResponseReturnValue:
    """Take a special prize back."""
    actor = enter(slug, policy.can_move_board)
    form = RevokeForm()
    if form.validate_on_submit():
        with form.catch():
            services.revoke_award(actor, number, award_id, reason=form.reason.data, at=clock.now())
            flash(_("Penghargaan dicabut."), "success")
            return redirect(url_for("results.awards", slug=slug, number=number))
    return show_awards(actor, number, revoking=(award_id, form))


def _form(actor: Actor, number: int, *, blank: bool = False) -> AwardForm:
    board = get_board(actor.event, number).board
    form = AwardForm(formdata=None) if blank else AwardForm()
    entries = reads.map_entries(board) if board and board.snapshot_id else {}
    prizes = reads.list_special_prizes(actor.event.id)
    form.prize.choices = [("", _("Pilih penghargaan")), *((p.public_id, p.name) for p in prizes)]
    form.idea.choices = [("", _("Pilih karya")), *entries.items()]
    return form


def show_awards(
    actor: Actor,
    number: int,
    form: AwardForm | None = None,
    *,
    revoking: tuple[str, RevokeForm] | None = None,
) -> ResponseReturnValue:
    """The page, with the form that was refused: `revoking` of this special prize or withdrawal (its public id)."""
    view = get_board(actor.event, number)
    board = view.board if view.board and view.board.snapshot_id else None
    sees = policy.can_see_board(actor, view.state)
    require(form is None or sees, NotFound())
    veiled = bool(hidden_from(actor, view))  # a list of prizes with a gap would say who fills it
    shown = board if sees and not veiled else None
    may_give = policy.can_move_board(actor) and shown is not None and view.state is not BoardState.FINAL
    laurels = reads.load_laurels(shown.snapshot_id or 0) if shown else reads.Laurels((), ())
    page = render_template(
        "results/awards.html",
        event=actor.event,
        view=view,
        sees=sees,
        veiled=veiled,
        board=shown,
        places=reads.list_winning_places(actor.event.id, laurels),
        specials=laurels.specials,
        revoked=reads.list_revoked(shown) if shown else [],
        prizes=reads.list_special_prizes(actor.event.id),
        form=form or _form(actor, number, blank=True),
        revoking=revoking or ("", RevokeForm(formdata=None)),
        may_give=may_give,
        may_withdraw=may_withdraw(actor, view) and shown is not None,
        may_return=policy.can_move_board(actor) and actor.event.state is not EventState.ARCHIVED,
        withdrawals=list_withdrawals(shown.id) if shown else [],
        names=shows_names(actor, view),
    )
    statuses = [each.status for each in (form, revoking[1] if revoking else None) if each is not None]
    return page, statuses[0] if statuses else 200


def may_withdraw(actor: Actor, view: BoardView) -> bool:
    """Whether awards of this board may be taken away now: they are announced, and the event is not archived."""
    is_open = actor.event.state is not EventState.ARCHIVED
    return is_open and view.state.is_public and policy.can_move_board(actor)
