"""The timer of one team: presses in any order, sums of time, the face."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.pitch.domain.timer import (
    NotNow,
    Press,
    Reading,
    Run,
    Stage,
    Tone,
    face,
    finish,
    overrun,
    press,
    read,
)

T0 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = 60_000


def at(**delta: float) -> datetime:
    return T0 + timedelta(**delta)


def played(*steps: tuple[Press, float]) -> Run:
    """A run after presses at seconds from T0."""
    run = Run()
    for what, seconds in steps:
        run = press(run, what, at(seconds=seconds))
    return run


def test_a_whole_turn():
    run = played((Press.START, 0), (Press.PAUSE, 60), (Press.RESUME, 100))
    assert run.elapsed(at(seconds=160)) == 2 * MINUTE
    run = press(run, Press.NEXT, at(seconds=460))
    assert (run.stage, run.presentation, run.elapsed(at(seconds=470))) == (
        Stage.QUESTIONS,
        7 * MINUTE,
        10_000,
    )
    run = press(run, Press.NEXT, at(seconds=1300))
    assert run == Run(Stage.DONE, presentation=7 * MINUTE, questions=14 * MINUTE)
    assert overrun(run.questions, 13 * MINUTE) == MINUTE
    assert overrun(run.presentation, 7 * MINUTE) == 0


@pytest.mark.parametrize(
    ("steps", "allowed"),
    [
        ((), {Press.START}),
        (((Press.START, 0),), {Press.NEXT, Press.PAUSE, Press.RESET}),
        (((Press.START, 0), (Press.PAUSE, 5)), {Press.NEXT, Press.RESUME, Press.RESET}),
        (((Press.START, 0), (Press.NEXT, 5)), {Press.NEXT, Press.PAUSE, Press.RESET}),
        (((Press.START, 0), (Press.NEXT, 5), (Press.NEXT, 9)), {Press.RESET}),
    ],
)
def test_what_may_be_pressed_in_each_state(steps, allowed):
    run = played(*steps)
    assert set(run.choices()) == allowed
    for what in set(Press) - allowed:
        with pytest.raises(NotNow):
            press(run, what, at(seconds=10))


def test_a_paused_presentation_goes_on_to_questions_with_what_it_used():
    run = played((Press.START, 0), (Press.PAUSE, 30), (Press.NEXT, 90))
    assert run == Run(Stage.QUESTIONS, at(seconds=90), presentation=30_000)


def test_reset_forgets_the_time():
    assert played((Press.START, 0), (Press.NEXT, 5), (Press.RESET, 9)) == Run()


def test_whoever_leaves_the_stage_keeps_what_was_used():
    assert finish(Run(), T0) == Run()
    assert finish(played((Press.START, 0)), at(seconds=8)) == Run(Stage.DONE, presentation=8000)
    asked = finish(played((Press.START, 0), (Press.NEXT, 5)), at(seconds=8))
    assert asked == Run(Stage.DONE, presentation=5000, questions=3000)
    assert finish(asked, at(seconds=99)) == asked


def test_a_clock_behind_the_start_counts_nothing():
    assert played((Press.START, 10)).elapsed(at(seconds=3)) == 0


presses = st.lists(st.tuples(st.sampled_from(list(Press)), st.integers(0, 600_000)), max_size=30)


@given(presses)
def test_running_spans_add_up_and_nothing_is_negative(steps):
    """Against a second bookkeeping: add up the spans in which the clock ran, by stage."""
    run, now = Run(), T0
    used = {Stage.PRESENTATION: 0, Stage.QUESTIONS: 0}
    for what, wait in steps:
        if run.is_running:
            used[run.stage] += wait
        now += timedelta(milliseconds=wait)
        try:
            run = press(run, what, now)
        except NotNow:
            continue
        if what is Press.RESET:
            used = dict.fromkeys(used, 0)
    done = finish(run, now)
    if run.stage.has_clock:
        assert run.elapsed(now) == used[run.stage]
    assert (done.presentation, done.questions) == (used[Stage.PRESENTATION], used[Stage.QUESTIONS])
    assert min(run.carried, run.presentation, run.questions, run.elapsed(now - timedelta(days=1))) >= 0


@pytest.mark.parametrize(
    ("elapsed", "tone", "shown"),
    [
        (0, Tone.CALM, "07:00"),
        (1, Tone.CALM, "07:00"),
        (1000, Tone.CALM, "06:59"),
        (5 * MINUTE - 1, Tone.CALM, "02:01"),
        (5 * MINUTE, Tone.WARN, "02:00"),
        (6 * MINUTE + 30_000, Tone.LAST, "00:30"),
        (7 * MINUTE - 1, Tone.LAST, "00:01"),
        (7 * MINUTE, Tone.OVER, "+00:00"),
        (7 * MINUTE + 999, Tone.OVER, "+00:00"),
        (8 * MINUTE + 5_000, Tone.OVER, "+01:05"),
    ],
)
def test_the_face_of_seven_minutes(elapsed, tone, shown):
    reading = read(elapsed, 7 * MINUTE, [120_000, 30_000])
    assert (reading.tone, face(reading)) == (tone, shown)


def test_warnings_that_do_not_fit_say_nothing():
    assert read(0, 2 * MINUTE, [2 * MINUTE]).tone is Tone.CALM
    assert read(MINUTE, 2 * MINUTE, []) == Reading(MINUTE, 0, Tone.CALM)
    assert read(MINUTE, 2 * MINUTE, [MINUTE]).tone is Tone.LAST


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.lists(st.integers(1, 10**6), max_size=4))
def test_left_and_over_are_never_negative_and_never_both(elapsed, limit, warnings):
    reading = read(elapsed, limit, warnings)
    assert reading.left >= 0
    assert reading.over >= 0
    assert (reading.left == 0) is (reading.tone is Tone.OVER)
    assert reading.left - reading.over == limit - elapsed
