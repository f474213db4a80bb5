"""Asking for long work, doing it under a lease, and what becomes of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, delete, false, or_, select, update
from sqlalchemy.orm import undefer

from innovate.audit.services import record
from innovate.core import jobs
from innovate.core.db import after_commit, db, locked, transaction
from innovate.core.errors import DomainError, Refused, require
from innovate.tasks.domain.leases import LEASE, MOST_ATTEMPTS, should_report
from innovate.tasks.models import Task, TaskState

log = logging.getLogger(__name__)
RUN = "tasks.run"
FAULT = _l(
    "Pekerjaan terhenti karena kesalahan pada sistem. Pengelola situs menemukan rinciannya di catatan server."
)
LOST = _l("Pekerjaan terhenti berulang kali sebelum selesai.")


class Stopped(Exception):
    """The work was cancelled, or another runner has taken it over: leave it."""


@dataclass
class Work:
    """What a kind's function is given. It runs outside a transaction and opens its own where it writes."""

    task_id: int
    attempt: int
    inputs: Mapping[str, Any]
    event_id: int | None
    actor_id: int
    now: Callable[[], datetime]
    _last: datetime | None = field(default=None, init=False)
    _stage: str | None = field(default=None, init=False)

    def tell(self, done: int, total: int, stage: str = "") -> None:
        """Report progress and renew the lease (at least every five minutes). Raises Stopped."""
        at = self.now()
        if not should_report(self._last, at, is_news=stage != self._stage or done == total):
            return
        self._last, self._stage = at, stage
        with transaction():
            report_progress(self.task_id, self.attempt, done=done, total=total, stage=stage, at=at)

    def enter(self, done: int, total: int, stage: str) -> None:
        """The same inside the transaction that writes: nobody cancels between here and its commit. Raises Stopped."""
        report_progress(self.task_id, self.attempt, done=done, total=total, stage=stage, at=self.now())


def _only_who_asked(_user_id: int, _task: Task) -> bool:
    return False


@dataclass(frozen=True)
class Kind:
    """A kind of long work a feature offers.

    `run` does it and returns the result (plain JSON values); doing it twice must be harmless. `stages` are the words
    shown for what it tells. `may_handle(user_id, task)` lets more people than the one who asked watch and cancel.
    `place(task)` is the endpoint and its values where the result is shown. `kept`: how long after its end a task is of
    use; None is for good.
    """

    name: str
    title: Any
    run: Callable[[Work], Mapping[str, Any]]
    stages: Mapping[str, Any] = field(default_factory=dict)
    may_handle: Callable[[int, Task], bool] = _only_who_asked
    place: Callable[[Task], tuple[str, dict[str, Any]]] | None = None
    kept: timedelta | None = None


kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Offer a kind of work (features call it when the application is built)."""
    kinds[kind.name] = kind


def can_handle(user_id: int, task: Task) -> bool:
    """Whether a person may watch and cancel a task."""
    kind = kinds.get(task.kind)  # None: work of a feature that is gone
    return kind is not None and (task.actor_id == user_id or kind.may_handle(user_id, task))


def enqueue_task(
    kind: str,
    *,
    actor_id: int,
    inputs: Mapping[str, Any],
    at: datetime,
    event_id: int | None = None,
    about: str = "",
) -> Task:
    """Put work into the queue of this transaction; a runner takes it up after the commit.

    Whether the person may ask for it is decided by the feature that calls.
    """
    task = Task(
        kind=kinds[kind].name,
        about=about,
        event_id=event_id,
        actor_id=actor_id,
        inputs=dict(inputs),
        created_at=at,
    )
    db.session.add(task)
    db.session.flush()
    _record("task.enqueue", task, actor_id, at)
    after_commit(_wake)
    return task


def _wake() -> None:
    jobs.wake(RUN)


def cancel_task(user_id: int, task: Task, *, at: datetime) -> None:
    """Stop work that is waiting or running; the runner notices at its next report, and its result is dropped."""
    task = locked(Task, task.id)
    require(can_handle(user_id, task))
    require(not task.state.is_over, Refused(_l("Pekerjaan ini sudah berakhir.")))
    task.state, task.ended_at, task.lease_until = TaskState.CANCELLED, at, None
    _record("task.cancel", task, user_id, at)


def claim_task(*, at: datetime) -> Task | None:
    """Take the oldest waiting task, or one whose runner fell silent; None if there is none.

    Another runner passes over it until the lease ends. Work that was given up three times has failed.
    """
    due = or_(Task.state == TaskState.QUEUED, and_(Task.state == TaskState.RUNNING, Task.lease_until <= at))
    query = select(Task).where(due).order_by(Task.id).limit(1).with_for_update(skip_locked=True)
    query = query.options(undefer(Task.inputs)).execution_options(populate_existing=True)
    while task := db.session.scalar(query):
        if task.attempts < MOST_ATTEMPTS:
            task.state, task.lease_until = TaskState.RUNNING, at + LEASE
            task.attempts += 1
            task.started_at = task.started_at or at
            db.session.flush()
            return task
        task.state, task.error, task.ended_at, task.lease_until = TaskState.FAILED, str(LOST), at, None
        db.session.flush()
    return None


def report_progress(task_id: int, attempt: int, *, done: int, total: int, stage: str, at: datetime) -> None:
    """Write down how far the work is and renew its lease. Raises Stopped if it is no longer this runner's."""
    _change(task_id, attempt, done=done, total=total, stage=stage, lease_until=at + LEASE)


def finish_task(task_id: int, attempt: int, result: Mapping[str, Any], *, at: datetime) -> None:
    """The work is done. Raises Stopped if it is no longer this runner's."""
    _change(task_id, attempt, state=TaskState.DONE, result=dict(result), ended_at=at, lease_until=None)


def fail_task(task_id: int, attempt: int, error: str, *, at: datetime) -> None:
    """The work cannot be done; `error` is a sentence for who asked. Raises Stopped if no longer this runner's."""
    _change(task_id, attempt, state=TaskState.FAILED, error=error, ended_at=at, lease_until=None)


def _change(task_id: int, attempt: int, **values: Any) -> None:
    """Only the runner that took it up last may change a running task."""
    mine = update(Task).where(Task.id == task_id, Task.state == TaskState.RUNNING, Task.attempts == attempt)
    done = db.session.execute(mine.values(**values), execution_options={"synchronize_session": False})
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Stopped


def run_next(now: Callable[[], datetime]) -> bool:
    """Take up one task and do it to its end; whether there was one."""
    with transaction():
        task = claim_task(at=now())
    if task is None:
        return False
    work = Work(task.id, task.attempts, task.inputs, task.event_id, task.actor_id, now)
    try:
        result, error = kinds[task.kind].run(work), ""
    except Stopped:
        return True
    except DomainError as refusal:
        result, error = {}, str(refusal.message)
    except Exception:  # one task's fault must not hold up the others
        log.exception("task %s (%s) has failed", task.id, task.kind)
        result, error = {}, str(FAULT)
    try:
        with transaction():
            if error:
                fail_task(work.task_id, work.attempt, error, at=now())
            else:
                finish_task(work.task_id, work.attempt, result, at=now())
    except Stopped:
        log.info("task %s was stopped or taken over; its result is dropped", task.id)
    return True


class _Quiet(Work):
    """Work inside somebody else's transaction: nobody watches it."""

    def tell(self, done: int, total: int, stage: str = "") -> None:
        """Nothing to report to."""

    def enter(self, done: int, total: int, stage: str) -> None:
        """Nothing to report to."""


def run_here(task: Task, *, at: datetime) -> None:
    """Do a task that was just asked for, in the present transaction and without a runner (demo, tests of features)."""
    task.state, task.attempts, task.started_at = TaskState.RUNNING, task.attempts + 1, at
    db.session.flush()
    work = _Quiet(task.id, task.attempts, task.inputs, task.event_id, task.actor_id, lambda: at)
    finish_task(task.id, task.attempts, kinds[task.kind].run(work), at=at)


def forget_tasks(*, at: datetime) -> int:
    """Drop tasks that ended so long ago that nobody needs what they hold; how many."""
    gone = [
        and_(Task.kind == kind.name, Task.ended_at < at - kind.kept) for kind in kinds.values() if kind.kept
    ]
    done: Any = db.session.execute(delete(Task).where(or_(false(), *gone)))
    return int(done.rowcount)


def _record(action: str, task: Task, actor_id: int, at: datetime) -> None:
    record(
        action,
        actor_id=actor_id,
        at=at,
        object_type="task",
        object_id=task.id,
        event_id=task.event_id,
        after={"kind": task.kind, "about": task.about},
    )
