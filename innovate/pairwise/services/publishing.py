"""Whether everybody may read the outcome of a contest once its round's board is announced."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import locked
from innovate.core.errors import Refused, require
from innovate.core.withdrawn import withdraw
from innovate.events.policy import Actor
from innovate.pairwise import policy
from innovate.pairwise.models import Contest, ContestState
from innovate.pairwise.queries.contests import get_contest


def set_published(actor: Actor, contest_id: str, *, published: bool, at: datetime) -> Contest:
    """Let the public read the outcome, or take it back. It shows no juror, and nothing before the announcement."""
    require(policy.can_publish(actor))
    contest = locked(Contest, get_contest(actor.event.id, contest_id).id)
    early = Refused(_l("Hasil dapat ditampilkan setelah perbandingan ditutup."))
    require(contest.state is ContestState.CLOSED, early)
    if (contest.published_at is not None) is published:
        return contest
    contest.published_at = at if published else None
    if not published:
        withdraw()
    record(
        "pairwise.publish" if published else "pairwise.unpublish",
        actor_id=actor.user_id,
        at=at,
        object_type="pairwise_contest",
        object_id=contest.id,
        event_id=contest.event_id,
    )
    return contest
