"""The secret that hides jurors in published results."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from innovate.core.db import db, locked
from innovate.events.models import Event
from innovate.scoring.models.receipts import LeafSecret


def ensure_secret(event_id: int) -> str:
    """The event's secret, made at its first need and the same ever after."""
    query = select(LeafSecret.secret).where(LeafSecret.event_id == event_id)
    known = db.session.scalar(query)
    if known:
        return known
    locked(Event, event_id)  # two first receipts at once share one secret
    known = db.session.scalar(query)
    if known:
        return known
    made = LeafSecret(event_id=event_id, secret=secrets.token_hex(32))
    db.session.add(made)
    db.session.flush()
    return made.secret
