"""Who serves in a round."""

from __future__ import annotations

from sqlalchemy import select

from innovate.core.db import db
from innovate.scoring.models.rounds import Round, RoundJuror


def find_round_jury(round_: Round) -> frozenset[int] | None:
    """The users who serve in the round; None where the event's whole jury does."""
    chosen = frozenset(db.session.scalars(select(RoundJuror.user_id).filter_by(round_id=round_.id)))
    return chosen or None
