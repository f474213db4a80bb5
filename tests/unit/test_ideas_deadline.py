"""Until when a team may hand in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.ideas.domain.deadline import (
    Reason,
    Window,
    can_edit,
    can_restore,
    can_submit,
    can_withdraw,
    effective_deadline,
)
from innovate.ideas.domain.lifecycle import OUTCOME, Decision, IdeaState, can_become

OPENS = datetime(2026, 11, 1, tzinfo=UTC)
END = datetime(2026, 11, 27, 16, 59, tzinfo=UTC)
SECOND = timedelta(microseconds=1)
instants = st.timedeltas(timedelta(days=-40), timedelta(days=90)).map(lambda gap: OPENS + gap)
windows = st.builds(
    Window,
    opens_at=st.just(OPENS),
    phase_end=st.just(END),
    extensions=st.lists(instants, max_size=3).map(tuple),
    return_until=st.none() | instants,
)
states = st.sampled_from(IdeaState)


@given(st.lists(instants, max_size=4), st.none() | instants)
def test_deadline_is_the_latest_and_never_before_the_phase(extensions, return_until):
    found = effective_deadline(END, extensions, return_until)
    assert found is not None
    assert found >= END
    assert all(found >= until for until in extensions)
    assert found in {END, *extensions, return_until}


def test_without_a_phase_there_is_no_deadline_whatever_was_granted():
    assert effective_deadline(None, [END], END) is None
    assert can_submit(IdeaState.DRAFT, Window(None, None, (END,)), OPENS).reason is Reason.NOT_PLANNED


@given(windows, states, instants)
def test_submitting_is_possible_exactly_inside_the_window_in_an_open_state(window, state, now):
    open_state = state in {IdeaState.DRAFT, IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE}
    assert can_submit(state, window, now).allowed is (open_state and OPENS <= now < window.closes_at)


@given(windows, states, instants)
def test_whoever_may_submit_may_edit(window, state, now):
    if can_submit(state, window, now).allowed:
        assert can_edit(state, window, now).allowed


@given(windows, instants)
def test_a_draft_stays_writable_after_the_deadline_and_only_a_draft(window, now):
    late = now >= window.closes_at
    if late:
        assert can_edit(IdeaState.DRAFT, window, now).allowed
        assert can_edit(IdeaState.SUBMITTED, window, now).reason is Reason.LATE


@pytest.mark.parametrize(
    ("now", "reason"), [(END - SECOND, None), (END, Reason.LATE), (END + SECOND, Reason.LATE)]
)
def test_the_deadline_itself_is_too_late(now, reason):
    assert can_submit(IdeaState.DRAFT, Window(OPENS, END), now).reason is reason
    assert can_withdraw(IdeaState.SUBMITTED, Window(OPENS, END), now).reason is reason
    assert can_restore(IdeaState.WITHDRAWN, Window(OPENS, END), now).reason is reason


def test_before_opening():
    assert can_submit(IdeaState.DRAFT, Window(OPENS, END), OPENS - SECOND).reason is Reason.NOT_OPEN
    assert can_edit(IdeaState.DRAFT, Window(OPENS, END), OPENS - SECOND).reason is Reason.NOT_OPEN
    assert can_submit(IdeaState.DRAFT, Window(OPENS, END), OPENS).allowed


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (IdeaState.INELIGIBLE, Reason.DECIDED),
        (IdeaState.WITHDRAWN, Reason.WITHDRAWN),
        (IdeaState.DISQUALIFIED, Reason.DISQUALIFIED),
    ],
)
def test_closed_states_say_why(state, reason):
    assert can_submit(state, Window(OPENS, END), OPENS).reason is reason
    assert can_edit(state, Window(OPENS, END), OPENS).reason is reason


@given(states, instants)
def test_nothing_moves_in_an_archived_event(state, now):
    window = Window(OPENS, END, archived=True)
    for ask in (can_submit, can_edit, can_withdraw, can_restore):
        assert ask(state, window, now).reason is Reason.ARCHIVED


def test_only_what_was_submitted_can_be_withdrawn_and_only_that_restored():
    window = Window(OPENS, END)
    assert can_withdraw(IdeaState.DRAFT, window, OPENS).reason is Reason.NOT_SUBMITTED
    assert can_withdraw(IdeaState.RETURNED, window, OPENS).allowed
    assert can_restore(IdeaState.SUBMITTED, window, OPENS).reason is Reason.NOT_SUBMITTED


def test_what_decides_the_deadline_is_named():
    later = END + timedelta(days=2)
    assert Window(OPENS, END, (later,)).is_extended
    assert not Window(OPENS, END, (END - timedelta(days=1),)).is_extended
    assert Window(OPENS, END, (), later).is_return
    assert not Window(OPENS, END).is_extended


@given(st.sampled_from(Decision))
def test_every_decision_can_be_made_about_what_waits(decision):
    assert can_become(IdeaState.SUBMITTED, OUTCOME[decision])
    assert can_become(IdeaState.RETURNED, OUTCOME[decision])
    assert not can_become(IdeaState.DRAFT, OUTCOME[decision])
