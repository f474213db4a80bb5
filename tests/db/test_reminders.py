"""Reminders by the clock: three days and one day before the deadline that holds for each team, and to jurors."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Extension
from innovate.notifications.models import OutboxMail
from innovate.organizer.jobs import send_reminders
from innovate.organizer.services import send_due_reminders
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def sent(template: str) -> list[tuple[str, str]]:
    mails = db.session.query(OutboxMail).filter_by(template=template).order_by(OutboxMail.id)
    return [(mail.address, mail.context["deadline"]) for mail in mails]


def drafting(state: IdeaState = IdeaState.DRAFT, **values: object) -> tuple[object, str, datetime]:
    event = make_event()
    person = make_user()
    team = make_team(event, person)
    make_idea(team, state=state, **values)
    db.session.commit()
    return team, person.email, NOW + 10 * DAY


def test_holders_of_drafts_hear_of_the_deadline_twice(db_session) -> None:
    _team, address, end = drafting()
    assert send_due_reminders(at=end - 4 * DAY) == 0
    assert send_due_reminders(at=end - 3 * DAY + HOUR) == 1
    assert send_due_reminders(at=end - 2 * DAY) == 0
    assert send_due_reminders(at=end - 20 * HOUR) == 1
    assert send_due_reminders(at=end - HOUR) == 0
    assert send_due_reminders(at=end) == 0
    assert sent("reminder_draft") == [(address, end.isoformat())] * 2


def test_a_team_with_an_extension_hears_of_its_own_deadline(db_session) -> None:
    team, address, end = drafting()
    until = end + 5 * DAY
    add(
        Extension(
            event_id=team.event_id,
            team_id=team.id,
            until=until,
            reason="Kantor terendam",
            granted_by_id=team.captain_id,
            granted_at=NOW,
        )
    )
    db.session.commit()
    assert send_due_reminders(at=end - HOUR) == 0
    assert send_due_reminders(at=until - 2 * DAY) == 1
    assert sent("reminder_draft") == [(address, until.isoformat())]


def test_a_team_whose_proposal_was_returned_hears_of_the_window(db_session) -> None:
    until = NOW + 20 * DAY
    _team, address, end = drafting(IdeaState.RETURNED, return_until=until)
    assert until > end
    assert send_due_reminders(at=until - 2 * HOUR) == 1
    assert sent("reminder_draft") == [(address, until.isoformat())]


@pytest.mark.parametrize("state", [IdeaState.SUBMITTED, IdeaState.WITHDRAWN, IdeaState.ELIGIBLE])
def test_whoever_has_nothing_to_hand_in_is_left_alone(db_session, state) -> None:
    _team, _address, end = drafting(state)
    assert send_due_reminders(at=end - HOUR) == 0


def test_jurors_with_work_left_are_reminded_and_those_who_are_done_not(db_session) -> None:
    event = make_event(shift_days=-18)
    round_ = make_round(event)
    jurors = [make_user(), make_user()]
    for juror in jurors:
        give_role(event, juror, Role.JUROR)
        seat = make_assignment(round_, make_idea(make_team(event), state=IdeaState.ELIGIBLE), juror)
    make_ballot(seat, [4] * 5)
    db.session.commit()
    end = NOW + 7 * DAY
    assert send_due_reminders(at=end - 2 * DAY) == 1
    assert send_due_reminders(at=end - 2 * DAY + HOUR) == 0
    assert [address for address, _deadline in sent("reminder_juror")] == [jurors[0].email]


def test_the_runner_s_clock_does_it(app, db_session, clock_at) -> None:
    _team, address, end = drafting()
    clock_at(end - 2 * DAY)
    assert send_reminders() == 1
    assert sent("reminder_draft") == [(address, end.isoformat())]
