"""The register of incidents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.privacy.models import Breach


def list_breaches() -> list[Breach]:
    """Every incident, the latest first."""
    query = (
        select(Breach)
        .options(joinedload(Breach.recorded_by))
        .order_by(Breach.noticed_at.desc(), Breach.id.desc())
    )
    return list(db.session.scalars(query))


def count_open() -> int:
    """How many are not closed."""
    query = select(func.count()).select_from(Breach).where(Breach.closed_at.is_(None))
    return db.session.scalar(query) or 0


def list_untold(before: datetime) -> list[Breach]:
    """Open incidents of which authority or people were not told, and whose term ends before an instant."""
    untold = or_(Breach.authority_told_at.is_(None), Breach.people_told_at.is_(None))
    query = select(Breach).where(Breach.closed_at.is_(None), untold, Breach.due_at < before)
    return list(db.session.scalars(query.order_by(Breach.id)))


def get_breach(public_id: str) -> Breach:
    """One incident, or NotFound."""
    query = select(Breach).where(Breach.public_id == public_id).options(joinedload(Breach.recorded_by))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found
