"""What goes when a person is erased: their words as a person who asked. What an innovation reported stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.impact.models import AdoptionRequest


def forget_person(person: User, _at: datetime) -> None:
    """Empty what they wrote when they asked to adopt."""
    db.session.execute(update(AdoptionRequest).where(AdoptionRequest.asker_id == person.id).values(words="–"))
