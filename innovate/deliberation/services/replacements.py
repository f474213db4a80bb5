"""A juror replaced: what they have not handed in is taken back and given to others, as far as rules allow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.deliberation import policy
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.draws import list_serving
from innovate.scoring.services.assignment import assign_juror, remove_assignment
from innovate.scoring.services.trail import require_reason


class Replaced(NamedTuple):
    """How many entries were taken back, and how many of them somebody else has now."""

    freed: int
    given: int

    @property
    def left(self) -> int:
        """Entries that still want a juror."""
        return self.freed - self.given


def replace_juror(
    actor: Actor, round_: Round, juror_public_id: str, others: Collection[str], *, reason: str, at: datetime
) -> Replaced:
    """Take back what the juror has not handed in and give each entry to the least loaded of `others` (public ids) who
    may have it. What nobody of them may have, or all of it without `others`, is left for the draw.
    """
    require(policy.can_lead(actor))
    reason = require_reason(reason)
    locked(Round, round_.id)
    serving = {row.user.public_id: row for row in list_serving(round_)}
    strange = Refused(_l("Juri yang dipilih tidak bertugas pada babak ini."), field="others")
    require(set(others) <= set(serving) - {juror_public_id} and juror_public_id in serving, strange)
    seats = _unfinished(actor, round_, serving[juror_public_id].user.id)
    require(bool(seats), Refused(_l("Juri ini tidak memegang karya yang belum diajukan."), field="reason"))
    load = {key: serving[key].progress.left for key in others}
    given = 0
    for seat, idea in seats:
        remove_assignment(actor, seat, reason=reason, at=at)
        given += _give(actor, round_, idea, load, at)
    return Replaced(len(seats), given)


def _give(actor: Actor, round_: Round, idea: str, load: dict[str, int], at: datetime) -> bool:
    for key in sorted(load, key=lambda key: (load[key], key)):
        try:
            with db.session.begin_nested():
                assign_juror(actor, round_, idea, key, at=at)
        except Refused:  # a conflict, already there, or full: the next one
            continue
        load[key] += 1
        return True
    return False


def _unfinished(actor: Actor, round_: Round, user_id: int) -> list[tuple[str, str]]:
    query = (
        select(Assignment.public_id, Idea.public_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_.id, Assignment.user_id == user_id)
        .where(Assignment.state == AssignmentState.ACTIVE, Idea.id.not_in(list_hidden(actor)))
        .where(Ballot.id.is_(None) | (Ballot.state == BallotState.DRAFT))
        .order_by(Idea.number, Assignment.id)
    )
    return [(seat, idea) for seat, idea in db.session.execute(query)]
