"""Reading what the jury decided about ties."""

from __future__ import annotations

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.results.domain.ties.rules import Plenary
from innovate.results.models import TieRuling


def list_plenaries(round_id: int) -> list[Plenary]:
    """Decisions in force, the newest first: of two about the same entries it counts."""
    return [Plenary(tuple(row.order), row.reason) for row, _user in list_rulings(round_id)]


def list_rulings(round_id: int) -> list[tuple[TieRuling, User]]:
    """The same with who entered them."""
    query = select(TieRuling, User).join(User, User.id == TieRuling.made_by_id)
    query = query.where(TieRuling.round_id == round_id, TieRuling.withdrawn_at.is_(None))
    return [(row, user) for row, user in db.session.execute(query.order_by(TieRuling.id.desc()))]
