"""Rows of a pitch day."""

from __future__ import annotations

from typing import Any

from innovate.ideas.models import Idea
from innovate.pitch.models import PitchDay, PitchSlot
from innovate.scoring.models.rounds import Round
from tests.factories.build import NOW, add


def make_pitch_day(round_: Round, *ideas: Idea, **values: Any) -> PitchDay:
    """A published day with the ideas in this order, beginning NOW; 7 + 13 minutes, warnings at 120 and 30 s."""
    defaults = {
        "event_id": round_.event_id,
        "round_id": round_.id,
        "place": "Balai Kota",
        "starts_at": NOW,
        "warnings": [120, 30],
        "seed": "284917",
        "drawn_at": NOW,
        "published_at": NOW,
    }
    day = add(PitchDay(**{**defaults, **values}))
    for position, idea in enumerate(ideas):
        add(PitchSlot(day_id=day.id, idea_id=idea.id, position=position))
    return day
