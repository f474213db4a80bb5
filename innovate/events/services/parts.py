"""What features above keep in a template: each has its own key, its shape, and how it is read out of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from innovate.events.domain.shapes import Fault, Key
from innovate.events.models import Event

Line = tuple[Any, Any]  # of a preview: what it is called, and how much or what of it there is


def _agrees(_document: Mapping[str, Any]) -> Iterable[Fault]:
    return ()


@dataclass(frozen=True)
class Part:
    """A feature's part of a template.

    `shape` checks the value; `read` makes it of an event whose definition is loaded; `review` finds what does not agree
    with the rest of a document that fits; `tell` says what the part brings. A listener of `creation.after_creation`
    brings it into a new event.
    """

    key: str
    shape: Key
    read: Callable[[Event], Any]
    tell: Callable[[Any], Sequence[Line]]
    review: Callable[[Mapping[str, Any]], Iterable[Fault]] = _agrees


_parts: dict[str, Part] = {}


def add_part(part: Part) -> None:
    """Called by a feature above when the application is built; once more changes nothing."""
    _parts[part.key] = part


def list_parts() -> list[Part]:
    """All parts of features above, in the order in which they came."""
    return list(_parts.values())
