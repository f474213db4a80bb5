"""Recording attendance: who may, when, once, and what a list changes."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from innovate.accounts.models import Employment, SiteRole, User
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.events.domain.kinds import EventState, Role
from innovate.learning.domain.kinds import ActivityState, Audience, EnrolmentState, Method
from innovate.learning.models import ActivityUnit, Attendance, Enrolment
from innovate.learning.queries import attendance as reads
from innovate.learning.queries import record
from innovate.learning.queries.activities import get_guest, get_session
from innovate.learning.services.attending import Ticks, record_own, save_list
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_unit, make_user
from tests.factories.learning import (
    HOUR,
    make_activity,
    make_attendance,
    make_place,
    make_session,
    make_speaker,
)

WHY = "Ternyata tidak hadir."


@pytest.fixture
def maker(db_session):
    return make_user(site_role=SiteRole.ORGANIZER)


@pytest.fixture
def activity(maker):
    return make_activity(maker)


@pytest.fixture
def held(activity):
    return make_session(activity)


def at(held, user):
    guest = get_guest(reads.find_activity_id(held.public_id), user)
    return guest, get_session(guest.activity, held.public_id)


def come(held, user, *, seen_at=NOW):
    return record_own(*at(held, user), seen_at=seen_at, at=NOW)


def present(held):
    return [
        row for row in db.session.query(Attendance).filter_by(session_id=held.id) if row.removed_at is None
    ]


def test_a_person_with_a_place_is_recorded_once(activity, held):
    user = make_user()
    make_place(activity, user)
    assert come(held, user) is True
    assert come(held, user) is False
    (row,) = present(held)
    assert (row.user_id, row.method, row.at, row.recorded_by_id) == (user.id, Method.QR, NOW, user.id)


def test_only_the_moment_of_scanning_must_lie_within_the_window(activity, held):
    user = make_user()
    make_place(activity, user)
    for moment in (held.starts_at - timedelta(minutes=31), held.ends_at + timedelta(minutes=30)):
        with pytest.raises(Refused):
            come(held, user, seen_at=moment)
    assert come(held, user, seen_at=held.ends_at + timedelta(minutes=29)) is True


def test_somebody_without_a_place_takes_one_while_there_are_any(activity, held):
    activity.capacity = 1
    first, second = make_user(), make_user()
    assert come(held, first) is True
    place = db.session.query(Enrolment).one()
    assert (place.user_id, place.state, place.placed_at) == (first.id, EnrolmentState.ENROLLED, NOW)
    with pytest.raises(Refused, match="sudah terisi"):
        come(held, second)
    assert [row.user_id for row in present(held)] == [first.id]


def test_somebody_who_waits_takes_a_place_that_became_free(activity, held):
    user = make_user()
    place = make_place(activity, user, EnrolmentState.WAITING)
    assert come(held, user) is True
    assert place.state is EnrolmentState.ENROLLED


def test_the_audience_decides_who_may_walk_in(activity, held):
    event, parent = make_event(), make_unit()
    below = make_unit(parent_id=parent.id)
    add(ActivityUnit(activity_id=activity.id, unit_id=parent.id))
    of_unit, student, member = (
        make_user(unit_id=below.id),
        make_user(employment=Employment.STUDENT),
        make_user(),
    )
    make_team(event, member)
    allowed = {
        Audience.ASN: {of_unit, member},
        Audience.UNITS: {of_unit},
        Audience.EVENT: {member},
        Audience.ALL: {of_unit, student, member},
    }
    activity.event_id = event.id
    for audience, people in allowed.items():
        activity.audience = audience
        for user in (of_unit, student, member):
            db.session.flush()
            nested = db.session.begin_nested()
            if user in people:
                assert come(held, user) is True
            else:
                with pytest.raises(Refused, match="tidak terbuka"):
                    come(held, user)
            nested.rollback()


def test_drafts_are_not_there_and_cancelled_activities_record_nobody(activity, held):
    user = make_user()
    make_place(activity, user)
    activity.state = ActivityState.CANCELLED
    with pytest.raises(Refused, match="dibatalkan"):
        come(held, user)
    activity.state = ActivityState.DRAFT
    with pytest.raises(NotFound):
        come(held, user)


def test_an_unverified_account_walks_in_no_more_than_it_enrols(held):
    user = make_user(email_verified_at=None)
    with pytest.raises(Refused, match="Verifikasi"):
        come(held, user)
    assert present(held) == []


def test_an_archived_event_records_nobody_any_more(activity, held):
    event, speaker, user = make_event(), make_user(), make_user()
    activity.event_id = event.id
    make_speaker(held, speaker)
    make_place(activity, user)
    event.state = EventState.ARCHIVED
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Refused, match="sudah ditutup"):
        come(held, user)
    with pytest.raises(NotAllowed):
        save(held, speaker, shown=[user], ticked=[user])


def save(held, user, *, shown, was=(), ticked=(), reason=""):
    def names(people):
        return [each.public_id for each in people]

    ticks = Ticks(names(shown), names(was), names(ticked), reason)
    return save_list(*at(held, user), ticks, at=NOW)


def test_a_page_of_the_list_is_saved_at_once(activity, held, maker):
    people = [make_user() for _n in range(3)]
    for user in people:
        make_place(activity, user)
    make_attendance(held, people[0])
    with pytest.raises(Refused) as refused:
        save(held, maker, shown=people, was=people[:1], ticked=people[1:])
    assert refused.value.field == "reason"
    assert save(held, maker, shown=people, was=people[:1], ticked=people[1:], reason=WHY) == (2, 1)
    assert {row.user_id for row in present(held)} == {people[1].id, people[2].id}
    assert {row.method for row in present(held)} == {Method.LIST}
    gone = db.session.query(Attendance).filter(Attendance.removed_at.is_not(None)).one()
    assert (gone.removed_by_id, gone.removed_reason) == (maker.id, WHY)


def test_what_was_scanned_meanwhile_stays(activity, held, maker):
    early, late = make_user(), make_user()
    for user in (early, late):
        make_place(activity, user)
    come(held, late)  # after the page was loaded
    assert save(held, maker, shown=[early, late], ticked=[early]) == (1, 0)
    assert {row.user_id for row in present(held)} == {early.id, late.id}
    assert save(held, maker, shown=[early], ticked=[early]) == (0, 0)


def test_people_who_do_not_belong_to_the_list_are_not_recorded(held, maker):
    stranger = make_user()
    assert save(held, maker, shown=[stranger], ticked=[stranger]) == (0, 0)


def test_a_speaker_keeps_the_list_of_their_own_session_only(activity, held, maker):
    speaker, user = make_user(), make_user()
    make_place(activity, user)
    other = make_session(activity, starts=4 * HOUR)
    make_speaker(held, speaker)
    assert save(held, speaker, shown=[user], ticked=[user]) == (1, 0)
    assert [row.method for row in present(held)] == [Method.SPEAKER]
    with pytest.raises(NotAllowed):
        save(other, speaker, shown=[user], ticked=[user])
    with pytest.raises(Refused, match="mulai 30 menit"):
        save(other, maker, shown=[user], ticked=[user])
    assert [each.public_id for each in reads.list_spoken(speaker.id)] == [held.public_id]


def test_organizers_of_the_event_keep_its_lists(held, activity):
    event, organizer, user = make_event(), make_user(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    make_place(activity, user)
    with pytest.raises(NotAllowed):
        save(held, organizer, shown=[user], ticked=[user])
    activity.event_id = event.id
    db.session.flush()
    db.session.expire(activity)
    assert save(held, organizer, shown=[user], ticked=[user]) == (1, 0)


def test_standings_say_who_reached_the_share(activity, held):
    second = make_session(activity, starts=-30 * HOUR)
    both, one, none = (make_user(name=name) for name in ("Ani", "Budi", "Cici"))
    for user in (both, one, none):
        make_place(activity, user)
    for user, session in ((both, held), (both, second), (one, held)):
        make_attendance(session, user)
    db.session.expire_all()
    guest, _session = at(held, both)
    found = reads.list_standings(guest.activity)
    assert [(each.user.name, each.earned.jp, each.earned.reached) for each in found] == [
        ("Ani", 6, True),
        ("Budi", 0, False),
        ("Cici", 0, False),
    ]
    assert reads.map_counts(guest.activity) == {held.id: 2, second.id: 1}


def test_the_record_counts_what_is_over_in_the_year_of_its_end(maker):
    user = make_user()
    turn = NOW.replace(month=1, day=1, hour=3) - NOW  # the first of January, ten o'clock in Pontianak
    for starts, state in (
        (-30 * HOUR, ActivityState.PUBLISHED),
        (-HOUR, ActivityState.PUBLISHED),  # not over
        (turn - 5 * HOUR, ActivityState.PUBLISHED),  # from five to eight o'clock of that day
        (turn - 14 * HOUR, ActivityState.PUBLISHED),  # in the year before
        (-50 * HOUR, ActivityState.CANCELLED),
    ):
        make_attendance(make_session(make_activity(maker, state=state), starts=starts), user)
    rows = record.list_learnt(user.id, at=NOW)
    assert [(row.year, row.jp) for row in rows] == [(2026, 0), (2026, 3), (2026, 3), (2025, 3)]
    assert record.sum_years(rows) == {2026: 6, 2025: 3}
    assert len(record.select_rows(rows, year=2025)) == 1
    assert record.select_rows(rows, search="analisis lain") == []


def test_one_person_on_two_phones_at_once_is_one_row(committing_app):
    with committing_app.app_context(), transaction():
        user = make_user()
        held = make_session(make_activity(make_user(), capacity=1))
        keys = user.id, held.public_id
    found = together(committing_app, [keys] * 6)
    assert sorted(map(str, found)) == ["False"] * 5 + ["True"]
    with committing_app.app_context():
        counts = db.session.query(Attendance).count(), db.session.query(Enrolment).count()
        db.session.rollback()
    assert counts == (1, 1)


def test_the_last_place_goes_to_one_of_those_who_walk_in_at_once(committing_app):
    with committing_app.app_context(), transaction():
        people = [make_user().id for _n in range(5)]
        held = make_session(make_activity(make_user(), capacity=2)).public_id
    found = together(committing_app, [(user_id, held) for user_id in people])
    assert sum(each is True for each in found) == 2
    assert sum(isinstance(each, Refused) for each in found) == 3


def together(app, hands):
    """Each (person, session) in a thread and a transaction of its own, all begun at once."""
    gate, found = threading.Barrier(len(hands)), [None] * len(hands)

    def run(n, user_id, session_id):
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    guest = get_guest(reads.find_activity_id(session_id), db.session.get_one(User, user_id))
                    held = get_session(guest.activity, session_id)
                    found[n] = record_own(guest, held, seen_at=NOW, at=NOW)
            except Refused as refusal:
                found[n] = refusal

    threads = [threading.Thread(target=run, args=(n, *hand)) for n, hand in enumerate(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
