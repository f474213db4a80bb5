"""The results room of organizers, chair and auditor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.large_pages import large_page
from innovate.deliberation.queries.sessions import count_signed
from innovate.events.domain.seal import BoardState, can_move, needs_reason
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.pairwise import policy as pairwise
from innovate.pairwise.queries.contests import list_contests_of
from innovate.results import policy
from innovate.results.domain.standing import divide
from innovate.results.domain.veil import veil
from innovate.results.forms import MoveForm, OptionsForm, PlanForm, SignForm, WindowForm
from innovate.results.queries import boards, runoffs, snapshots
from innovate.results.queries.advance import find_following
from innovate.results.queries.boards import BoardView, Standing
from innovate.results.routes.announcing import around
from innovate.results.routes.lists import as_file, default_group, read_filter
from innovate.results.routes.mount import blueprint
from innovate.results.routes.saying import say_frozen, say_open
from innovate.results.services import boards as services
from innovate.scoring import policy as scoring_policy
from innovate.scoring.queries.conflicts import list_hidden


@blueprint.get("/k/<slug>/kelola/hasil")
def room(slug: str) -> ResponseReturnValue:
    """Every round's board and where it stands."""
    actor = enter(slug, policy.can_enter_results)
    return render_template(
        "results/room.html",
        event=actor.event,
        boards=boards.list_boards(actor.event),
        may_read_feedback=policy.can_read_ballots(actor),
    )


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>")
@large_page
def board(slug: str, number: int) -> ResponseReturnValue:
    """One board: its standing for those who may see it, and the steps for those who may take them."""
    actor = enter(slug, policy.can_enter_results)
    return render_board(actor, boards.get_board(actor.event, number))


def render_board(
    actor: Actor,
    view: BoardView,
    *,
    move: MoveForm | None = None,
    options: OptionsForm | None = None,
    sign: SignForm | None = None,
    plan: PlanForm | None = None,
    window: WindowForm | None = None,
) -> ResponseReturnValue:
    """The page of a board, with the form that was refused, if one was."""
    names = shows_names(actor, view)
    chosen = replace(default_group(actor, read_filter()), names=names, hidden=hidden_from(actor, view))
    visible = policy.can_see_board(actor, view.state)
    standing = boards.load_standing(actor.event, view, chosen) if visible else None
    record = view.board
    form = options or OptionsForm(
        shows_scores=record.shows_scores if record else True,
        minimum_ballots=record.minimum_ballots if record else 1,
    )
    if view.chosen and "minimum_ballots" in form:  # fixed by the rules
        del form.minimum_ballots
    status = next((f.status for f in (move, options, sign, plan, window) if f is not None), 200)
    page = render_template(
        "results/board.html",
        event=actor.event,
        view=view,
        **(say_open(actor.event, view, standing, chosen.hidden) if standing else {}),
        standing=standing,
        runs=divide(standing.rows.items) if standing else [],
        names=names,
        veiled=bool(chosen.hidden),
        chosen=chosen,
        move=move or MoveForm(expected=view.state.value),
        options=form,
        steps=_steps(view.state),
        **around(actor, view, sign, plan, window),
        following=find_following(actor.event, view),
        needs_reason=needs_reason,
        may_move=policy.can_move_board(actor),
        signed=count_signed(view.round),
        **_beside(actor, view, standing, veiled=bool(chosen.hidden)),
        reads_jury=visible and policy.can_read_severities(actor),
        changes=boards.list_changes(record.id) if record else [],
        snapshots=snapshots.list_snapshots(record.id) if record else [],
        may_prove=policy.can_read_ballots(actor),
        board_frozen=record is not None and record.snapshot_id is not None,
    )
    return page, status


def _beside(actor: Actor, view: BoardView, standing: Standing | None, *, veiled: bool) -> dict[str, Any]:
    """Comparisons beside a board that is seen: where a run-off may be asked for, and what came out of the last one.
    Neither is told to somebody from whom entries are kept: both count them.
    """
    contests = list_contests_of(view.round.id) if standing else []
    may_run_off = pairwise.can_lead(actor)
    return {
        "contests": contests,
        "may_run_off": may_run_off,
        "placed": {} if veiled else runoffs.list_runoff_places(contests),
        "brackets": runoffs.list_brackets(view, standing) if standing and may_run_off and not veiled else {},
    }


def _steps(state: BoardState) -> list[BoardState]:
    """Where a board can go from here, ways forward before ways back; signing off has its own place."""
    signing = {BoardState.FROZEN, BoardState.SIGNED}
    return sorted(
        (after for after in BoardState if can_move(state, after) and {state, after} != signing),
        key=lambda after: needs_reason(state, after),
    )


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/status")
def move_board(slug: str, number: int) -> ResponseReturnValue:
    """Take one step: open the provisional board, freeze, announce, close, or go back with a reason."""
    actor = enter(slug, policy.can_move_board)
    form = MoveForm()
    if form.validate_on_submit():
        with form.catch():
            services.move_board(
                actor,
                number,
                BoardState(form.after.data),
                expected=BoardState(form.expected.data),
                reason=(form.reason.data or "").strip(),
                seen=form.seen.data,
                at=clock.now(),
            )
            flash(_MESSAGES[BoardState(form.after.data)](), "success")
            return redirect(url_for("results.board", slug=slug, number=number))
    return render_board(actor, boards.get_board(actor.event, number), move=form)


_MESSAGES = {
    BoardState.COLLECTING: lambda: _("Papan kembali mengumpulkan nilai."),
    BoardState.PROVISIONAL: lambda: _("Peringkat sementara terbuka untuk panitia."),
    BoardState.FROZEN: lambda: _("Peringkat dibekukan. Nilai yang datang kemudian tidak mengubahnya."),
    BoardState.SIGNED: lambda: _("Pengumuman ditarik. Halaman publik kembali tertutup."),
    BoardState.ANNOUNCED: lambda: _("Hasil diumumkan. Ketua tim menerima surel pemberitahuan."),
    BoardState.FINAL: lambda: _("Hasil ditetapkan sebagai hasil akhir."),
}


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/pengaturan")
def set_options(slug: str, number: int) -> ResponseReturnValue:
    """What will be published."""
    actor = enter(slug, policy.can_move_board)
    view = boards.get_board(actor.event, number)
    form = OptionsForm()
    if view.chosen:
        del form.minimum_ballots
    if form.validate_on_submit():
        with form.catch():
            services.set_board_options(
                actor,
                number,
                shows_scores=form.shows_scores.data,
                minimum_ballots=None if view.chosen else form.minimum_ballots.data,
                at=clock.now(),
            )
            flash(_("Pengaturan papan disimpan."), "success")
            return redirect(url_for("results.board", slug=slug, number=number))
    return render_board(actor, view, options=form)


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/unduh.<kind>")
def download_board(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """The board as it stands for those who may see it, with scores."""
    actor = enter(slug, policy.can_enter_results)
    view = boards.get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    snapshot_id = view.board.snapshot_id if view.board else None
    computed = None if snapshot_id else boards.compute_board(actor.event, view)
    rows = snapshots.list_all_rows(snapshot_id) if snapshot_id else computed.rows if computed else []
    hidden = hidden_from(actor, view)
    criteria = computed.criteria if computed else view.criteria
    return as_file(
        actor, veil(rows, hidden), kind, criteria=criteria, scores=True, names=shows_names(actor, view)
    )


def shows_names(actor: Actor, view: BoardView) -> bool:
    """Whether the person learns whose entries these are: a chair not in a blind round, until the results are public."""
    rounds = [other.round for other in boards.list_boards(actor.event) if other.number <= view.number]
    return view.state.is_public or scoring_policy.sees_identity(actor, rounds)


def hidden_from(actor: Actor, view: BoardView) -> frozenset[int]:
    """Entries with which a chair has a conflict of interest: absent until the results are public."""
    return frozenset() if view.state.is_public else list_hidden(actor)


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/potret/<int:snapshot>")
def snapshot(slug: str, number: int, snapshot: int) -> ResponseReturnValue:
    """An earlier snapshot, kept readable after it was superseded."""
    actor = enter(slug, policy.can_enter_results)
    view = boards.get_board(actor.event, number)
    require(view.board is not None and policy.can_see_board(actor, view.state), NotFound())
    kept = snapshots.get_snapshot(view.board.id if view.board else 0, snapshot)
    names = shows_names(actor, view)
    chosen = replace(read_filter(), names=names, hidden=hidden_from(actor, view))
    rows = snapshots.list_snapshot_rows(kept, chosen)
    return render_template(
        "results/snapshot.html",
        event=actor.event,
        view=view,
        snapshot=kept,
        **say_frozen(kept, rows.items, scores=True),
        rows=rows,
        runs=divide(rows.items),
        names=names,
        veiled=bool(chosen.hidden),
        chosen=chosen,
    )
