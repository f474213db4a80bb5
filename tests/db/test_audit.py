"""The trail in the database: erasure keeps it whole, tampering shows, writers at the same moment queue up."""

import threading

import pytest

from innovate.audit.domain.choice import TrailFilter
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.audit.queries import find_chain_fault, list_entries
from innovate.audit.services import erase_subject, record
from innovate.core.db import db, transaction
from tests.factories.build import NOW


def fill(count=4, subject=7) -> None:
    for n in range(count):
        record(
            "user.update_profile",
            actor_id=7,
            at=NOW,
            object_type="user",
            object_id=7,
            after={"phone": f"+62812000{n}", "number": n},
            subject_id=subject if n % 2 else None,
        )
    db.session.flush()


def test_what_is_written_reads_back_and_holds(db_session) -> None:
    fill()
    assert find_chain_fault() is None
    page = list_entries(TrailFilter(kind="user"))
    assert [entry.id for entry, _detail in page.items] == [4, 3, 2, 1]
    assert page.items[0][1].values == {"before": {}, "after": {"phone": "+628120003", "number": 3}}


def test_erasing_a_person_s_values_keeps_the_chain_whole(db_session) -> None:
    fill()
    assert erase_subject(7, actor_id=1, at=NOW) == 2
    db.session.flush()
    assert find_chain_fault() is None
    values = [detail.values for _entry, detail in list_entries(TrailFilter(kind="user")).items]
    assert values == [
        {"before": {}, "after": {"entries": [2, 4]}},
        None,
        {"before": {}, "after": {"phone": "+628120002", "number": 2}},
        None,
        {"before": {}, "after": {"phone": "+628120000", "number": 0}},
    ]
    assert erase_subject(7, actor_id=1, at=NOW) == 0
    fill(2)
    assert find_chain_fault() is None


TAMPERING = {
    "an entry's action": (1, lambda: db.session.query(AuditEntry).filter_by(id=1).update({"action": "x"})),
    "an entry's actor": (3, lambda: db.session.query(AuditEntry).filter_by(id=3).update({"actor_id": 8})),
    "the newest entry": (4, lambda: db.session.query(AuditEntry).filter_by(id=4).update({"object_id": "8"})),
    "values": (
        2,
        lambda: (
            db.session.query(AuditDetail)
            .filter_by(entry_id=2)
            .update({"values": {"before": {}, "after": {}}})
        ),
    ),
    "a salt": (2, lambda: db.session.query(AuditDetail).filter_by(entry_id=2).update({"salt": "x"})),
    "values emptied by hand": (
        2,
        lambda: (
            db.session.query(AuditDetail).filter_by(entry_id=2).update({"values": None, "erased_at": NOW})
        ),
    ),
    "values removed": (2, lambda: db.session.query(AuditDetail).filter_by(entry_id=2).delete()),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_where_it_happened(db_session, what) -> None:
    fill()
    number, tamper = TAMPERING[what]
    tamper()
    assert find_chain_fault().number == number


def test_a_removed_entry_is_found(db_session) -> None:
    fill()
    db.session.query(AuditDetail).filter_by(entry_id=2).delete()
    db.session.query(AuditEntry).filter_by(id=2).delete()
    fault = find_chain_fault()
    assert (fault.number, fault.reason) == (2, "missing")


def test_two_entries_in_exchanged_order_are_found(db_session) -> None:
    fill()
    db.session.expunge_all()
    columns = [
        AuditEntry.at,
        AuditEntry.actor_id,
        AuditEntry.action,
        AuditEntry.object_id,
        AuditEntry.details_hash,
    ]
    columns += [AuditEntry.previous_hash, AuditEntry.hash]
    second, third = (db.session.query(*columns).filter(AuditEntry.id == n).one()._asdict() for n in (2, 3))
    for number, values in (
        (2, third | {"hash": "x" * 64}),
        (3, second),
        (2, third),
    ):  # each hash is there once
        db.session.query(AuditEntry).filter_by(id=number).update(values)
    assert find_chain_fault().number == 2


def test_an_erasure_cannot_be_claimed_for_values_that_came_later(db_session) -> None:
    fill()
    erase_subject(7, actor_id=1, at=NOW)
    fill(2)
    db.session.query(AuditDetail).filter_by(entry_id=7).update({"values": None, "erased_at": NOW})
    assert find_chain_fault().number == 7


def test_the_command_tells_the_first_fault(app, db_session) -> None:
    fill()
    run = app.test_cli_runner().invoke
    assert run(args=["audit", "verify"]).output == "ok\n"
    db.session.query(AuditEntry).filter_by(id=2).update({"action": "x"})
    broken = run(args=["audit", "verify"])
    assert (broken.exit_code, broken.output) == (1, "entry 2: changed\n")


def test_writers_at_the_same_moment_make_one_chain(committing_app) -> None:
    together = threading.Barrier(6)
    failures = []

    def write(person: int) -> None:
        with committing_app.app_context():
            together.wait()
            for n in range(5):
                try:
                    with transaction():
                        record(
                            "x.y", actor_id=person, at=NOW, object_type="x", object_id=n, after={"number": n}
                        )
                except Exception as error:  # noqa: BLE001 - collected for the assertion
                    failures.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with committing_app.app_context():
        assert find_chain_fault() is None
        assert db.session.query(AuditEntry).count() == 30
