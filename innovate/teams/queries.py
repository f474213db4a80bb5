"""Reading teams."""

from __future__ import annotations

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.teams.models import Team


def list_captains(event_id: int) -> list[User]:
    """Captains of the event's living teams."""
    captains = select(Team.captain_id).where(Team.event_id == event_id, Team.disbanded_at.is_(None))
    return list(db.session.scalars(select(User).where(User.id.in_(captains)).order_by(User.id)))
