"""Long work: taken up once, under a lease, by one runner; cancelled, failed, given up: on both databases."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core import jobs
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused
from innovate.tasks import services
from innovate.tasks.domain.leases import LEASE, MOST_ATTEMPTS
from innovate.tasks.models import Task, TaskState
from innovate.tasks.queries import get_task, list_tasks
from tests.factories.build import NOW


@pytest.fixture
def kind(db_session, clock_at, monkeypatch):
    """A kind of work that doubles numbers and tells each; `kind.each` is called in between."""
    clock_at(NOW)

    class Doubling:
        def each(self, _number):
            """Nothing happens in between."""

        def run(self, work):
            doubled = []
            for number in work.inputs["numbers"]:
                doubled.append(2 * number)
                self.each(number)
                work.tell(len(doubled), len(work.inputs["numbers"]), f"n{number}")
            return {"doubled": doubled}

        def enqueue(self, *numbers, actor_id=1):
            inputs = {"numbers": list(numbers)}
            return services.enqueue_task("test.double", actor_id=actor_id, inputs=inputs, at=NOW, about="x:1")

    doubling = Doubling()
    made = services.Kind("test.double", "Menggandakan", doubling.run)
    monkeypatch.setitem(services.kinds, made.name, made)
    return doubling


def read(task):
    return get_task(task.public_id, whole=True)


def test_work_is_done_in_order_and_its_result_kept(kind):
    first, second = kind.enqueue(1, 2), kind.enqueue(5)
    assert jobs.run_job("tasks.run") == 2
    done = read(first)
    assert (done.state, done.result, done.done, done.total) == (TaskState.DONE, {"doubled": [2, 4]}, 2, 2)
    assert (done.started_at, done.ended_at, done.attempts, done.lease_until) == (NOW, NOW, 1, None)
    assert read(second).result == {"doubled": [10]}
    assert [task.id for task in list_tasks("test.double", "x:1")] == [second.id, first.id]
    assert jobs.run_job("tasks.run") == 0


def test_progress_is_seen_while_it_runs(kind):
    task = kind.enqueue(1, 2, 3)
    seen = []
    kind.each = lambda _number: seen.append((read(task).state, read(task).done, read(task).stage))
    jobs.run_job("tasks.run")
    assert seen == [(TaskState.RUNNING, 0, ""), (TaskState.RUNNING, 1, "n1"), (TaskState.RUNNING, 2, "n2")]


def test_a_second_runner_passes_over_what_is_leased_and_takes_it_when_the_first_fell_silent(kind):
    task = kind.enqueue(1)
    assert services.claim_task(at=NOW).id == task.id
    assert services.claim_task(at=NOW + LEASE - timedelta(seconds=1)) is None
    again = services.claim_task(at=NOW + LEASE)
    assert (again.id, again.attempts) == (task.id, 2)
    with pytest.raises(services.Stopped):  # the first comes back too late
        services.finish_task(task.id, 1, {"doubled": [0]}, at=NOW + LEASE)
    services.finish_task(task.id, 2, {"doubled": [2]}, at=NOW + LEASE)
    assert read(task).result == {"doubled": [2]}


def test_progress_renews_the_lease(kind):
    task = kind.enqueue(1)
    services.claim_task(at=NOW)
    almost = NOW + LEASE - timedelta(seconds=1)
    services.report_progress(task.id, 1, done=1, total=2, stage="", at=almost)
    assert services.claim_task(at=NOW + LEASE) is None


def test_work_given_up_again_and_again_has_failed(kind):
    task = kind.enqueue(1)
    at = NOW
    for _attempt in range(MOST_ATTEMPTS):
        assert services.claim_task(at=at).id == task.id
        at += LEASE
    assert services.claim_task(at=at) is None
    failed = read(task)
    assert (failed.state, failed.ended_at) == (TaskState.FAILED, at)
    assert "berulang kali" in failed.error


def test_a_cancelled_task_stops_at_its_next_report_and_leaves_no_result(kind):
    task = kind.enqueue(1, 2, 3, actor_id=7)
    worked = []

    def each(number):
        worked.append(number)
        if number == 2:
            services.cancel_task(7, read(task), at=NOW)

    kind.each = each
    jobs.run_job("tasks.run")
    assert worked == [1, 2]
    left = read(task)
    assert (left.state, left.result, left.ended_at) == (TaskState.CANCELLED, None, NOW)
    with pytest.raises(Refused, match="sudah berakhir"):
        services.cancel_task(7, left, at=NOW)
    actions = [action for (action,) in db.session.query(AuditEntry.action).order_by(AuditEntry.id)]
    assert actions == ["task.enqueue", "task.cancel"]


def test_nobody_else_may_cancel(kind):
    task = kind.enqueue(1, actor_id=7)
    with pytest.raises(NotAllowed):
        services.cancel_task(8, task, at=NOW)
    assert read(task).state is TaskState.QUEUED


def test_a_fault_fails_its_own_task_only_and_keeps_its_words_from_the_user(kind, caplog):
    def each(number):
        if number == 0:
            raise ZeroDivisionError("rahasia")

    kind.each = each
    bad, good = kind.enqueue(0), kind.enqueue(1)
    jobs.run_job("tasks.run")
    failed = read(bad)
    assert failed.state is TaskState.FAILED
    assert "rahasia" not in failed.error
    assert "rahasia" in caplog.text
    assert read(good).state is TaskState.DONE


def test_a_refusal_is_told_in_its_own_words(kind):
    def each(_number):
        raise Refused("Naskahnya tidak terbaca.")

    kind.each = each
    task = kind.enqueue(1)
    jobs.run_job("tasks.run")
    assert (read(task).state, read(task).error) == (TaskState.FAILED, "Naskahnya tidak terbaca.")


def test_work_can_be_done_at_once_in_the_present_transaction(kind):
    task = kind.enqueue(4)
    services.run_here(task, at=NOW)
    assert read(task).result == {"doubled": [8]}
    assert db.session.query(Task).one().state is TaskState.DONE


def test_what_is_over_is_dropped_after_its_time(kind, clock_at, monkeypatch):
    short = services.Kind("test.short", "Sebentar", kind.run, kept=timedelta(days=30))
    monkeypatch.setitem(services.kinds, short.name, short)
    over, forever = (
        services.enqueue_task(name, actor_id=1, inputs={"numbers": [1]}, at=NOW)
        for name in ("test.short", "test.double")
    )
    jobs.run_job("tasks.run")
    waiting = services.enqueue_task("test.short", actor_id=1, inputs={"numbers": []}, at=NOW)
    kept = {over.id, forever.id, waiting.id}
    clock_at(NOW + timedelta(days=30))
    assert jobs.run_job("tasks.forget") == 0
    clock_at(NOW + timedelta(days=30, seconds=1))
    assert jobs.run_job("tasks.forget") == 1
    assert set(db.session.scalars(db.select(Task.id))) == kept - {over.id}


def test_previews_of_draws_are_dropped(kind):
    assert services.kinds["scoring.draw"].kept == timedelta(days=30)
