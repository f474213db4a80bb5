"""The guarded way to imports: absent and not yours look the same (404)."""

from __future__ import annotations

from innovate.core.errors import NotFound, require
from innovate.events import guard as events
from innovate.events.policy import Actor
from innovate.intake import policy
from innovate.intake.models import ScoreImport
from innovate.intake.queries.imports import get_import
from innovate.intake.queries.world import competes
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.rounds import get_round


def enter(slug: str) -> Actor:
    """An organizer who is of no team of the event."""
    actor = events.enter(slug, policy.can_import)
    require(not competes(actor), NotFound())
    return actor


def enter_round(slug: str, number: int) -> tuple[Actor, Round]:
    """The same with a round."""
    actor = enter(slug)
    return actor, get_round(actor.event, number)


def enter_import(slug: str, public_id: str, *, whole: bool = False) -> tuple[Actor, ScoreImport]:
    """The same with an import of the event."""
    actor = enter(slug)
    return actor, get_import(actor.event.id, public_id, whole=whole)
