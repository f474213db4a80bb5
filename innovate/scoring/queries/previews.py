"""Reading draws that were asked for, and those that were applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from innovate.audit.queries import list_values
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page
from innovate.events.models import Event
from innovate.scoring.domain.assignment.places import Draw, DrawInputs, DrawnPair, Pair, Why
from innovate.scoring.domain.assignment.stored import draw_from_json
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.jury import Coverage
from innovate.scoring.queries.rounds import list_rounds
from innovate.tasks.models import Task, TaskState
from innovate.tasks.queries import get_task, list_tasks

DRAW = "scoring.draw"


def subject_of(round_: Round) -> str:
    """How tasks name a round."""
    return f"round:{round_.id}"


@dataclass(frozen=True)
class Preview:
    """A draw that was asked for; `draw` once it is done."""

    task: Task
    seed: int
    seen: str
    silent: tuple[int, ...]
    inputs: DrawInputs
    draw: Draw | None

    @property
    def is_ready(self) -> bool:
        """Whether it can be looked at."""
        return self.draw is not None


def get_preview(round_: Round, public_id: str) -> Preview:
    """One preview of the round, or NotFound."""
    task = get_task(public_id, whole=True)
    if task.kind != DRAW or task.about != subject_of(round_):
        raise NotFound
    return _preview(task)


def list_previews(round_: Round, *, limit: int = 6) -> list[Preview]:
    """The latest previews of the round that are done, newest first, to be compared."""
    tasks = list_tasks(DRAW, subject_of(round_), limit=limit, whole=True)
    return [_preview(task) for task in tasks if task.state is TaskState.DONE]


def _preview(task: Task) -> Preview:
    return Preview(
        task=task,
        seed=task.inputs["seed"],
        seen=task.inputs["seen"],
        silent=tuple(task.inputs["silent"]),
        inputs=DrawInputs.from_json(task.inputs["draw"]),
        draw=draw_from_json(task.result) if task.state is TaskState.DONE and task.result else None,
    )


class DrawnRow(NamedTuple):
    """An entry of a preview with its jurors: name, pair, and the keywords both share."""

    entry: Coverage
    pairs: list[tuple[str, DrawnPair, list[str]]]


def page_of_pairs(
    preview: Preview,
    entries: list[Coverage],
    names: Mapping[int, str],
    *,
    search: str = "",
    why: Why | None = None,
    page: int = 1,
    size: int = 25,
) -> Page[DrawnRow]:
    """Entries of a preview with their jurors, a page at a time.

    `search` looks into titles, numbers and jurors' names; `why` keeps entries with such a pair.
    """
    ideas = {place.id: place for place in preview.inputs.ideas}
    jurors = {place.id: place for place in preview.inputs.jurors}
    by_idea: dict[int, list[tuple[str, DrawnPair, list[str]]]] = {}
    for pair in preview.draw.panel if preview.draw else ():
        shared = sorted(ideas[pair.idea_id].words & jurors[pair.juror_id].words)
        by_idea.setdefault(pair.idea_id, []).append((names.get(pair.juror_id, "–"), pair, shared))
    rows = [
        DrawnRow(entry, sorted(by_idea.get(entry.idea_id, ()), key=lambda row: row[0])) for entry in entries
    ]
    wish = search.casefold()
    found = [row for row in rows if _fits(row, wish, why)]
    page = max(1, min(page, max(1, -(-len(found) // size))))
    return Page(found[(page - 1) * size : page * size], page, size, len(found))


def _fits(row: DrawnRow, search: str, why: Why | None) -> bool:
    if why is not None and not any(why in pair.why for _name, pair, _words in row.pairs):
        return False
    text = f"{row.entry.title} {row.entry.number or 0:03d} {' '.join(name for name, *_rest in row.pairs)}"
    return search in text.casefold()


class Applied(NamedTuple):
    """A draw in the audit trail: enough to repeat it."""

    entry_id: int
    seed: int
    inputs: DrawInputs
    pairs: tuple[Pair, ...]


def list_applied(slug: str | None = None) -> list[Applied]:
    """Every draw that was applied, oldest first; of one event if its address is given (NotFound without such one)."""
    event_id = None
    if slug is not None:
        event_id = db.session.scalar(select(Event.id).where(Event.slug == slug))
        if event_id is None:
            raise NotFound
    return [
        Applied(
            number,
            values["after"]["seed"],
            DrawInputs.from_json(values["after"]["inputs"]),
            tuple((idea, juror) for idea, juror in values["after"]["pairs"]),
        )
        for number, values in list_values("round.draw", event_id=event_id)
    ]


def find_place(task: Task) -> tuple[str, dict[str, Any]]:
    """The address of a preview: endpoint and values."""
    slug = db.session.scalar(select(Event.slug).where(Event.id == task.event_id))
    rounds = {subject_of(round_): round_.number for round_ in list_rounds(task.event_id or 0)}
    return "scoring.drawn", {"slug": slug, "number": rounds.get(task.about, 1), "task_id": task.public_id}
