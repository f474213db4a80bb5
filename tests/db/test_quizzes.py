"""Making and taking tests on both databases: one sheet of two presses, versions, draws, moved closings, erasure."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from innovate.core.db import commit, db, transaction
from innovate.core.errors import NotAllowed, Refused, Stale
from innovate.events.domain.kinds import EventState, Role
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.queries.activities import get_guest
from innovate.notifications.models import OutboxMail
from innovate.quizzes.domain.content import make_content
from innovate.quizzes.domain.drawing import Draw
from innovate.quizzes.domain.kinds import Moment, QuestionKind, QuizState
from innovate.quizzes.domain.plan import Settings
from innovate.quizzes.models import QuizAnswer, QuizItem, QuizSheet
from innovate.quizzes.queries.own import list_own_places
from innovate.quizzes.queries.results import count_enrolled, list_items, list_persons, list_unit_rows
from innovate.quizzes.queries.sheets import find_place, load_sheet
from innovate.quizzes.services import bank, setup, taking
from innovate.quizzes.services.reminders import remind_tests
from tests.factories.build import NOW, give_role, make_event, make_unit, make_user
from tests.factories.quizzes import (
    MULTIPLE,
    SCALE,
    SHORT,
    SINGLE,
    make_activity,
    make_enrolment,
    make_question,
    make_quiz,
    make_sheet,
)


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba")


@pytest.fixture
def maker(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def activity(event, maker):
    return make_activity(maker, event)


@pytest.fixture
def lead(activity, maker):
    return get_guest(activity.public_id, maker)


@pytest.fixture
def questions(maker, activity):
    return [make_question(maker, activity, content) for content in (SINGLE, MULTIPLE, SCALE, SHORT)]


@pytest.fixture
def quiz(activity, questions):
    return make_quiz(activity, *questions, minutes=30)


@pytest.fixture
def person(activity):
    user = make_user()
    make_enrolment(activity, user)
    return user


@pytest.fixture
def guest(activity, person):
    return get_guest(activity.public_id, person)


def test_a_sheet_is_drawn_saved_and_scored(quiz, guest) -> None:
    sheet = taking.start_sheet(guest, quiz.public_id, at=NOW)
    assert sheet.due_at == NOW + timedelta(minutes=30)
    assert taking.start_sheet(guest, quiz.public_id, at=NOW + timedelta(minutes=5)).id == sheet.id
    answers = load_sheet(sheet).answers
    place = {answer.version.kind: answer.position for answer in answers}
    given = {place[QuestionKind.SINGLE]: ["0"], place[QuestionKind.MULTIPLE]: ["0"]}
    saved = taking.save_answers(guest, sheet, given, version=1, at=NOW)
    assert (saved.late, saved.sheet.num, saved.sheet.den, saved.sheet.most) == (False, 3, 1, 5)
    with pytest.raises(Stale):
        taking.save_answers(guest, sheet, {}, version=1, at=NOW)
    done = taking.hand_in(guest, sheet, {place[QuestionKind.SHORT]: ["Sistem"]}, at=NOW).sheet
    assert (done.num, done.handed_at, done.answered) == (4, NOW, 3)
    late = taking.save_answers(guest, sheet, {place[QuestionKind.SINGLE]: ["1"]}, at=NOW)
    assert late.late
    assert late.sheet.num == 4
    with pytest.raises(Refused, match="terpakai"):
        taking.start_sheet(guest, quiz.public_id, at=NOW)


def test_the_window_is_kept(quiz, guest, activity) -> None:
    with pytest.raises(Refused, match="belum dibuka"):
        taking.start_sheet(guest, quiz.public_id, at=quiz.opens_at - timedelta(seconds=1))
    with pytest.raises(Refused, match="sudah ditutup"):
        taking.start_sheet(guest, quiz.public_id, at=quiz.closes_at)
    sheet = taking.start_sheet(guest, quiz.public_id, at=quiz.closes_at - timedelta(minutes=3))
    assert sheet.due_at == quiz.closes_at


def test_the_waiting_list_takes_no_test(quiz, activity) -> None:
    user = make_user()
    make_enrolment(activity, user, state=EnrolmentState.WAITING)
    with pytest.raises(Refused, match="terdaftar"):
        taking.start_sheet(get_guest(activity.public_id, user), quiz.public_id, at=NOW)


def test_a_moved_closing_moves_the_sheets(quiz, guest, lead) -> None:
    sheet = taking.start_sheet(guest, quiz.public_id, at=quiz.closes_at - timedelta(minutes=10))
    settings = Settings(
        moment=Moment.PRE,
        session="",
        opens_at=quiz.opens_at,
        closes_at=quiz.closes_at + timedelta(minutes=5),
        minutes=30,
        shuffles=True,
    )
    setup.update_quiz(lead, quiz.public_id, settings, at=NOW)
    db.session.refresh(sheet)
    assert sheet.due_at == quiz.closes_at
    with pytest.raises(Refused, match="Sudah ada yang mengerjakan"):
        setup.set_questions(lead, quiz.public_id, [], [Draw("data", 1)], at=NOW)
    with pytest.raises(Refused, match="Sudah ada yang mengerjakan"):
        setup.withdraw_quiz(lead, quiz.public_id, at=NOW)


def test_draws_come_from_both_banks(activity, maker, lead, guest) -> None:
    own = [make_question(maker, activity, MULTIPLE), make_question(maker, activity, SHORT)]
    site = make_question(
        maker, None, make_content(QuestionKind.SHORT, "Apa?", accepted=["Itu"], tags=["data"])
    )
    quiz = make_quiz(activity, state=QuizState.DRAFT, published_at=None)
    with pytest.raises(Refused, match="tidak cukup"):
        setup.set_questions(lead, quiz.public_id, [], [Draw("data", 4)], at=NOW)
    setup.set_questions(lead, quiz.public_id, [own[0].public_id], [Draw("data", 2)], at=NOW)
    setup.publish_quiz(lead, quiz.public_id, at=NOW)
    sheet = load_sheet(taking.start_sheet(guest, quiz.public_id, at=NOW))
    assert {answer.version.question_id for answer in sheet.answers} == {own[0].id, own[1].id, site.id}
    with pytest.raises(NotAllowed):
        bank.update_question(lead, site.public_id, SHORT, at=NOW)  # the site's organizers keep it


def test_a_changed_question_leaves_old_sheets_alone(quiz, questions, guest, lead, activity) -> None:
    sheet = taking.start_sheet(guest, quiz.public_id, at=NOW)
    changed = make_content(QuestionKind.SHORT, "Apa kepanjangan P dalam SPBE?", accepted=["Pemerintahan"])
    bank.update_question(lead, questions[3].public_id, changed, at=NOW)
    texts = {answer.version.text for answer in load_sheet(sheet).answers}
    assert SHORT.text in texts
    other = make_user()
    make_enrolment(activity, other)
    fresh = taking.start_sheet(get_guest(activity.public_id, other), quiz.public_id, at=NOW)
    assert changed.text in {answer.version.text for answer in load_sheet(fresh).answers}


def test_a_question_that_is_asked_is_not_taken_away(quiz, questions, lead) -> None:
    with pytest.raises(Refused):
        bank.remove_question(lead, questions[0].public_id, at=NOW)
    db.session.refresh(questions[0])
    assert questions[0].removed_at is None
    bank.remove_question(lead, questions[0].public_id, at=quiz.closes_at)


def test_the_last_finished_attempt_counts(activity, quiz, questions, person) -> None:
    make_sheet(quiz, person, [[0], [0, 1], [2], ["sistem"]])
    make_sheet(quiz, person, [[1], [0], [0], None], attempt=2)
    make_sheet(quiz, person, [None] * 4, attempt=3, handed_at=None, due_at=NOW - timedelta(hours=1))
    (row,) = list_persons(activity.id, None, NOW)
    assert row.points[Moment.PRE] == (1, 5)
    (place,) = list_own_places(activity.id, person.id, quiz.closes_at)
    assert place.pre.share == row.pair.pre


def test_sessions_units_and_items_apart(activity, questions, maker) -> None:
    session = get_guest(activity.public_id, maker).activity.sessions[0]
    whole = make_quiz(activity, *questions)
    part = make_quiz(activity, *questions, session_id=session.id)
    units = [make_unit(name="A"), make_unit(name="B"), make_unit(name="C")]
    post = make_quiz(activity, *questions, moment=Moment.POST)
    for number in range(14):
        user = make_user(unit_id=units[0 if number < 6 else 1 if number < 12 else 2].id)
        make_sheet(whole, user, [[number % 2], None, [0], None])
        make_sheet(post, user, [[0], None, [2], None])
        if not number:
            make_sheet(part, user, [[0], None, None, None])
    persons = list_persons(activity.id, None, NOW)
    assert len(persons) == 14
    assert len(list_persons(activity.id, session.id, NOW)) == 1
    shown = {row.name: row.summary for row in list_unit_rows(persons)}
    assert shown["C"] is None
    assert [name for name in "AB" if shown[name] is None] == ["A"]  # the smallest other, of equals the first
    items = list_items(persons)
    assert (items[0].before, items[0].after) == (0.5, 1)
    assert (items[2].before, items[2].after) == (1, 3)  # steps of the scale


def test_who_gave_their_place_back_after_the_test_still_counts_among_the_enrolled(
    activity, quiz, person
) -> None:
    make_sheet(quiz, person, [[0], [0, 1], [2], ["sistem"]])
    find_place(activity.id, person.id).withdrawn_at = NOW
    make_enrolment(activity, make_user())
    assert count_enrolled(activity.id, list_persons(activity.id, None, NOW)) == 2


def test_who_has_not_finished_is_reminded_on_the_last_day_once_for_each_closing(
    activity, quiz, person, lead, event
) -> None:
    done, began = make_user(), make_user()
    for user in (done, began):
        make_enrolment(activity, user)
    make_enrolment(activity, make_user(), state=EnrolmentState.WAITING)
    make_sheet(quiz, done, [[0], None, None, None])
    make_sheet(quiz, began, [None] * 4, handed_at=None)
    assert remind_tests(at=quiz.closes_at - timedelta(hours=25)) == 0
    last = quiz.closes_at - timedelta(hours=23)
    assert remind_tests(at=last) == 2
    assert remind_tests(at=last) == 0
    mails = db.session.query(OutboxMail).filter_by(template="quiz_reminder")
    assert {mail.user_id for mail in mails} == {person.id, began.id}
    assert f"/tes/{quiz.public_id}" in mails[0].context["path"]
    quiz.closes_at += timedelta(days=3)
    assert remind_tests(at=quiz.closes_at - timedelta(hours=1)) == 2
    event.state = EventState.ARCHIVED
    quiz.closes_at += timedelta(days=3)
    assert remind_tests(at=quiz.closes_at - timedelta(hours=1)) == 0


def test_erasure_takes_what_was_written(activity, quiz, person) -> None:
    from innovate.accounts.services.erasure import erase_person

    sheet = make_sheet(quiz, person, [[0], None, None, ["nama saya Rina"]])
    erase_person(person, at=NOW)
    commit()
    rows = db.session.query(QuizAnswer).filter_by(sheet_id=sheet.id).order_by(QuizAnswer.position)
    assert [answer.given for answer in rows] == [[0], None, None, ["–"]]


# -- two hands ----------------------------------------------------------------------------------------------------


def test_two_presses_begin_one_sheet(committing_app) -> None:
    with committing_app.app_context(), transaction():
        maker, person = make_user(), make_user()
        activity = make_activity(maker)
        make_enrolment(activity, person)
        quiz = make_quiz(activity, make_question(maker, activity), attempts=3)
        key, quiz_key, user_id = activity.public_id, quiz.public_id, person.id
    gate, found = threading.Barrier(4), []

    def press() -> None:
        from innovate.accounts.models import User

        with committing_app.app_context():
            gate.wait()
            with transaction():
                guest = get_guest(key, db.session.get_one(User, user_id))
                found.append(taking.start_sheet(guest, quiz_key, at=NOW).id)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with committing_app.app_context():
        assert len(found) == 4
        assert len(set(found)) == 1
        assert db.session.query(QuizSheet).count() == 1
        assert db.session.query(QuizItem).count() == 1
        db.session.rollback()
