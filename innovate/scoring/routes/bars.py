"""What features above show a juror above the queue and the scorecard. Scoring cannot know them: they register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.events.policy import Actor

Load = Callable[[Actor, int, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Bar:
    """A strip below the masthead. `load` takes actor, the round's key and the instant; None means no strip."""

    key: str
    template: str
    load: Load


_bars: dict[str, Bar] = {}


def add_bar(bar: Bar) -> None:
    """Register a strip; one with the same key is replaced."""
    _bars[bar.key] = bar


def fill_bars(actor: Actor, round_id: int, at: datetime) -> list[tuple[Bar, Mapping[str, Any]]]:
    """The strips that have something to say, with the values of their templates."""
    filled = [(bar, bar.load(actor, round_id, at)) for bar in _bars.values()]
    return [(bar, values) for bar, values in filled if values is not None]
