"""What features above show on a team's page. Teams cannot know them: they register when the app is built.

`load` takes the actor, the team (with its members) and the instant and returns the values for the template, or None to
be absent; the template finds them as `section`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.events.policy import Actor
from innovate.teams.models import Team

Load = Callable[[Actor, Team, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class FilledSection:
    """A section with the values its template needs."""

    template: str
    values: Mapping[str, Any]


_sections: dict[str, tuple[str, Load]] = {}


def add_section(key: str, template: str, load: Load) -> None:
    """Register a section; one with the same key is replaced."""
    _sections[key] = (template, load)


def fill_sections(actor: Actor, team: Team, at: datetime) -> list[FilledSection]:
    """The sections that have something to say, in order of registration."""
    filled = [(template, load(actor, team, at)) for template, load in _sections.values()]
    return [FilledSection(template, values) for template, values in filled if values is not None]
