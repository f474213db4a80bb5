"""Background work: huey as the runner and the clock. Rows in the database are the truth; the queue only wakes it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from innovate.core import clock

log = logging.getLogger(__name__)
_tasks: dict[str, Callable[[], Any]] = {}
_periodic: dict[str, int] = {}
_HEARTBEAT = "heartbeat"


def job(name: str, *, every_minutes: int = 0) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Declare a job without arguments that finds its work in the database; safe to run twice or concurrently."""

    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        _tasks[name] = function
        if every_minutes:
            _periodic[name] = every_minutes
        return function

    return register


def run_job(name: str) -> Any:
    """Run a job here and now (tests, CLI)."""
    return _tasks[name]()


def wake(name: str) -> None:
    """Ask the runner to run a job soon. Losing the wake-up costs a minute, never the work."""
    if current_app.testing and not current_app.config.get("QUEUE_IN_TESTS"):
        return
    try:
        _queue(current_app._get_current_object()).task_by_name[name]()  # type: ignore[attr-defined]  # noqa: SLF001
    except Exception:
        log.exception("could not wake job %s", name)


def _queue(app: Flask) -> Any:
    queue = app.extensions.get("queue")
    if queue is None:
        queue = app.extensions["queue"] = build_queue(app)
    return queue


def build_queue(app: Flask) -> Any:
    """A huey instance for the app's QUEUE_URL (sqlite:///…, redis://…) with every declared job."""
    from huey import RedisHuey, SqliteHuey, crontab

    url = app.config["QUEUE_URL"]
    if url.startswith("redis"):
        queue: Any = RedisHuey("innovate", url=url)
    else:
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        queue = SqliteHuey("innovate", filename=str(path))
    queue.periodic_task(crontab(), name="heartbeat")(lambda: queue.put(_HEARTBEAT, clock.now().isoformat()))
    queue.task_by_name = {}
    for name, function in _tasks.items():
        queue.task_by_name[name] = queue.task(name=name)(_in_app(app, function))
        if minutes := _periodic.get(name):
            queue.periodic_task(crontab(minute=f"*/{minutes}"), name=f"{name}-clock")(_in_app(app, function))
    return queue


def find_last_heartbeat() -> datetime | None:
    """When the runner's clock last ticked (it does each minute); None if it never ran or the queue is out of reach."""
    try:
        beat = _queue(current_app._get_current_object()).get(_HEARTBEAT, peek=True)  # type: ignore[attr-defined]  # noqa: SLF001
    except Exception:
        log.exception("the queue does not answer")
        return None
    return datetime.fromisoformat(beat) if beat else None


def run_queue(app: Flask, *, workers: int) -> None:
    """Take jobs from the queue until SIGTERM, which lets the running ones finish; SIGHUP starts anew after them."""
    # What huey runs at SIGHUP in place of this process, which may have begun as `flask serve`.
    sys.argv = ["-m", "flask", "--app", "wsgi", "jobs", "run", "--workers", str(workers)]
    logging.getLogger("huey").setLevel(logging.WARNING)  # it tells each tick of its clock
    queue = _queue(app)
    consumer = queue.create_consumer(
        workers=workers, max_delay=0.5, graceful_signal="TERM", shutdown_timeout=15
    )
    consumer.run()


def _in_app(app: Flask, function: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        with app.app_context():
            return function()

    return run
