"""The results room, the public leaderboard and the gallery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.core.web.plumbing import Plumbing
from innovate.events.domain.seal import BoardState, can_move, needs_reason
from innovate.events.guard import enter
from innovate.events.models import Group, Track
from innovate.events.policy import Actor
from innovate.events.services.public_page import NextStep, Section, add_next_step, add_section
from innovate.results import exports, policy, queries, services
from innovate.results.domain.standing import divide
from innovate.results.forms import MoveForm, OptionsForm
from innovate.results.queries import BoardView, Filter

blueprint = Blueprint("results", __name__)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def init_app(_plumbing: Plumbing) -> None:
    """Put the winners on the event's public page once they are announced."""
    add_section(Section("pemenang", _l("Para pemenang"), "results/_winners.html", _load_winners, before=""))
    add_next_step("results", _next_step)


def _was_judged(actor: Actor, at: datetime) -> bool:
    """Before the first round nothing can have been announced: most visits need no query for that."""
    return any(phase.kind.is_round and phase.starts_at <= at for phase in actor.event.phases)


def _load_winners(actor: Actor, at: datetime) -> dict[str, Any] | None:
    view = queries.find_public_board(actor.event) if _was_judged(actor, at) else None
    if view is None or view.board is None or view.board.snapshot_id is None:
        return None
    rows = queries.list_winners(view.board.snapshot_id)
    return {"view": view, "rows": rows, "scores": view.board.shows_scores} if rows else None


def _next_step(actor: Actor, at: datetime) -> NextStep | None:
    """Read the results, once they are public."""
    if not _was_judged(actor, at) or queries.find_public_board(actor.event) is None:
        return None
    return NextStep(_("Lihat hasil"), "results.leaderboard", {"slug": actor.event.slug})


def _filter() -> Filter:
    args = request.args
    page = args.get("page", 1, type=int)
    return Filter(args.get("kelompok", ""), args.get("kategori", ""), args.get("q", "").strip()[:80], page)


# -- the public side ----------------------------------------------------------------------------------------------


@blueprint.get("/k/<slug>/peringkat")
@public
@cached_for_visitors
def leaderboard(slug: str) -> ResponseReturnValue:
    """The announced ranking; a page that says when it will be there while it is sealed."""
    actor = enter(slug)
    boards = queries.list_public_boards(actor.event)
    view = queries.choose_board(boards, request.args.get("babak", type=int))
    if view is None or view.board is None or view.board.snapshot is None:
        return render_template("results/sealed.html", event=actor.event)
    chosen = _default_group(actor, _filter())
    rows = queries.list_snapshot_rows(view.board.snapshot, chosen)
    return render_template(
        "results/leaderboard.html",
        event=actor.event,
        view=view,
        board=view.board,
        chosen=chosen,
        rows=rows,
        runs=divide(rows.items),
        top=queries.find_leaders(view.board.snapshot.id, chosen, rows),
        shown={row.idea_id for row in rows.items if row.idea.in_gallery and actor.event.gallery_enabled},
        options=_options,
        boards=boards,
    )


def _options(rows: Sequence[Group | Track]) -> list[tuple[str, str]]:
    """Choices of a filter: all, then each by its code."""
    return [("", _("Semua")), *((row.code, row.name) for row in rows)]


def _default_group(actor: Actor, chosen: Filter) -> Filter:
    codes = [group.code for group in actor.event.groups]
    if len(codes) < 2 or chosen.group in codes or chosen.search:
        return chosen
    return Filter(codes[0], chosen.track, chosen.search, chosen.page)


@blueprint.get("/k/<slug>/peringkat/unduh.<kind>")
@public
def download_leaderboard(slug: str, kind: str) -> ResponseReturnValue:
    """The announced ranking as CSV or XLSX, exactly as published."""
    actor = enter(slug)
    view = queries.find_public_board(actor.event, request.args.get("babak", type=int))
    require(view is not None and view.board is not None and view.board.snapshot_id is not None, NotFound())
    board = view.board  # type: ignore[union-attr]
    rows = queries.list_all_rows(board.snapshot_id)  # type: ignore[union-attr,arg-type]
    return _file(actor, rows, kind, scores=board.shows_scores)  # type: ignore[union-attr]


def _file(actor: Actor, rows: Any, kind: str, *, scores: bool) -> Response:
    name = f"peringkat-{actor.event.slug}.{kind}"
    if kind == "csv":
        body, media = exports.as_csv(rows, scores=scores), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        body, media = exports.as_xlsx(actor.event.name, rows, scores=scores), _XLSX
    else:
        raise NotFound
    return Response(
        body, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@blueprint.get("/k/<slug>/galeri")
@public
@cached_for_visitors
def gallery(slug: str) -> ResponseReturnValue:
    """Entries whose teams agreed to be shown, once results are announced."""
    actor = enter(slug)
    snapshots = _gallery_snapshots(actor)
    return render_template(
        "results/gallery.html",
        event=actor.event,
        rows=queries.list_gallery(*snapshots, _filter()) if snapshots else None,
        chosen=_filter(),
        options=_options,
    )


def _gallery_snapshots(actor: Actor) -> tuple[int, int] | None:
    """Where the entries and where their awards stand: the first announced round holds every entry, the last decides."""
    require(actor.event.gallery_enabled, NotFound())
    boards = [view.board for view in queries.list_public_boards(actor.event)]
    shown = [board.snapshot_id for board in boards if board and board.snapshot_id]
    return (shown[0], shown[-1]) if shown else None


@blueprint.get("/k/<slug>/galeri/<idea_id>")
@public
@cached_for_visitors
def gallery_entry(slug: str, idea_id: str) -> ResponseReturnValue:
    """One entry as it was judged."""
    actor = enter(slug)
    snapshots = _gallery_snapshots(actor)
    if snapshots is None:
        raise NotFound
    row, award = queries.get_gallery_row(*snapshots, idea_id)
    entry = queries.read_gallery_entry(actor.event, row)
    return render_template("results/gallery_entry.html", event=actor.event, row=row, award=award, entry=entry)


# -- the results room ---------------------------------------------------------------------------------------------


@blueprint.get("/k/<slug>/kelola/hasil")
def room(slug: str) -> ResponseReturnValue:
    """Every round's board and where it stands."""
    actor = enter(slug, policy.can_enter_results)
    return render_template("results/room.html", event=actor.event, boards=queries.list_boards(actor.event))


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>")
def board(slug: str, number: int) -> ResponseReturnValue:
    """One board: its standing for those who may see it, and the steps for those who may take them."""
    actor = enter(slug, policy.can_enter_results)
    return _render_board(actor, queries.get_board(actor.event, number))


def _render_board(
    actor: Actor, view: BoardView, move: MoveForm | None = None, options: OptionsForm | None = None
) -> ResponseReturnValue:
    chosen = _default_group(actor, _filter())
    visible = policy.can_see_board(actor, view.state)
    standing = queries.load_standing(actor.event, view, chosen) if visible else None
    record = view.board
    form = options or OptionsForm(
        shows_scores=record.shows_scores if record else True,
        minimum_ballots=record.minimum_ballots if record else 1,
    )
    status = next((f.status for f in (move, options) if f is not None), 200)
    page = render_template(
        "results/board.html",
        event=actor.event,
        view=view,
        standing=standing,
        runs=divide(standing.rows.items) if standing else [],
        chosen=chosen,
        move=move or MoveForm(expected=view.state.value),
        options=form,
        steps=_steps(view.state),
        needs_reason=needs_reason,
        may_move=policy.can_move_board(actor),
        changes=queries.list_changes(record.id) if record else [],
        snapshots=queries.list_snapshots(record.id) if record else [],
    )
    return page, status


def _steps(state: BoardState) -> list[BoardState]:
    """Where a board can go from here, ways forward before ways back."""
    return sorted(
        (after for after in BoardState if can_move(state, after)),
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
                at=clock.now(),
            )
            flash(_MESSAGES[BoardState(form.after.data)](), "success")
            return redirect(url_for("results.board", slug=slug, number=number))
    return _render_board(actor, queries.get_board(actor.event, number), move=form)


_MESSAGES = {
    BoardState.COLLECTING: lambda: _("Papan kembali mengumpulkan nilai."),
    BoardState.PROVISIONAL: lambda: _("Peringkat sementara terbuka untuk panitia."),
    BoardState.FROZEN: lambda: _("Peringkat dibekukan. Nilai yang datang kemudian tidak mengubahnya."),
    BoardState.ANNOUNCED: lambda: _("Hasil diumumkan. Ketua tim menerima surel pemberitahuan."),
    BoardState.FINAL: lambda: _("Hasil ditetapkan sebagai hasil akhir."),
}


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/pengaturan")
def set_options(slug: str, number: int) -> ResponseReturnValue:
    """What will be published."""
    actor = enter(slug, policy.can_move_board)
    form = OptionsForm()
    if form.validate_on_submit():
        with form.catch():
            services.set_board_options(
                actor,
                number,
                shows_scores=form.shows_scores.data,
                minimum_ballots=form.minimum_ballots.data,
                at=clock.now(),
            )
            flash(_("Pengaturan papan disimpan."), "success")
            return redirect(url_for("results.board", slug=slug, number=number))
    return _render_board(actor, queries.get_board(actor.event, number), options=form)


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/unduh.<kind>")
def download_board(slug: str, number: int, kind: str) -> ResponseReturnValue:
    """The board as it stands for those who may see it, with scores."""
    actor = enter(slug, policy.can_enter_results)
    view = queries.get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    snapshot_id = view.board.snapshot_id if view.board else None
    rows = queries.list_all_rows(snapshot_id) if snapshot_id else queries.compute_rows(actor.event, view)
    return _file(actor, rows, kind, scores=True)


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/potret/<int:snapshot>")
def snapshot(slug: str, number: int, snapshot: int) -> ResponseReturnValue:
    """An earlier snapshot, kept readable after it was superseded."""
    actor = enter(slug, policy.can_enter_results)
    view = queries.get_board(actor.event, number)
    require(view.board is not None and policy.can_see_board(actor, view.state), NotFound())
    kept = queries.get_snapshot(view.board.id if view.board else 0, snapshot)
    chosen = _filter()
    rows = queries.list_snapshot_rows(kept, chosen)
    return render_template(
        "results/snapshot.html",
        event=actor.event,
        view=view,
        snapshot=kept,
        rows=rows,
        runs=divide(rows.items),
        chosen=chosen,
    )
