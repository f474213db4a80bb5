"""Why entries were put out of the competition, and taken back in."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.ideas.models import Disqualification


def list_disqualifications(idea_id: int) -> list[Disqualification]:
    """All of one entry, newest first, with who decided and who lifted."""
    query = (
        select(Disqualification)
        .where(Disqualification.idea_id == idea_id)
        .options(joinedload(Disqualification.by), joinedload(Disqualification.lifted_by))
        .order_by(Disqualification.id.desc())
    )
    return list(db.session.scalars(query))
