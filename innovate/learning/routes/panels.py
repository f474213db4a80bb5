"""What features above show on the page of an activity. Learning cannot know them: they register when the app is built.

    add_panel(Panel("quizzes", "quizzes/_panel.html", load))

`load` takes the guest and the instant and returns the values for its template, or None to be absent; the template finds
them as `panel.values`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.learning.policy import Guest

Load = Callable[[Guest, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A part of the page of an activity; panels stand by rising `order`."""

    key: str
    template: str
    load: Load
    order: int = 50


@dataclass(frozen=True)
class FilledPanel:
    """A panel with the values its template needs."""

    template: str
    values: Mapping[str, Any]


panels: dict[str, Panel] = {}


def add_panel(panel: Panel) -> None:
    """Register a panel; one with the same key is replaced."""
    panels[panel.key] = panel


def fill_panels(guest: Guest, at: datetime) -> list[FilledPanel]:
    """The panels that have something to say, in their order."""
    loaded = [(each, each.load(guest, at)) for each in sorted(panels.values(), key=lambda each: each.order)]
    return [FilledPanel(each.template, values) for each, values in loaded if values is not None]
