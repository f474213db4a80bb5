"""Jurors hear of entries given by hand: one mail for a burst, about what is still theirs."""

from datetime import timedelta

import pytest

from innovate.core import jobs
from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.scoring.models.jury import Assignment
from innovate.scoring.queries.previews import get_preview
from innovate.scoring.services import assignment, draws, telling
from innovate.tasks.services import run_here
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries

MINUTE = timedelta(minutes=1)
QUIET = NOW + 60 * MINUTE


class Room:
    """A round with many entries and two jurors, and an organizer who assigns."""

    def __init__(self) -> None:
        self.event = build.make_event(shift_days=-17)
        self.round = build.make_round(self.event)
        self.jurors = [build.make_user(), build.make_user(locale="en")]
        for juror in self.jurors:
            build.give_role(self.event, juror, Role.JUROR)
        organizer = build.make_user()
        build.give_role(self.event, organizer, Role.ORGANIZER)
        ideas = [build.make_idea(build.make_team(self.event), state=IdeaState.ELIGIBLE) for _n in range(20)]
        self.ideas = [idea.public_id for idea in ideas]
        db.session.flush()
        self.actor = get_actor(self.event.slug, organizer)

    def give(self, n: int, juror: int = 0, at=NOW) -> Assignment:
        person = self.jurors[juror].public_id
        return assignment.assign_juror(self.actor, self.round, self.ideas[n], person, at=at)


@pytest.fixture
def room(db_session) -> Room:
    return Room()


def mails() -> list[OutboxMail]:
    return db.session.query(OutboxMail).filter_by(template="scoring_assigned").order_by(OutboxMail.id).all()


def test_twenty_entries_make_one_mail(room) -> None:
    for n in range(20):
        room.give(n, at=NOW + n * MINUTE)
        assert telling.tell_jurors(at=NOW + n * MINUTE) == 0
    assert mails() == []
    assert telling.tell_jurors(at=QUIET) == 1
    assert telling.tell_jurors(at=QUIET) == 0
    (mail,) = mails()
    assert mail.address == room.jurors[0].email
    assert mail.context["assigned"] == 20
    assert mail.cause == f"round:{room.round.id}:assigned:{room.jurors[0].id}"
    assert mail.event_id == room.event.id


def test_each_juror_is_told_in_their_language_of_theirs(room) -> None:
    room.give(0)
    room.give(0, juror=1)
    room.give(1, juror=1)
    assert telling.tell_jurors(at=QUIET) == 2
    assert [(m.user_id, m.locale, m.context["assigned"]) for m in mails()] == [
        (room.jurors[0].id, "id", 1),
        (room.jurors[1].id, "en", 2),
    ]


def test_a_later_entry_makes_another_mail(room) -> None:
    room.give(0)
    telling.tell_jurors(at=QUIET)
    room.give(1, at=QUIET)
    assert telling.tell_jurors(at=QUIET + 14 * MINUTE) == 0
    assert telling.tell_jurors(at=QUIET + 15 * MINUTE) == 1
    assert [mail.context["assigned"] for mail in mails()] == [1, 1]


def test_what_was_taken_back_or_opened_meanwhile_is_no_news(room) -> None:
    taken, opened, left = (room.give(n) for n in range(3))
    assignment.remove_assignment(room.actor, taken.public_id, reason="Salah pilih juri", at=NOW + MINUTE)
    opened.cleared_at = NOW + 2 * MINUTE
    assert telling.tell_jurors(at=QUIET) == 1
    assert mails()[0].context["assigned"] == 1
    assert left.untold_since is None


@pytest.mark.parametrize("why", ["taken back", "round closed", "archived", "account closed"])
def test_nobody_is_asked_for_what_they_cannot_do(room, why) -> None:
    seat = room.give(0)
    if why == "taken back":
        assignment.remove_assignment(room.actor, seat.public_id, reason="Salah pilih juri", at=NOW)
    elif why == "round closed":
        room.round.closed_at = NOW
    elif why == "archived":
        room.event.state = EventState.ARCHIVED
    else:
        room.jurors[0].disabled_at = NOW
    assert telling.tell_jurors(at=QUIET) == 0
    assert mails() == []
    assert seat.untold_since is None


def test_a_restored_entry_is_told_even_when_it_was_opened_before(room) -> None:
    seat = room.give(0)
    seat.cleared_at = NOW
    telling.tell_jurors(at=QUIET)
    assignment.remove_assignment(room.actor, seat.public_id, reason="Salah pilih juri", at=QUIET)
    assignment.restore_assignment(room.actor, seat.public_id, reason="Ternyata benar", at=QUIET + MINUTE)
    assert telling.tell_jurors(at=QUIET + 16 * MINUTE) == 1
    assert len(mails()) == 1


def test_the_draw_tells_at_once_and_only_once(room) -> None:
    task = draws.start_draw(room.actor, room.round, seed=7, at=NOW)
    run_here(task, at=NOW)
    draws.apply_draw(room.actor, room.round, get_preview(room.round, task.public_id), at=NOW)
    drawn = len(mails())
    assert drawn == 2
    assert telling.tell_jurors(at=QUIET) == 0
    assert len(mails()) == drawn


def test_the_job_looks_at_the_clock(room, clock_at) -> None:
    room.give(0)
    db.session.commit()
    assert jobs.run_job("scoring.tell_jurors") == 0
    clock_at(QUIET)
    assert jobs.run_job("scoring.tell_jurors") == 1


def test_telling_costs_the_same_for_many_entries(room) -> None:
    counts = []
    for n in (1, 12):
        for k in range(n):
            room.give(k if n == 1 else k + 1)
        db.session.flush()
        db.session.expire_all()
        with counted_queries() as queries:
            telling.tell_jurors(at=QUIET)
            db.session.flush()
        counts.append(sum(query.startswith("SELECT") for query in queries))
    assert counts[0] == counts[1]
