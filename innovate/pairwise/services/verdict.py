"""What the chair makes of a run-off. It changes no rank: the decision and its reason are kept for the plenary."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import locked
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.pairwise import policy
from innovate.pairwise.models import Contest, ContestKind, ContestState, Verdict
from innovate.pairwise.queries.contests import get_contest
from innovate.scoring.services.trail import require_reason


def decide_runoff(actor: Actor, contest_id: str, verdict: Verdict, *, reason: str, at: datetime) -> Contest:
    """Keep the decision on a closed run-off with its reason; a later one replaces it and both stay in the trail."""
    require(policy.can_lead(actor))
    contest = locked(Contest, get_contest(actor.event.id, contest_id).id)
    require(
        contest.kind is ContestKind.RUNOFF and contest.state is ContestState.CLOSED,
        Refused(_l("Putusan diambil setelah banding ulang ditutup.")),
    )
    reason = require_reason(reason)
    before = {"verdict": contest.verdict, "reason": contest.verdict_reason}
    contest.verdict, contest.verdict_reason = verdict, reason
    contest.verdict_by_id, contest.verdict_at = actor.user_id, at
    record(
        "pairwise.decide",
        actor_id=actor.user_id,
        at=at,
        object_type="pairwise_contest",
        object_id=contest.id,
        event_id=contest.event_id,
        before=before,
        after={"verdict": verdict, "reason": reason},
    )
    return contest
