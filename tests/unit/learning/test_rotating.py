"""The rotating code: only the server's clock counts, and only for a moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.learning.domain import rotating
from innovate.learning.domain.rotating import (
    AFTER,
    BEFORE,
    STEP,
    fits_scanned,
    fits_typed,
    is_open,
    left_of,
    read_typed,
    scanned_code,
    secret_of,
    show_typed,
    step_of,
    typed_code,
)

AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
SECRET = secret_of("rahasia", "abc")
INSTANTS = st.integers(1_500_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(INSTANTS, st.integers(0, 200))
def test_a_code_is_taken_for_its_step_and_the_next_and_never_again(shown, later):
    at = shown + timedelta(seconds=later)
    fits = step_of(at) - step_of(shown) <= 1
    assert fits_scanned(SECRET, scanned_code(SECRET, step_of(shown)), at) is fits
    assert fits_typed(SECRET, typed_code(SECRET, step_of(shown)), at) is fits


@given(INSTANTS)
def test_a_code_is_good_for_at_least_one_whole_step(shown):
    assert fits_scanned(SECRET, scanned_code(SECRET, step_of(shown)), shown + timedelta(seconds=STEP))


@given(INSTANTS)
def test_the_next_step_begins_when_the_page_is_told(at):
    assert 1 <= left_of(at) <= STEP
    assert step_of(at + timedelta(seconds=left_of(at))) == step_of(at) + 1


def test_a_code_of_the_future_is_none():
    assert not fits_scanned(SECRET, scanned_code(SECRET, step_of(AT) + 1), AT)


def test_codes_of_another_session_or_site_are_none():
    for other in (secret_of("rahasia", "abd"), secret_of("lain", "abc")):
        assert not fits_scanned(SECRET, scanned_code(other, step_of(AT)), AT)
        assert not fits_typed(SECRET, typed_code(other, step_of(AT)), AT)


def test_the_typed_code_tells_nothing_of_the_scanned_one():
    assert not scanned_code(SECRET, 1).startswith(typed_code(SECRET, 1))


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFG", "ABC0E1", "çççççç", "ＡＢＣＤＥＦ"])
def test_what_can_be_no_code_is_seen_at_once(typed):
    assert read_typed(typed) is None


@given(st.integers(0, 2**40))
def test_a_code_is_read_however_it_is_typed(step):
    code = typed_code(SECRET, step)
    for typed in (code, code.lower(), show_typed(code), f" {code[:3]}-{code[3:]} "):
        assert read_typed(typed) == code


@given(st.text(max_size=30))
def test_any_text_is_compared_without_a_fault(text):
    assert fits_scanned(SECRET, text, AT) is False


def test_the_window_is_half_an_hour_on_both_sides():
    starts, ends = AT, AT + timedelta(hours=2)
    second = timedelta(seconds=1)
    assert not is_open(starts, ends, starts - BEFORE - second)
    assert is_open(starts, ends, starts - BEFORE)
    assert is_open(starts, ends, ends + AFTER - second)
    assert not is_open(starts, ends, ends + AFTER)


def test_all_letters_are_told_apart():
    assert not set("01OIL") & set(rotating.LETTERS)
