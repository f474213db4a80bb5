"""What features above show on a team's page. Teams cannot know them: they register when the application is built.

    add_beside(Beside("skills", "skills/_team.html", load))

`load` takes the actor, the team, its mentors, whether members may still come in, and the instant; it returns the values
for its template, which finds them as `part`, or None to be absent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.events.policy import Actor
from innovate.teams.models import Team, TeamMentor

Load = Callable[[Actor, Team, list[TeamMentor], bool, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Beside:
    """One part; parts stand by rising `order`, in the aside or (`is_wide`) between the page's own sections."""

    key: str
    template: str
    load: Load
    order: int = 50
    is_wide: bool = False


@dataclass(frozen=True)
class FilledPart:
    """A part with the values its template needs."""

    template: str
    values: Mapping[str, Any]
    is_wide: bool


_parts: dict[str, Beside] = {}


def add_beside(part: Beside) -> None:
    """Register a part; one with the same key is replaced."""
    _parts[part.key] = part


def fill_beside(
    actor: Actor, team: Team, mentors: list[TeamMentor], *, is_open: bool, at: datetime
) -> list[FilledPart]:
    """The parts that have something to say."""
    filled = [
        (part, part.load(actor, team, mentors, is_open, at))
        for part in sorted(_parts.values(), key=lambda part: part.order)
    ]
    return [FilledPart(part.template, values, part.is_wide) for part, values in filled if values is not None]
