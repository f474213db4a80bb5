"""Places, the waiting list, moving and cancelling, reminders: who gets what, and who is told."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.accounts.models import Employment, SiteRole, User
from innovate.core.db import db, transaction
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.learning.domain.kinds import ActivityKind, ActivityState, Audience, EnrolmentState
from innovate.learning.domain.plans import Draft, Offer, Plan, Sent, Voice
from innovate.learning.models import Activity, ActivityUnit, Enrolment
from innovate.learning.queries.activities import get_guest
from innovate.learning.queries.enrolments import find_enrolment, find_place_in_line
from innovate.learning.queries.schedule import list_overlapping
from innovate.learning.services import enrolling, making, materials, publishing, reminders, sessions
from innovate.notifications.models import OutboxMail
from tests.factories.build import NOW, give_role, make_event, make_team, make_unit, make_user
from tests.factories.learning import make_activity, make_attendance, make_place, make_session

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def maker(db_session) -> User:
    return make_user(site_role=SiteRole.ORGANIZER)


def coming(maker, **values) -> Activity:
    activity = make_activity(maker, **values)
    make_session(activity, starts=3 * DAY)
    return activity


def stand(activity, user):
    db.session.flush()
    db.session.expire_all()
    return get_guest(activity.public_id, user)


def enrol(activity, user=None, at=NOW) -> Enrolment:
    return enrolling.enrol(stand(activity, user or make_user()), at=at)


def mails(template) -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == template)))


def state_of(activity, user) -> EnrolmentState | None:
    found = find_enrolment(activity.id, user.id)
    return found.state if found else None


def test_who_comes_after_the_last_place_waits_and_moves_up(maker) -> None:
    activity = coming(maker, capacity=1)
    first, second, third = make_user(), make_user(), make_user()
    assert enrol(activity, first).state is EnrolmentState.ENROLLED
    assert enrol(activity, first).user_id == first.id  # twice is once
    assert enrol(activity, second, NOW + HOUR).state is EnrolmentState.WAITING
    assert find_place_in_line(enrol(activity, third, NOW + 2 * HOUR)) == 2
    enrolling.give_up(stand(activity, first), at=NOW + 3 * HOUR)
    assert state_of(activity, first) is None
    assert state_of(activity, second) is EnrolmentState.ENROLLED
    assert find_place_in_line(find_enrolment(activity.id, third.id)) == 1
    told = [(mail.user_id, mail.context["how"]) for mail in mails("learning_enrolled")]
    assert told == [(first.id, "enrolled"), (second.id, "promoted")]
    assert enrol(activity, first, NOW + 4 * HOUR).state is EnrolmentState.WAITING  # the row of before is kept
    assert db.session.query(Enrolment).filter_by(activity_id=activity.id, user_id=first.id).count() == 2


def test_more_places_go_to_the_waiting_list_and_never_fewer_than_taken(maker) -> None:
    activity = coming(maker, capacity=1)
    users = [make_user() for _n in range(3)]
    for number, user in enumerate(users):
        enrol(activity, user, NOW + number * HOUR)
    draft = Draft(kind=ActivityKind.TRAINING, title="Bimtek", capacity=2)
    assert making.change_activity(stand(activity, maker), draft, at=NOW + DAY) == 1
    assert [state_of(activity, user) for user in users] == ["enrolled", "enrolled", "waiting"]
    fewer = Draft(kind=ActivityKind.TRAINING, title="Bimtek", capacity=1)
    with pytest.raises(Refused, match="2 orang") as caught:
        making.change_activity(stand(activity, maker), fewer, at=NOW + DAY)
    assert caught.value.field == "capacity"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"opens_at": NOW + HOUR}, "belum dibuka"),
        ({"closes_at": NOW}, "sudah ditutup"),
        ({"state": ActivityState.CANCELLED}, "tidak diselenggarakan"),
        ({"audience": Audience.ASN}, "tidak terbuka"),
        ({"audience": Audience.UNITS}, "tidak terbuka"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(maker, values, words) -> None:
    activity = coming(maker, **values)
    user = make_user(employment=Employment.STUDENT, unit_id=None)
    with pytest.raises(Refused, match=words):
        enrol(activity, user)
    assert find_enrolment(activity.id, user.id) is None


def test_a_unit_takes_in_those_below_it(maker) -> None:
    office = make_unit()
    below = make_unit(parent_id=make_unit(parent_id=office.id).id)
    activity = coming(maker, audience=Audience.UNITS)
    db.session.add(ActivityUnit(activity_id=activity.id, unit_id=office.id))
    assert enrol(activity, make_user(unit_id=below.id)).unit_id == below.id
    with pytest.raises(Refused):
        enrol(activity, make_user(unit_id=make_unit().id))


def test_an_event_takes_in_its_teams(maker) -> None:
    event = make_event()
    captain = make_user()
    make_team(event, captain)
    activity = coming(maker, event=event, audience=Audience.EVENT)
    assert enrol(activity, captain).state is EnrolmentState.ENROLLED
    with pytest.raises(Refused):
        enrol(activity)


def test_other_activities_at_the_same_time_are_told_of(maker) -> None:
    user = make_user()
    mine, other, later = coming(maker, title="Pertama"), coming(maker, title="Kedua"), make_activity(maker)
    make_session(later, starts=3 * DAY + 3 * HOUR)
    enrol(mine, user)
    enrol(later, user)
    assert list_overlapping(stand(other, user).activity, user.id) == ["Pertama"]


def test_makers_add_and_remove_people(maker) -> None:
    activity = coming(maker, capacity=1, audience=Audience.UNITS, closes_at=NOW - DAY)
    user = make_user(email="dia@pontianak.example")
    added = enrolling.add_person(stand(activity, maker), " DIA@pontianak.example ", at=NOW)
    assert (added.state, added.added_by_id) == (EnrolmentState.ENROLLED, maker.id)
    for address, words in (
        ("dia@pontianak.example", "sudah terdaftar"),
        ("tidak@ada.example", "Belum ada akun"),
    ):
        with pytest.raises(Refused, match=words):
            enrolling.add_person(stand(activity, maker), address, at=NOW)
    with pytest.raises(Refused, match="terisi"):
        enrolling.add_person(stand(activity, maker), make_user().email, at=NOW)
    with pytest.raises(Refused) as caught:
        enrolling.remove_person(stand(activity, maker), added.public_id, reason=" ", at=NOW)
    assert caught.value.field == "reason"
    enrolling.remove_person(stand(activity, maker), added.public_id, reason="Pindah tugas", at=NOW)
    assert find_enrolment(activity.id, user.id) is None
    assert mails("learning_removed")[0].context["reason"] == "Pindah tugas"
    with pytest.raises(NotFound):
        enrolling.add_person(stand(activity, user), user.email, at=NOW)


def test_an_activity_is_made_published_moved_and_cancelled(maker) -> None:
    draft = Draft(kind=ActivityKind.WORKSHOP, title=" Lokakarya ", capacity=5)
    activity = making.create_activity(maker, None, draft, at=NOW)
    assert (activity.title, activity.state) == ("Lokakarya", ActivityState.DRAFT)
    with pytest.raises(Refused, match="satu sesi"):
        publishing.publish(stand(activity, maker), at=NOW)
    speaker = make_user(email="ahli@pontianak.example")
    plan = Plan(
        "Pagi", NOW + 3 * DAY, NOW + 3 * DAY + HOUR, room="Aula", speakers=[Voice("", "", speaker.email)]
    )
    session = sessions.add_session(stand(activity, maker), plan, at=NOW)
    publishing.publish(stand(activity, maker), at=NOW)
    user = make_user()
    enrol(activity, user)
    same = Plan("Pagi sekali", plan.starts_at, plan.ends_at, room="Aula", speakers=[Voice("Ahli")])
    assert not sessions.change_session(stand(activity, maker), session.public_id, same, at=NOW)
    assert not mails("learning_moved")
    moved = Plan("Pagi sekali", plan.starts_at + HOUR, plan.ends_at + HOUR, room="Aula")
    assert sessions.change_session(stand(activity, maker), session.public_id, moved, at=NOW)
    assert stand(activity, maker).activity.version == 2
    assert [mail.user_id for mail in mails("learning_moved")] == [user.id]
    with pytest.raises(Refused, match="paling sedikit satu sesi"):
        sessions.remove_session(stand(activity, maker), session.public_id, at=NOW)
    assert publishing.cancel(stand(activity, maker), reason="Ruangan terendam air", at=NOW) == 1
    assert stand(activity, maker).activity.state is ActivityState.CANCELLED
    assert mails("learning_cancelled")[0].context["reason"] == "Ruangan terendam air"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"ends_at": NOW}, "ends_at"),
        ({"ends_at": NOW + 5 * DAY}, "ends_at"),
        ({"pause": 60}, "pause"),
        ({"room": ""}, "room"),
        ({"link": "javascript:x"}, "link"),
        ({"speakers": [Voice("Dia", "", "tidak@ada.example")]}, "speakers"),
    ],
)
def test_a_session_must_make_sense(maker, change, field) -> None:
    activity = coming(maker)
    values = {"title": "Pagi", "starts_at": NOW + DAY, "ends_at": NOW + DAY + HOUR, "room": "Aula"}
    with pytest.raises(Refused) as caught:
        sessions.add_session(stand(activity, maker), Plan(**{**values, **change}), at=NOW)
    assert caught.value.field == field


def test_a_copy_brings_words_and_sessions_and_no_people(maker) -> None:
    activity = coming(maker, capacity=3)
    make_place(activity, make_user())
    copied = making.copy_activity(stand(activity, maker), at=NOW)
    guest = stand(copied, maker)
    assert (guest.activity.state, guest.activity.capacity, guest.activity.title) == (
        "draft",
        3,
        activity.title,
    )
    assert [each.title for each in guest.activity.sessions] == ["Membaca data layanan"]
    assert not db.session.query(Enrolment).filter_by(activity_id=copied.id).count()


def test_only_those_who_may_make_an_activity(maker) -> None:
    event = make_event()
    organizer, stranger = make_user(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    draft = Draft(kind=ActivityKind.TALK, title="Gelar wicara")
    assert (
        making.create_activity(organizer, get_actor(event.slug, organizer), draft, at=NOW).event_id
        == event.id
    )
    for person, actor in ((organizer, None), (stranger, None), (stranger, get_actor(event.slug, stranger))):
        with pytest.raises(NotFound):
            making.create_activity(person, actor, draft, at=NOW)
    alone = Draft(kind=ActivityKind.TALK, title="X", audience=Audience.EVENT)
    with pytest.raises(Refused) as caught:
        making.create_activity(maker, None, alone, at=NOW)
    assert caught.value.field == "audience"


def test_materials_are_a_file_or_a_link(app, maker) -> None:
    activity = coming(maker)
    pdf = Sent("../paparan.pdf", b"%PDF-1.7 isi", 1000)
    file = materials.add_material(stand(activity, maker), Offer("Paparan", file=pdf), at=NOW)
    assert (file.filename, file.media_type, file.size) == ("paparan.pdf", "application/pdf", 12)
    for offer in (
        Offer("X"),
        Offer("X", link="https://a.example", file=pdf),
        Offer("X", link="ftp://a.example"),
    ):
        with pytest.raises(Refused):
            materials.add_material(stand(activity, maker), offer, at=NOW)
    with pytest.raises(Refused, match="tidak sesuai"):
        materials.add_material(stand(activity, maker), Offer("X", file=Sent("a.pdf", b"MZ", 1000)), at=NOW)


def test_reminders_go_once_for_each_time_a_session_was_set(maker) -> None:
    activity = make_activity(maker)
    session = make_session(activity, starts=DAY - HOUR)
    make_place(activity, make_user())
    make_place(activity, make_user(), EnrolmentState.WAITING)
    assert reminders.remind_sessions(at=NOW) == 1
    assert reminders.remind_sessions(at=NOW + HOUR) == 0
    make_place(activity, make_user())  # who came later is reminded too
    assert reminders.remind_sessions(at=NOW + 2 * HOUR) == 1
    assert reminders.remind_sessions(at=session.starts_at - HOUR) == 2
    session.starts_at, session.ends_at = session.starts_at + DAY, session.ends_at + DAY
    db.session.flush()
    assert reminders.remind_sessions(at=NOW + DAY) == 2
    activity.state = ActivityState.CANCELLED
    db.session.flush()
    assert reminders.remind_sessions(at=session.starts_at - HOUR) == 0


def test_the_last_places_are_given_once(committing_app) -> None:
    """Eight persons, and one of them in two windows, ask for three places in the same instant."""
    with committing_app.app_context(), transaction():
        activity = coming(make_user(site_role=SiteRole.ORGANIZER), capacity=3)
        key, public_id = activity.id, activity.public_id
        people = [make_user().id for _n in range(7)]
        people.append(people[0])
    gate = threading.Barrier(len(people))
    faults: list[Exception] = []

    def act(user_id: int) -> None:
        with committing_app.app_context():
            try:
                guest = get_guest(public_id, db.session.get_one(User, user_id))
                gate.wait(10)
                with transaction():
                    enrolling.enrol(guest, at=NOW)
            except Exception as fault:  # noqa: BLE001
                faults.append(fault)

    threads = [threading.Thread(target=act, args=(user_id,)) for user_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults
    with committing_app.app_context():
        rows = list(db.session.scalars(select(Enrolment).where(Enrolment.activity_id == key)))
        assert sorted(row.state for row in rows) == ["enrolled"] * 3 + ["waiting"] * 4
        assert len({row.user_id for row in rows}) == 7


def test_a_closed_account_is_passed_over_and_gets_no_mail(maker) -> None:
    activity = coming(maker, capacity=1)
    first, closed, third = make_user(), make_user(), make_user()
    for number, user in enumerate((first, closed, third)):
        enrol(activity, user, NOW + number * HOUR)
    closed.disabled_at = NOW
    assert find_place_in_line(find_enrolment(activity.id, third.id)) == 1
    enrolling.give_up(stand(activity, first), at=NOW + DAY)
    assert state_of(activity, closed) is EnrolmentState.WAITING
    assert state_of(activity, third) is EnrolmentState.ENROLLED
    publishing.cancel(stand(activity, maker), reason="Narasumber berhalangan hadir.", at=NOW + DAY)
    assert [mail.user_id for mail in mails("learning_cancelled")] == [third.id]


def test_a_session_that_people_attended_stays_where_it_was(maker) -> None:
    activity = make_activity(maker)
    held = make_session(activity, starts=HOUR / 3)  # the doors are open already
    make_session(activity, starts=3 * DAY)
    make_attendance(held, make_user())
    later = Plan("Pagi", NOW + 5 * DAY, NOW + 5 * DAY + HOUR, room="Aula")
    with pytest.raises(Refused, match="sudah dicatat") as caught:
        sessions.change_session(stand(activity, maker), held.public_id, later, at=NOW)
    assert caught.value.field == "starts_at"
    with pytest.raises(Refused, match="tetap tercatat"):
        sessions.remove_session(stand(activity, maker), held.public_id, at=NOW)
    assert held.removed_at is None
    sooner = Plan("Pagi", NOW + HOUR / 4, NOW + 2 * HOUR, room="Aula")
    assert sessions.change_session(stand(activity, maker), held.public_id, sooner, at=NOW) is True
