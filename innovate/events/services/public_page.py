"""What features above add to an event's public page. Events cannot know them, so they register themselves.

A feature calls `add_section(Section("criteria", "scoring/_criteria.html", load))` from its routes' `init_app`. `load`
takes the actor and the instant, and returns the values for its template, or None to be absent. The template is
included with those values as `section`; it brings a `<section class="iv-block" id="{{ key }}">` with an h2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innovate.events.policy import Actor

Load = Callable[[Actor, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Section:
    """A part of the page: `key` is its anchor, `title` its name among the tabs, `before` the section it precedes
    (`prizes`, `jury`, `questions`, `resources`; "" for the top, above the description).
    """

    key: str
    title: Any
    template: str
    load: Load
    before: str = "prizes"


@dataclass(frozen=True)
class FilledSection:
    """A section with the values its template needs."""

    section: Section
    values: Mapping[str, Any]


@dataclass(frozen=True)
class NextStep:
    """What the person should do now in this event: one sentence on the gold button and where it leads."""

    label: Any
    endpoint: str
    values: Mapping[str, Any]
    note: Any = ""


Fact = tuple[Any, Any]
_sections: dict[str, Section] = {}
_steps: dict[str, tuple[int, Callable[[Actor, datetime], NextStep | None]]] = {}
_facts: dict[str, Callable[[Actor, datetime], Fact | None]] = {}


def add_section(section: Section) -> None:
    """Register a section; one with the same key is replaced."""
    _sections[section.key] = section


def add_next_step(key: str, find: Callable[[Actor, datetime], NextStep | None], *, order: int = 50) -> None:
    """Register who knows the next step of a person (or visitor) in an event; asked by rising `order`, the first
    answer counts.
    """
    _steps[key] = (order, find)


def add_fact(key: str, find: Callable[[Actor, datetime], Fact | None]) -> None:
    """Register a line of the facts beside the countdown: (term, value)."""
    _facts[key] = find


def fill_sections(actor: Actor, at: datetime) -> list[FilledSection]:
    """All registered sections that have something to say, in order of registration."""
    filled = [(section, section.load(actor, at)) for section in _sections.values()]
    return [FilledSection(section, values) for section, values in filled if values is not None]


def find_next_step(actor: Actor, at: datetime) -> NextStep | None:
    """The next step, from the first who knows one."""
    finders = [find for _order, find in sorted(_steps.values(), key=lambda entry: entry[0])]
    return next((step for find in finders if (step := find(actor, at))), None)


def list_facts(actor: Actor, at: datetime) -> list[Fact]:
    """Registered facts that have a value."""
    return [fact for find in _facts.values() if (fact := find(actor, at))]
