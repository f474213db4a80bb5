"""Waits between attempts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.accounts.domain import limits
from innovate.accounts.domain.limits import Place, account_wait, place_of, place_wait, remaining_wait

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def failures(count: int, ended: timedelta = timedelta(0)) -> list[datetime]:
    return [NOW - ended - timedelta(seconds=10 * n) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (11, 900), (500, 900)],
)
def test_wait_at_one_place_doubles_up_to_a_quarter_of_an_hour(count: int, seconds: int) -> None:
    assert place_wait(count).total_seconds() == seconds


@pytest.mark.parametrize(("count", "seconds"), [(0, 0), (19, 0), (20, 5), (21, 10), (79, 300), (10_000, 300)])
def test_wait_of_an_account_grows_slowly_and_never_beyond_five_minutes(count: int, seconds: int) -> None:
    assert account_wait(count).total_seconds() == seconds


def test_time_already_waited_counts() -> None:
    wait = remaining_wait(NOW, at_place=failures(6, timedelta(seconds=40)), elsewhere=[], known_device=False)
    assert wait == timedelta(seconds=20)
    assert not remaining_wait(
        NOW, at_place=failures(6, timedelta(seconds=61)), elsewhere=[], known_device=False
    )


def test_strangers_elsewhere_cannot_lock_a_known_device() -> None:
    attack = failures(5000)
    assert not remaining_wait(NOW, at_place=[], elsewhere=attack, known_device=True)
    assert remaining_wait(NOW, at_place=[], elsewhere=attack, known_device=False) == limits.ACCOUNT_MOST


def test_a_day_forgets() -> None:
    old = failures(100, timedelta(hours=24))
    assert not remaining_wait(NOW, at_place=old, elsewhere=old, known_device=False)


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_failures_never_shorten_the_wait(fewer: int, more: int) -> None:
    few, many = sorted((fewer, more))
    assert place_wait(few) <= place_wait(many) <= limits.PLACE_MOST
    assert account_wait(few) <= account_wait(many) <= limits.ACCOUNT_MOST


def test_fingerprints_hide_values_and_ignore_the_case_of_an_address() -> None:
    one = place_of("secret", account="Rina@Pontianak.go.id ", address="10.0.0.1", device="tok")
    assert one == place_of("secret", account="rina@pontianak.go.id", address="10.0.0.1", device="tok")
    assert one != place_of("other", account="rina@pontianak.go.id", address="10.0.0.1", device="tok")
    assert all(len(value) == 64 and "rina" not in value for value in (one.account, one.address, one.device))
    assert place_of("secret", account="a", address="b") == Place(
        limits.fingerprint("secret", "account", "a"), limits.fingerprint("secret", "address", "b")
    )
