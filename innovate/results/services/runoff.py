"""From entries that share a rank, or cannot be told apart, to a run-off among them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.pairwise.domain.plan import Plan
from innovate.pairwise.models import Contest, ContestKind
from innovate.pairwise.services.setup import create_contest
from innovate.results import policy
from innovate.results.domain.brackets import Bracket, find_brackets_of
from innovate.results.domain.veil import veil
from innovate.results.queries.boards import compute_rows, get_board
from innovate.results.queries.snapshots import list_all_rows
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.jury import list_jurors


def start_runoff(actor: Actor, number: int, bracket: Bracket, *, at: datetime) -> Contest:
    """Prepare a run-off among the entries that share a rank of this board (`first` is `last`), or that it cannot tell
    apart, for every juror of the event.

    It is opened where it is set up; whatever comes out of it, the board stays as it is until people decide.
    """
    view = get_board(actor.event, number)
    require(policy.can_see_board(actor, view.state), NotFound())
    snapshot = view.board.snapshot_id if view.board else None
    rows = list_all_rows(snapshot) if snapshot else compute_rows(actor.event, view)
    group, pool, first, last = bracket
    is_tie = first == last
    hidden = frozenset() if view.state.is_public else list_hidden(actor)
    shown = veil(rows, hidden)  # what is kept from a chair is not counted in the ranks they read
    stands = is_tie or bracket in find_brackets_of(shown).values()
    changed = _l("Peringkat sudah berubah sejak halaman ini dibuka. Periksa lagi, lalu siapkan.")
    require(stands, Refused(changed))
    inside = (row for row in shown if (row.group_code, row.pool) == (group, pool))
    meant = {row.idea_id for row in inside if first <= (row.rank or 0) <= last}
    places = {(row.group_code, row.pool, row.rank) for row in rows if row.idea_id in meant}
    chosen = {row.idea_public_id: "" for row in rows if (row.group_code, row.pool, row.rank) in places}
    require(len(chosen) > 1, Refused(_l("Nilai karya-karya itu tidak lagi sama.")))
    ranks = str(first) if is_tie else f"{first}–{last}"
    name = _l("Banding ulang peringkat %(rank)s", rank=ranks)
    plan = Plan(
        name=f"{name}, {actor.event.group_label} {group}" if group else str(name),
        cut=1,
        entries=chosen,
        jurors=frozenset(row.user.public_id for row in list_jurors(actor.event.id)),
    )
    return create_contest(actor, view.round, ContestKind.RUNOFF, plan, at=at)
