"""Limits that hold across workers, on both databases."""

import itertools
import threading
from datetime import timedelta

import pytest

from innovate.accounts.domain.limits import place_of
from innovate.accounts.models import Attempt
from innovate.accounts.services import attempts
from innovate.core.db import db, transaction
from innovate.core.errors import TooMany
from tests.factories.build import NOW


def place(account="rina@pontianak.go.id", address="10.0.0.1", device=""):
    return place_of("secret", account=account, address=address, device=device)


def fail(times: int, where, at=NOW) -> None:
    for _ in range(times):
        attempts.begin_attempt("sign_in", where, at=at)


def refused(where, at=NOW) -> int:
    with pytest.raises(TooMany) as error:
        attempts.begin_attempt("sign_in", where, at=at)
    return error.value.details["retry_after"]


def test_the_sixth_try_from_one_place_waits_and_waiting_helps(db_session) -> None:
    fail(5, place())
    assert refused(place()) == 30
    assert refused(place(), NOW + timedelta(seconds=29)) == 1
    fail(1, place(), NOW + timedelta(seconds=30))
    assert refused(place(), NOW + timedelta(seconds=31)) == 59


def test_refused_tries_do_not_lengthen_the_wait(db_session) -> None:
    fail(5, place())
    for second in range(30):
        assert refused(place(), NOW + timedelta(seconds=second)) == 30 - second


def test_a_whole_office_behind_one_address_is_not_stopped(db_session) -> None:
    for n in range(60):
        fail(3, place(f"orang{n}@pontianak.go.id"))
    fail(1, place("baru@pontianak.go.id"))


def test_a_success_clears_its_place(db_session) -> None:
    fail(4, place())
    attempt = attempts.begin_attempt("sign_in", place(), at=NOW)
    attempts.succeed(attempt, place(), at=NOW)
    fail(5, place())
    assert refused(place()) == 30


def test_strangers_everywhere_slow_each_other_but_not_the_owner_s_own_device(db_session) -> None:
    mine = place(device="laptop")
    attempts.succeed(attempts.begin_attempt("sign_in", mine, at=NOW), mine, at=NOW)
    for n in range(20):
        fail(1, place(address=f"10.9.0.{n}"))
    assert refused(place(address="10.9.1.1")) == 5
    fail(1, mine)
    assert refused(place(device="other laptop", address="10.7.7.7")) == 10


def test_a_device_known_for_one_account_is_a_stranger_to_another(db_session) -> None:
    mine = place(device="laptop")
    attempts.succeed(attempts.begin_attempt("sign_in", mine, at=NOW), mine, at=NOW)
    other = "budi@pontianak.go.id"
    for n in range(20):
        fail(1, place(other, address=f"10.9.0.{n}"))
    assert refused(place(other, device="laptop")) == 5


def test_a_colleague_at_the_same_address_cannot_lock_a_known_device(db_session) -> None:
    mine = place(device="laptop")
    attempts.succeed(attempts.begin_attempt("sign_in", mine, at=NOW), mine, at=NOW)
    fail(5, place(device="colleague"))
    assert refused(place(device="colleague")) == 30
    fail(4, mine)


def test_a_known_device_is_forgotten_after_half_a_year(db_session) -> None:
    mine = place(device="laptop")
    attempts.succeed(attempts.begin_attempt("sign_in", mine, at=NOW), mine, at=NOW)
    later = NOW + timedelta(days=181)
    for n in range(20):
        fail(1, place(address=f"10.9.0.{n}"), later)
    assert refused(mine, later) == 5


def test_mails_anybody_can_ask_for_leave_gaps_shorter_than_a_link_lives(db_session) -> None:
    sent = [
        minute
        for minute in range(24 * 60)
        if attempts.take_mail("reset", place(), at=NOW + timedelta(minutes=minute))
    ]
    assert sent[:5] == [0, 1, 3, 8, 18]
    assert max(b - a for a, b in itertools.pairwise(sent)) == 30


def test_forgetting_keeps_what_a_rule_still_needs(db_session) -> None:
    mine = place(device="laptop")
    attempts.succeed(attempts.begin_attempt("sign_in", mine, at=NOW), mine, at=NOW)
    fail(5, place(address="10.1.1.1"))
    attempts.take_mail("reset", place(), at=NOW)
    db.session.flush()
    attempts.forget_attempts(at=NOW + timedelta(hours=24))
    assert refused(place(address="10.1.1.1")) == 30
    attempts.forget_attempts(at=NOW + timedelta(days=3))
    assert db.session.query(Attempt).filter_by(succeeded=False).count() == 0
    assert db.session.query(Attempt).filter(Attempt.purpose.startswith("mail:")).count() == 0
    assert db.session.query(Attempt).filter_by(succeeded=True).count() == 2
    attempts.forget_attempts(at=NOW + timedelta(days=181))
    assert db.session.query(Attempt).count() == 0


def test_many_at_once_get_no_more_tries_than_one_after_another(committing_app) -> None:
    outcomes: list[str] = []
    together = threading.Barrier(12)

    def guess() -> None:
        with committing_app.app_context():
            together.wait()
            try:
                with transaction():
                    attempts.begin_attempt("sign_in", place(), at=NOW)
                outcomes.append("tried")
            except TooMany:
                outcomes.append("refused")

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["tried"] * 5
