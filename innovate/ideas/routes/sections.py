"""What features above show on the pages of a proposal. Ideas cannot know them: they register when the app is built.

    add_panel(Panel("endorsement", "endorsement/_team_panel.html", load, pages={"show", "edit"}))

`load` takes the actor, the idea and the instant and returns the values for its template, or None to be absent; the
template finds them as `panel.values`. On the team's page of a proposal (`show`), a panel with `leads` in its values
stands in the place of the next step; others follow it. In the editor (`edit`) panels stand above the form, at
screening (`screen`) between the entry's facts and its text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.events.policy import Actor
from innovate.ideas.models import Idea

Load = Callable[[Actor, Idea, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A part of the pages named in `pages` (`show`, `edit`, `screen`); panels stand by rising `order`."""

    key: str
    template: str
    load: Load
    pages: frozenset[str]
    order: int = 50


@dataclass(frozen=True)
class FilledPanel:
    """A panel with the values its template needs."""

    template: str
    values: Mapping[str, Any]

    @property
    def leads(self) -> bool:
        """Whether it says what comes next."""
        return bool(self.values.get("leads"))


_panels: dict[str, Panel] = {}
# Features above append functions here: where the team checks and hands in instead of the usual page, None if there.
detours: list[Callable[[Actor, Idea], str | None]] = []


def add_panel(panel: Panel) -> None:
    """Register a panel; one with the same key is replaced."""
    _panels[panel.key] = panel


def fill_panels(page: str, actor: Actor, idea: Idea, at: datetime) -> list[FilledPanel]:
    """The panels of a page that have something to say."""
    chosen = sorted((panel for panel in _panels.values() if page in panel.pages), key=lambda p: p.order)
    filled = [(panel.template, panel.load(actor, idea, at)) for panel in chosen]
    return [FilledPanel(template, values) for template, values in filled if values is not None]


def find_detour(actor: Actor, idea: Idea) -> str | None:
    """The address at which this proposal is handed in, where a feature above has its own."""
    return next((url for detour in detours if (url := detour(actor, idea))), None)
