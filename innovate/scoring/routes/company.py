"""What features above show a juror. Scoring cannot know them: they register here, when the application is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.events.policy import Actor


@dataclass(frozen=True)
class Work:
    """One thing to do besides ballots, in the queue: its title, a line, what the link says and where it leads."""

    title: Any
    text: Any
    label: Any
    endpoint: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Bar:
    """A strip below the masthead of queue and scorecard. `load` takes actor, the round's key and the instant; None
    means no strip.
    """

    template: str
    load: Callable[[Actor, int, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Remark:
    """Something about one entry that its jurors should know while they judge and sit together."""

    title: Any
    text: str


FindWork = Callable[[Actor, datetime], Work | None]
_works: dict[str, FindWork] = {}
_bars: dict[str, Bar] = {}
_remarks: dict[str, Callable[[Actor, int], list[Remark]]] = {}


def add_work(key: str, find: FindWork) -> None:
    """Register who knows a juror's other work in an event; one with the same key is replaced."""
    _works[key] = find


def add_bar(key: str, bar: Bar) -> None:
    """Register a strip; one with the same key is replaced."""
    _bars[key] = bar


def add_remarks(key: str, find: Callable[[Actor, int], list[Remark]]) -> None:
    """Register who has remarks about an entry (its key); one with the same key is replaced."""
    _remarks[key] = find


def list_remarks(actor: Actor, idea_id: int) -> list[Remark]:
    """What is said about an entry. The caller has let in nobody from whom it is kept."""
    return [remark for find in _remarks.values() for remark in find(actor, idea_id)]


def list_works(actor: Actor, at: datetime) -> list[Work]:
    """What waits for the juror besides ballots."""
    found = [find(actor, at) for find in _works.values()]
    return [work for work in found if work is not None]


def fill_bars(actor: Actor, round_id: int, at: datetime) -> list[tuple[Bar, Mapping[str, Any]]]:
    """The strips that have something to say, with the values of their templates."""
    filled = [(bar, bar.load(actor, round_id, at)) for bar in _bars.values()]
    return [(bar, values) for bar, values in filled if values is not None]
