"""Slots of an offer, clashes, and what a slot is at an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.clinics.domain.slots import (
    Offer,
    Outcome,
    SlotState,
    Span,
    find_clash,
    lay_out,
    may_give_back,
    state_of,
)

NOON = datetime(2026, 12, 7, 5, tzinfo=UTC)  # twelve o'clock in Pontianak
MINUTE = timedelta(minutes=1)
SPAN = Span(NOON, NOON + 30 * MINUTE)


def test_an_offer_is_slots_in_a_row_on_the_same_day_of_each_week() -> None:
    spans = lay_out(Offer(NOON, minutes=30, count=2, pause=10, weeks=2), "Asia/Pontianak")
    begins = [0, 40, 7 * 24 * 60, 7 * 24 * 60 + 40]
    assert [span.starts_at - NOON for span in spans] == [n * MINUTE for n in begins]
    assert {span.ends_at - span.starts_at for span in spans} == {30 * MINUTE}


def test_a_week_later_is_the_same_time_of_the_clock() -> None:
    summer = datetime(2026, 10, 19, 8, tzinfo=UTC)  # Berlin puts its clocks back on the 25th
    first, second = lay_out(Offer(summer, weeks=2), "Europe/Berlin")
    assert second.starts_at - first.starts_at == timedelta(days=7, hours=1)


@given(st.integers(10, 240), st.integers(1, 16), st.integers(0, 120), st.integers(1, 3))
def test_slots_of_one_day_never_meet(minutes: int, count: int, pause: int, weeks: int) -> None:
    spans = lay_out(Offer(NOON, minutes, count, pause, weeks), "Asia/Pontianak")
    assert len(spans) == count * weeks
    assert find_clash(spans, []) is None


def test_touching_slots_do_not_clash_and_overlapping_ones_do() -> None:
    after = Span(SPAN.ends_at, SPAN.ends_at + MINUTE)
    inside = Span(NOON + MINUTE, NOON + 2 * MINUTE)
    assert find_clash([after], [SPAN]) is None
    assert find_clash([inside], [SPAN]) == inside
    assert find_clash([SPAN, inside], []) == inside


def test_a_team_gives_back_until_the_last_instant_of_notice() -> None:
    last = NOON - timedelta(hours=24)
    assert may_give_back(NOON, 24, last)
    assert not may_give_back(NOON, 24, last + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("minutes", "values", "state"),
    [
        (-1, {}, SlotState.FREE),
        (0, {}, SlotState.OVER),
        (-1, {"is_booked": True}, SlotState.BOOKED),
        (29, {"is_booked": True}, SlotState.BOOKED),
        (30, {"is_booked": True}, SlotState.WAITING),
        (40, {"is_booked": True, "outcome": Outcome.HELD}, SlotState.HELD),
        (40, {"is_booked": True, "outcome": Outcome.MISSED}, SlotState.MISSED),
        (40, {"is_booked": True, "outcome": Outcome.HELD, "is_cancelled": True}, SlotState.CANCELLED),
    ],
)
def test_what_a_slot_is(minutes: int, values: dict, state: SlotState) -> None:
    given_ = {"is_cancelled": False, "is_booked": False, "outcome": None, **values}
    assert state_of(SPAN, NOON + minutes * MINUTE, **given_) is state
