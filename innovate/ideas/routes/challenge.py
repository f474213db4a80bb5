"""The challenge behind the chosen track, on the pages of a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.ideas.routes.sections import Panel, add_panel
from innovate.partners.queries.dealings import find_challenge_of_track


def init_app(_plumbing: Plumbing) -> None:
    """Add the panel; once more changes nothing."""
    add_panel(
        Panel(
            "challenge", "partners/_challenge_panel.html", _load, pages=frozenset({"show", "edit", "screen"})
        )
    )


def _load(_actor: Actor, idea: Idea, _at: datetime) -> Mapping[str, Any] | None:
    challenge = find_challenge_of_track(idea.track_id)
    return {"challenge": challenge} if challenge else None
