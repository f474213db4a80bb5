"""The papers somebody had made of the page: each is the result of a task."""

from __future__ import annotations

from typing import Any, NamedTuple

from innovate.core.errors import NotFound
from innovate.tasks.models import Task, TaskState
from innovate.tasks.queries import get_task, list_tasks

PAPER = "leaders.paper"


class Paper(NamedTuple):
    """Where a finished paper lies; `year` is the one it shows."""

    key: str
    size: int
    year: int


def subject_of(user_id: int) -> str:
    """How tasks name for whom it is."""
    return f"user:{user_id}"


def find_paper_place(_task: Task) -> tuple[str, dict[str, Any]]:
    """Where it is fetched: endpoint and values."""
    return "leaders.index", {}


def find_paper(user_id: int) -> Task | None:
    """The latest work on the person's paper, with its result."""
    return next(iter(list_tasks(PAPER, subject_of(user_id), limit=1, whole=True)), None)


def get_paper(public_id: str, user_id: int) -> Paper:
    """A finished paper of this person, or NotFound."""
    task = get_task(public_id, whole=True)
    if task.kind != PAPER or task.actor_id != user_id or task.state is not TaskState.DONE or not task.result:
        raise NotFound
    return Paper(str(task.result["key"]), int(task.result["size"]), int(task.result["year"]))
