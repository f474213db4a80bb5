"""From a contest whose line is not clear to a run-off among those who could be on either side of it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.pairwise import policy
from innovate.pairwise.domain.plan import Plan
from innovate.pairwise.models import Contest, ContestKind, ContestState
from innovate.pairwise.queries.field import load_field
from innovate.pairwise.queries.outcome import load_outcome
from innovate.pairwise.services.setup import create_contest


def start_boundary_runoff(actor: Actor, contest: Contest, *, at: datetime) -> Contest:
    """Prepare a run-off among the undecided entries, with the same jurors, for the places that are left."""
    require(policy.can_lead(actor))
    closed = Refused(_l("Tutup dahulu perbandingan ini, lalu siapkan banding ulangnya."))
    require(contest.state is ContestState.CLOSED, closed)
    outcome = load_outcome(contest)
    undecided = outcome.undecided(contest.cut)
    clear = Refused(_l("Tidak ada karya yang kedudukannya belum dapat dibedakan di sekitar batas."))
    require(len(undecided) > 1, clear)
    left = contest.cut - outcome.sure(contest.cut)
    plan = Plan(
        name=str(_l("Banding ulang: %(name)s", name=contest.name))[:120],
        cut=min(max(left, 1), len(undecided) - 1),
        entries={stall.idea_public_id: stall.stand for stall in undecided},
        jurors=frozenset(seat.public_id for seat in load_field(contest).active),
    )
    return create_contest(actor, contest.round, ContestKind.RUNOFF, plan, at=at)
