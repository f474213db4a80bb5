"""When a vote is where, who may know what, and how fast mails leave."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.voting.domain.order import shuffle
from innovate.voting.domain.pace import FREE, GAP, LONGEST, delay
from innovate.voting.domain.stages import (
    KEPT_AT_MOST,
    BoardStage,
    PollState,
    Stage,
    is_outcome_public,
    may_forget,
    may_see_totals,
    stage_of,
)

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "at", "stage"),
    [
        (PollState.DRAFT, NOW, Stage.DRAFT),
        (PollState.OPEN, NOW - DAY, Stage.WAITING),
        (PollState.OPEN, NOW, Stage.RUNNING),
        (PollState.OPEN, NOW + DAY, Stage.CLOSED),
        (PollState.COUNTED, NOW + DAY, Stage.COUNTED),
    ],
)
def test_state_and_clock_say_where_a_vote_is(state: PollState, at: datetime, stage: Stage) -> None:
    assert stage_of(state, NOW, NOW + DAY, at) is stage


def test_totals_are_nobodys_before_the_closing() -> None:
    assert [stage for stage in Stage if may_see_totals(stage)] == [Stage.CLOSED, Stage.COUNTED]


@pytest.mark.parametrize("board", BoardStage)
@pytest.mark.parametrize("excludes", [True, False])
@pytest.mark.parametrize("published", [True, False])
def test_the_outcome_never_precedes_an_announcement_it_tells_of(
    board: BoardStage, *, excludes: bool, published: bool
) -> None:
    seen = is_outcome_public(Stage.COUNTED, published=published, excludes=excludes, board=board)
    if board is BoardStage.PUBLIC:
        assert seen
    elif excludes and board is not BoardStage.NONE:
        assert not seen
    else:
        assert seen is published
    for stage in set(Stage) - {Stage.COUNTED}:
        assert not is_outcome_public(stage, published=published, excludes=excludes, board=board)


def test_voters_are_forgotten_after_the_objections_and_at_last_anyway() -> None:
    assert not may_forget(NOW, NOW - DAY, is_public=True, objections_until=None)
    assert may_forget(NOW, NOW, is_public=True, objections_until=None)
    assert not may_forget(NOW, NOW + DAY, is_public=True, objections_until=NOW + 2 * DAY)
    assert may_forget(NOW, NOW + 2 * DAY, is_public=True, objections_until=NOW + 2 * DAY)
    assert not may_forget(NOW, NOW + 100 * DAY, is_public=False, objections_until=None)
    assert may_forget(NOW, NOW + KEPT_AT_MOST, is_public=False, objections_until=None)


def test_an_office_waits_minutes_and_a_machine_waits_for_itself() -> None:
    assert delay([], NOW) == delay([NOW] * (FREE - 1), NOW) == timedelta(0)
    assert delay([NOW] * FREE, NOW) == GAP
    assert delay([NOW] * 499, NOW) == timedelta(minutes=19)  # five hundred colleagues at once
    spread = [NOW + n * timedelta(seconds=7) for n in range(500)]  # or in an hour
    assert all(delay(spread[:n], at) == timedelta(0) for n, at in enumerate(spread))
    most = FREE - 1 + int(LONGEST / GAP)
    assert delay([NOW] * most, NOW) == LONGEST
    assert delay([NOW] * (most + 1), NOW) is None
    assert delay([NOW] * (most + 1), NOW + timedelta(minutes=1)) is not None


@given(st.lists(st.integers(0, 7000), max_size=300), st.integers(0, 600))
def test_waiting_is_never_longer_later(seconds: list[int], later: int) -> None:
    asked = [NOW + timedelta(seconds=each) for each in sorted(seconds)]
    at = max(asked, default=NOW)
    now, then = delay(asked, at), delay(asked, at + timedelta(seconds=later))
    assert now is not None
    assert then is not None
    assert then <= now


@given(st.lists(st.text("abcdef", min_size=1), unique=True), st.text(), st.text())
def test_an_order_is_the_visitors_own_and_stays(keys: list[str], seed: str, other: str) -> None:
    order = shuffle(keys, seed, str)
    assert sorted(order) == sorted(keys)
    assert shuffle(reversed(keys), seed, str) == order
    kept = keys[::2]
    assert shuffle(kept, seed, str) == [key for key in order if key in kept]  # a filter moves nobody


def test_every_place_is_everybodys() -> None:
    entries = [f"karya{n}" for n in range(5)]
    first = [shuffle(entries, f"pengunjung {n}", str)[0] for n in range(2000)]
    assert all(350 < first.count(entry) < 450 for entry in entries)
