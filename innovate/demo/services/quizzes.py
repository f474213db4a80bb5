"""Tests before and after: of a training three weeks ago with thirty people, and one that is open today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.material import read_bank
from innovate.demo.services.stage import ORGANIZER, World
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState
from innovate.learning.models import Activity, Enrolment, LearningSession
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_guest
from innovate.quizzes.domain.content import Content
from innovate.quizzes.domain.kinds import Moment, QuestionKind
from innovate.quizzes.domain.plan import Settings
from innovate.quizzes.models import BankQuestion
from innovate.quizzes.queries.bank import list_bank
from innovate.quizzes.queries.quizzes import list_published
from innovate.quizzes.queries.sheets import load_sheet
from innovate.quizzes.services import bank, importing, setup, taking

_CAST = ("oktavia-damayanti", "ahmad-zaki", "siti-marhamah")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class _Course:
    """A training on one day, counted from the day of loading, with its two tests."""

    title: str
    day: int
    people: int
    begun: float  # share of the people who have taken the first test


_PAST = _Course("Bimtek membaca data layanan", -21, 33, 1.0)
_OPEN = _Course("Lokakarya grafik yang jujur", 2, 24, 0.8)


def plan(world: World, today: date) -> None:
    """Plan both, each from the day its tests are prepared."""
    days = Days(today, ZONE)
    world.history.plan(days.at(_PAST.day - 8, 10), partial(_prepare, world, days, _PAST, None))
    world.history.plan(days.at(-3, 10, 30), partial(_prepare, world, days, _OPEN, _PAST))


def _prepare(world: World, days: Days, course: _Course, source: _Course | None, at: datetime) -> None:
    maker = world.people[ORGANIZER]
    activity = _found(maker, days, course, at)
    lead = get_guest(activity.public_id, maker)
    if source is None:
        sheet = importing.plan_sheet(lead, read_bank(), for_site=False)
        bank.import_questions(lead, sheet, at=at)
    else:
        other = db.session.query(Activity).filter_by(title=source.title).one()
        keys = [row.question.public_id for row in list_bank(other.id)]
        bank.copy_questions(lead, other.public_id, keys, at=at)
    questions = [row.question for row in list_bank(activity.id)]
    is_past = course.day < 0
    pre = (days.at(course.day - 1 if is_past else -1, 7), days.at(course.day, 9))
    post = (days.at(course.day, 14), days.at(course.day + 3, 17))
    for moment, window in ((Moment.PRE, pre), (Moment.POST, post)):
        _open(lead, moment, window, questions, at)
    people = _enrol(world, activity, course, at)
    draw = Random(f"tes {course.title}")
    for number, person in enumerate(people):
        able, learnt = draw.betavariate(3, 3.4), draw.betavariate(3, 2.2)
        takes_pre = draw.random() < course.begun and (is_past or number >= len(_CAST))
        if takes_pre and number != 22:
            when = pre[0] + (pre[1] - pre[0]) * draw.random() * 0.6
            world.history.plan(max(when, at + _MINUTE), partial(_take, lead, person, Moment.PRE, able, draw))
        if number not in (20, 21):
            after = able - 0.12 if number == 11 else able + (1 - able) * learnt
            when = post[0] + (post[1] - post[0]) * draw.betavariate(1, 4) * 0.9
            world.history.plan(when, partial(_take, lead, person, Moment.POST, after, draw))


def _found(maker: User, days: Days, course: _Course, at: datetime) -> Activity:
    """The activity with its one session, published at once."""
    activity = Activity(
        kind=ActivityKind.TRAINING if course.day < 0 else ActivityKind.WORKSHOP,
        state=ActivityState.PUBLISHED,
        title=course.title,
        summary="Membaca, membersihkan, dan menunjukkan data layanan tanpa menyesatkan.",
        description="Bawa laptop dan satu tabel dari unit Anda. Ada tes awal dan tes akhir yang singkat.",
        host="Bapperida Kota Pontianak",
        contact="inovasi@pontianak.example",
        created_by_id=maker.id,
        created_at=at,
        published_at=at,
    )
    db.session.add(activity)
    db.session.flush()
    session = LearningSession(
        activity_id=activity.id,
        title="Dari tabel ke keputusan",
        starts_at=days.at(course.day, 9),
        ends_at=days.at(course.day, 14),
        pause=60,
        room="Aula Bapperida",
    )
    db.session.add(session)
    db.session.flush()
    return activity


def _open(
    lead: Guest,
    moment: Moment,
    window: tuple[datetime, datetime],
    questions: Sequence[BankQuestion],
    at: datetime,
) -> None:
    intro = "Tiga belas soal. Hasilnya dipakai untuk menyesuaikan materi, bukan untuk menilai Anda."
    settings = Settings(moment, "", window[0], window[1], minutes=25, intro=intro)
    quiz = setup.create_quiz(lead, settings, at=at)
    setup.set_questions(lead, quiz.public_id, [question.public_id for question in questions], [], at=at)
    setup.publish_quiz(lead, quiz.public_id, at=at)


def _enrol(world: World, activity: Activity, course: _Course, at: datetime) -> list[User]:
    """Officials of the units with most people, and sign-ins of teams."""
    units = world.register.by_owner
    large = sorted(
        (code for code in world.units if code in units), key=lambda code: (-len(units[code]), code)
    )
    keys = [key for code in large for key in units[code] if key not in _CAST]
    people = [world.people[key] for key in [*_CAST, *keys[: course.people - len(_CAST)]]]
    for number, person in enumerate(people):
        asked = at + number * _MINUTE
        place = {"asked_at": asked, "placed_at": asked, "unit_id": person.unit_id}
        db.session.add(
            Enrolment(activity_id=activity.id, user_id=person.id, state=EnrolmentState.ENROLLED, **place)
        )
    db.session.flush()
    return people


def _take(lead: Guest, person: User, moment: Moment, able: float, draw: Random, at: datetime) -> None:
    """The person's sheet, question by question as able as they are."""
    guest = Guest(lead.activity, person)
    quiz = next(row for row in _quizzes(lead) if row[0] is moment)[1]
    sheet = load_sheet(taking.start_sheet(guest, quiz, at=at))
    given = {answer.position: _answer(answer.version.content, able, draw) for answer in sheet.answers}
    taking.hand_in(guest, sheet, given, at=at + timedelta(minutes=draw.uniform(8, 22)))


def _quizzes(lead: Guest) -> list[tuple[Moment, str]]:
    return [(quiz.moment, quiz.public_id) for quiz in list_published(lead.activity.id)]


def _answer(content: Content, able: float, draw: Random) -> list[str]:
    knows = draw.random() < able
    if content.kind is QuestionKind.SHORT:
        return [content.accepted[0] if knows else "tidak tahu"]
    right = [str(index) for index, option in enumerate(content.options) if option.right]
    if content.kind is QuestionKind.SCALE:
        return [str(min(len(content.options) - 1, int(able * len(content.options))))]
    if knows:
        return right
    if content.kind is QuestionKind.MULTIPLE:
        return (
            right[: draw.randint(1, len(right))] if draw.random() < 0.7 else [str(len(content.options) - 1)]
        )
    return [str(draw.randrange(len(content.options)))]
