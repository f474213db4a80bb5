"""The proofs of an announced result of 50,000 ballots as the runner makes them: gathered, signed, recomputed, kept."""

from __future__ import annotations

import time
from threading import Event as Flag
from threading import Thread

from flask import Flask
from sqlalchemy import select

from bench.report import Line, Report
from innovate.core import clock
from innovate.core.db import db
from innovate.results.queries.proofs import BUNDLE
from innovate.tasks.models import Task, TaskState
from innovate.tasks.services import run_next

HEADING = "Runner: both bundles of an announced board (10,000 entries x 5, 200 jurors)"
SLUG, ENTRIES, JURORS = "bukti-10000", 10_000, 200
SECONDS = 15


def load_command() -> list[str]:
    """What fills the board."""
    size = f"--ideas {ENTRIES} --jurors {JURORS} --per-idea 5 --seed 1 --slug {SLUG} --announce"
    return ["demo", "load", *size.split()]


def measure_worker(report: Report, app: Flask) -> None:
    """Run what the announcement asked for, while somebody watches its progress."""
    with app.app_context():
        _forget_others()
        seen: set[tuple[str, int]] = set()
        over = Flag()
        watcher = Thread(target=_watch, args=(app, over, seen))
        watcher.start()
        began = time.perf_counter()
        run_next(clock.now)
        seconds = time.perf_counter() - began
        over.set()
        watcher.join()
        task = db.session.scalars(select(Task).where(Task.kind == BUNDLE).order_by(Task.id.desc())).first()
        done = task is not None and task.state is TaskState.DONE
        db.session.remove()
    told = f"{len(seen)} steps of progress seen"
    report.add(HEADING, Line("both", f"{seconds:5.1f} s", told, f"< {SECONDS} s", done and seconds < SECONDS))


def _forget_others() -> None:
    """Only the newest board's bundles are measured."""
    last = db.session.scalar(select(Task.id).where(Task.kind == BUNDLE).order_by(Task.id.desc()))
    for task in db.session.scalars(select(Task).where(Task.id != last, Task.state == TaskState.QUEUED)):
        task.state = TaskState.CANCELLED
    db.session.commit()


def _watch(app: Flask, over: Flag, seen: set[tuple[str, int]]) -> None:
    with app.app_context():
        query = select(Task.stage, Task.done).where(Task.kind == BUNDLE, Task.state == TaskState.RUNNING)
        while not over.wait(0.05):
            seen.update((row.stage, row.done) for row in db.session.execute(query))
            db.session.rollback()
