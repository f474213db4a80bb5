"""What features above show a team on the page of its idea. Ideas cannot know them: they register here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from innovate.events.policy import Actor
from innovate.ideas.models import Idea


@dataclass(frozen=True)
class Part:
    """A section of the page. `load` takes the actor and the idea; None means no section."""

    template: str
    load: Callable[[Actor, Idea], Mapping[str, Any] | None]


_parts: dict[str, Part] = {}


def add_part(key: str, part: Part) -> None:
    """Register a section; one with the same key is replaced."""
    _parts[key] = part


def fill_parts(actor: Actor, idea: Idea) -> list[tuple[Part, Mapping[str, Any]]]:
    """The sections that have something to say, with the values of their templates."""
    filled = [(part, part.load(actor, idea)) for part in _parts.values()]
    return [(part, values) for part, values in filled if values is not None]
