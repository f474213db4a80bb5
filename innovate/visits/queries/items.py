"""The checklist of an event's visits."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.visits.domain.states import DEFAULT_ITEMS
from innovate.visits.models import VisitItem


def list_items(event_id: int) -> Sequence[VisitItem]:
    """What visitors check, in order."""
    query = select(VisitItem).where(VisitItem.event_id == event_id, VisitItem.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(VisitItem.position, VisitItem.id)))


def get_item(event_id: int, public_id: str) -> VisitItem:
    """One point that is on the list, or NotFound."""
    query = select(VisitItem).where(VisitItem.event_id == event_id, VisitItem.public_id == public_id)
    item = db.session.scalar(query.where(VisitItem.removed_at.is_(None)))
    if item is None:
        raise NotFound
    return item


def list_or_default(event_id: int) -> Sequence[VisitItem]:
    """The same; for an event that never had a list the default one, not stored yet (its points have no key)."""
    query = select(VisitItem.id).where(VisitItem.event_id == event_id).limit(1)
    if db.session.scalar(query) is not None:
        return list_items(event_id)
    return [VisitItem(label=label, help=text, position=n) for n, (label, text) in enumerate(DEFAULT_ITEMS)]
