"""What else waits for a juror beside their ballots. Features above register who knows; the juror's queue shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.events.policy import Actor


@dataclass(frozen=True)
class Work:
    """One thing to do: its title, a line about it, what the link says and where it leads."""

    title: Any
    text: Any
    label: Any
    endpoint: str
    values: Mapping[str, Any]


Find = Callable[[Actor, datetime], Work | None]
_finders: dict[str, Find] = {}


def add_other_work(key: str, find: Find) -> None:
    """Register who knows a juror's other work in an event; one with the same key is replaced."""
    _finders[key] = find


def list_other_work(actor: Actor, at: datetime) -> list[Work]:
    """What waits for the juror besides ballots."""
    found = [find(actor, at) for find in _finders.values()]
    return [work for work in found if work is not None]
