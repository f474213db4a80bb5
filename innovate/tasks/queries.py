"""Reading long work."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import undefer

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.tasks.models import Task


def get_task(public_id: str, *, whole: bool = False) -> Task:
    """One task, or NotFound; with its inputs and result if the `whole` is asked for."""
    query = select(Task).where(Task.public_id == public_id)
    if whole:
        query = query.options(undefer(Task.inputs), undefer(Task.result))
    task = db.session.scalar(query.execution_options(populate_existing=True))
    if task is None:
        raise NotFound
    return task


def map_kinds(keys: Collection[str]) -> dict[str, str]:
    """Kinds by key, for the trail."""
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
    rows = db.session.execute(select(Task.id, Task.kind).where(Task.id.in_(numbers)))
    return {str(key): kind for key, kind in rows}


def list_tasks(kind: str, about: str, *, limit: int = 10, whole: bool = False) -> list[Task]:
    """The latest tasks of a kind about one thing, newest first."""
    query = select(Task).where(Task.kind == kind, Task.about == about).order_by(Task.id.desc()).limit(limit)
    if whole:
        query = query.options(undefer(Task.inputs), undefer(Task.result))
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
