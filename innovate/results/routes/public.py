"""The public leaderboard and the gallery."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.events.guard import enter
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.pairwise.queries.contests import list_contests_of
from innovate.results.domain.objections import is_open
from innovate.results.domain.standing import divide, find_cuts
from innovate.results.queries import awards, boards, snapshots
from innovate.results.queries import gallery as gallery_reads
from innovate.results.queries.objections import list_window_extensions
from innovate.results.queries.proofs import find_published
from innovate.results.queries.withdrawals import list_standing
from innovate.results.routes.lists import as_file, default_group, list_options, read_filter
from innovate.results.routes.mount import blueprint
from innovate.results.routes.saying import say_frozen

# Features above append here: a template and its values for the page of an entry in the gallery, None to be absent.
entry_sections: list[Callable[[int], tuple[str, Mapping[str, Any]] | None]] = []


@blueprint.get("/k/<slug>/peringkat")
@public
@cached_for_visitors
def leaderboard(slug: str) -> ResponseReturnValue:
    """The announced ranking; a page that says when it will be there while it is sealed."""
    actor = enter(slug)
    public_boards = boards.list_public_boards(actor.event)
    view = boards.choose_board(public_boards, request.args.get("babak", type=int))
    if view is None or view.board is None or view.board.snapshot is None:
        return render_template(
            "results/sealed.html",
            event=actor.event,
            corrected=not public_boards and boards.was_announced(actor.event.id),
        )
    chosen = default_group(actor, read_filter())
    rows = snapshots.list_snapshot_rows(view.board.snapshot, chosen)
    finalists = boards.list_finalists(public_boards, view)
    return render_template(
        "results/leaderboard.html",
        event=actor.event,
        view=view,
        board=view.board,
        **say_frozen(view.board.snapshot, rows.items, scores=view.board.shows_scores),
        chosen=chosen,
        rows=rows,
        runs=divide(rows.items),
        finalists=finalists,
        cuts={} if chosen.search or chosen.track else find_cuts(rows.items, finalists),
        top=snapshots.find_leaders(view.board.snapshot.id, chosen, rows),
        shown={row.idea_id for row in rows.items if _is_shown(row.idea, actor.event)},
        options=list_options,
        boards=public_boards,
        contests=list_contests_of(view.round.id, only_published=True),
        bundle=find_published(view),
        laurels=awards.load_laurels(view.board.snapshot.id),
        withdrawn=list_standing(view.board),
        objections_open=is_open(view.board.objections_until, clock.now()),
        extensions=list_window_extensions(view.board, actor.event.zone),
    )


def _is_shown(idea: Idea, event: Event) -> bool:
    return event.gallery_enabled and idea.in_gallery and idea.state not in gallery_reads.LEFT


@blueprint.get("/k/<slug>/peringkat/unduh.<kind>")
@public
def download_leaderboard(slug: str, kind: str) -> ResponseReturnValue:
    """The announced ranking as CSV or XLSX, exactly as published."""
    actor = enter(slug)
    view = boards.find_public_board(actor.event, request.args.get("babak", type=int))
    require(view is not None and view.board is not None and view.board.snapshot_id is not None, NotFound())
    board = view.board  # type: ignore[union-attr]
    rows = snapshots.list_all_rows(board.snapshot_id)  # type: ignore[union-attr,arg-type]
    return as_file(actor, rows, kind, criteria=view.criteria, scores=board.shows_scores)  # type: ignore[union-attr]


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
        rows=gallery_reads.list_gallery(*snapshots, read_filter()) if snapshots else None,
        laurels=awards.load_laurels(snapshots[1]) if snapshots else None,
        chosen=read_filter(),
        options=list_options,
    )


def _gallery_snapshots(actor: Actor) -> tuple[int, int] | None:
    """Where the entries and where their awards stand: the first announced round holds every entry, the last decides."""
    require(actor.event.gallery_enabled, NotFound())
    announced = [view.board for view in boards.list_public_boards(actor.event)]
    shown = [board.snapshot_id for board in announced if board and board.snapshot_id]
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
    row, award = gallery_reads.get_gallery_row(*snapshots, idea_id)
    return render_template(
        "results/gallery_entry.html",
        event=actor.event,
        row=row,
        award=award,
        laurels=awards.load_laurels(snapshots[1]),
        entry=gallery_reads.read_gallery_entry(actor.event, row),
        more=[section for find in entry_sections if (section := find(row.idea_id)) is not None],
    )
