"""How rounds, assignments, ballots and criteria are called in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.events.models import Phase
from innovate.ideas.models import Idea
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Criterion, Round


def _named_by_entry(model: Any) -> Callable[[Collection[str]], dict[str, str]]:
    """`PECI HAJI (Burhanuddin Salim)`: entry and juror."""

    def find(keys: Collection[str]) -> dict[str, str]:
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
        query = select(model.id, Idea.title, User.name).join(Idea, Idea.id == model.idea_id)
        rows = db.session.execute(query.join(User, User.id == model.user_id).where(model.id.in_(numbers)))
        return {str(key): f"{title} ({juror})" for key, title, juror in rows}

    return find


_PHASE = select(Phase.name).where(Phase.id == Round.phase_id).scalar_subquery()

TRAIL_NAMES = {
    "assignment": _named_by_entry(Assignment),
    "ballot": _named_by_entry(Ballot),
    "criterion": names_by(Criterion.id, Criterion.name),
    "round": names_by(Round.id, _PHASE),
}
