"""From entries that share a rank to a run-off among them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.pairwise.domain.plan import Plan
from innovate.pairwise.models import Contest, ContestKind
from innovate.pairwise.services.setup import create_contest
from innovate.results import policy
from innovate.results.domain.veil import veil
from innovate.results.queries.boards import compute_rows, get_board
from innovate.results.queries.snapshots import list_all_rows
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.jury import list_jurors


def start_runoff(actor: Actor, number: int, *, group: str, rank: int, at: datetime) -> Contest:
    """Prepare a run-off among the entries that share a rank of this board, for every juror of the event.

    It is opened where it is set up; whatever comes out of it, the board stays as it is until people decide.
    """
    view = get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    snapshot = view.board.snapshot_id if view.board else None
    rows = list_all_rows(snapshot) if snapshot else compute_rows(actor.event, view)
    shown = veil(rows, list_hidden(actor))  # what is kept from a chair is not counted in the ranks they read
    meant = {row.idea_id for row in shown if (row.group_code, row.rank) == (group, rank)}
    places = {(row.group_code, row.rank) for row in rows if row.idea_id in meant}
    tied = {row.idea_public_id: "" for row in rows if (row.group_code, row.rank) in places}
    require(len(tied) > 1, Refused(_l("Nilai karya-karya itu tidak lagi sama.")))
    name = _l("Banding ulang peringkat %(rank)s", rank=rank)
    plan = Plan(
        name=f"{name}, {actor.event.group_label} {group}" if group else str(name),
        cut=1,
        entries=tied,
        jurors=frozenset(row.user.public_id for row in list_jurors(actor.event.id)),
    )
    return create_contest(actor, view.round, ContestKind.RUNOFF, plan, at=at)
