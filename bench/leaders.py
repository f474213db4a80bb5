"""The page for leaders over three years: 200 units, 5,000 people, 2,000 ideas, and what they learnt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from bench import pages
from bench.people import Person, sign_in
from bench.report import Report
from bench.server import running
from innovate.accounts.models import Employment, Unit, UnitKind, User
from innovate.core.db import db, transaction
from innovate.demo.domain.scale import Size, make_ids
from innovate.demo.services import scale
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.models import FollowUp, Innovation
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState, Method
from innovate.learning.models import Activity, Attendance, Enrolment, LearningSession
from innovate.skills.models import Skill, SkillRating
from innovate.surveys.domain.kinds import QuestionKind, SurveyKind, SurveyState
from innovate.surveys.domain.questionnaire import Question, Questionnaire, Section, Text, pack
from innovate.surveys.domain.skm import ELEMENTS
from innovate.surveys.models import Survey, SurveyResponse, SurveyVersion
from innovate.teams.models import Membership, Team

UNITS, PEOPLE, IDEAS, YEARS = 200, 5_000, 2_000, 3
ACTIVITIES, LEARNERS = 60, 120
ANSWERS = 400  # of an SKM
LIMIT_MS = 300


def measure_leaders(report: Report, environment: dict[str, str], app: Flask, seconds: float) -> None:
    """The whole page, with and without a class of units, and lists behind it, made anew at each request."""
    with app.app_context():
        reader = _load(app)
    with running(environment) as server:
        for what, path in (
            (f"leaders: {UNITS} units, {PEOPLE:,} people, {IDEAS:,} ideas, {YEARS} years", "/pimpinan"),
            ("leaders: one class of units", "/pimpinan?jenis=upt"),
            ("leaders: list of units", "/pimpinan/daftar/unit"),
            ("leaders: list of submissions", "/pimpinan/daftar/usulan"),
        ):
            pages.measure_signed_in(report, server, path, what, reader, seconds, limit_ms=LIMIT_MS)


def _load(app: Flask) -> Person:
    now, draw = datetime.now(UTC), Random("pimpinan")
    with transaction():
        _add_units()
    for back in range(YEARS):
        size = Size(-(-IDEAS // YEARS), 6, 2, back + 1, f"pimpinan-{back}")
        at = now - timedelta(days=365 * back)
        with transaction():
            loading = scale.begin(size, at=at)
        for chunk in size.chunks:
            with transaction():
                scale.load_chunk(loading, chunk)
        with transaction():
            scale.finish(loading, announce=True)
    with transaction():
        people = _add_people(now, draw)
        _add_members(people)
        for number in range(ACTIVITIES):
            _teach(number, now, people, draw)
        _rate(now, people, draw)
        _follow(now, draw)
        _survey(now, people[0][0], draw)
        user = db.session.scalars(select(User).where(User.email == scale.ORGANIZER)).one()
    return sign_in(app, user.id)


def _add_units() -> None:
    known = db.session.scalar(select(func.count()).select_from(Unit)) or 0
    kinds = list(UnitKind)
    rows = [
        {"code": f"ukur-{n}", "name": f"Unit Ukur {n}", "kind": kinds[n % len(kinds)]}
        for n in range(known, UNITS)
    ]
    if rows:
        db.session.execute(insert(Unit), rows)


def _add_people(now: datetime, draw: Random) -> list[tuple[int, int]]:
    """As many as are missing, each of a unit; key and unit of all of these."""
    units = list(db.session.scalars(select(Unit.id)))
    known = db.session.scalar(select(func.count()).select_from(User)) or 0
    rows = [
        {
            "public_id": token,
            "email": f"orang{n}@pimpinan.example",
            "name": f"Orang {n}",
            "employment": Employment.PNS,
            "unit_id": draw.choice(units),
            "created_at": now - timedelta(days=1500),
            "is_demo": True,
        }
        for n, token in enumerate(make_ids(draw, max(0, PEOPLE - known)))
    ]
    db.session.execute(insert(User), rows)
    found = select(User.id, User.unit_id).where(User.email.like("%@pimpinan.example")).order_by(User.id)
    return [(key, int(unit_id)) for key, unit_id in db.session.execute(found)]


def _add_members(people: list[tuple[int, int]]) -> None:
    """One more member for each team of these competitions, as far as there are people."""
    query = (
        select(Team.id, Team.event_id, Team.created_at)
        .where(Team.name.like("Tim %"))
        .order_by(Team.id.desc())
    )
    teams = list(db.session.execute(query.limit(IDEAS)))
    rows = [
        {"team_id": team, "user_id": people[n % len(people)][0], "event_id": event_id, "joined_at": at}
        for n, (team, event_id, at) in enumerate(teams)
    ]
    db.session.execute(insert(Membership), rows)


def _teach(number: int, now: datetime, people: list[tuple[int, int]], draw: Random) -> None:
    keeper = people[0][0]
    ends = now - timedelta(days=1 + number * 365 * YEARS // ACTIVITIES)
    activity = Activity(
        kind=ActivityKind.TRAINING,
        state=ActivityState.PUBLISHED,
        title=f"Bimtek ukur {number}",
        created_by_id=keeper,
        created_at=ends - timedelta(days=40),
        published_at=ends - timedelta(days=40),
    )
    db.session.add(activity)
    db.session.flush()
    sessions = [
        LearningSession(
            activity_id=activity.id,
            title=f"Hari ke-{day}",
            starts_at=ends - timedelta(days=2 - day, hours=6),
            ends_at=ends - timedelta(days=2 - day),
            pause=45,
        )
        for day in (1, 2)
    ]
    db.session.add_all(sessions)
    db.session.flush()
    learners = draw.sample(people, LEARNERS)
    asked = ends - timedelta(days=20)
    shared: dict[str, Any] = {"activity_id": activity.id, "state": EnrolmentState.ENROLLED, "asked_at": asked}
    places = [
        {**shared, "public_id": token, "user_id": user, "unit_id": unit, "placed_at": asked}
        for token, (user, unit) in zip(make_ids(draw, LEARNERS), learners, strict=True)
    ]
    db.session.execute(insert(Enrolment), places)
    there = [
        {
            "session_id": session.id,
            "user_id": user,
            "method": Method.LIST,
            "at": ends,
            "recorded_by_id": keeper,
        }
        for session in sessions
        for user, _unit in learners
    ]
    db.session.execute(insert(Attendance), there)


def _rate(now: datetime, people: list[tuple[int, int]], draw: Random) -> None:
    """A fifth of the people rated every skill twice."""
    skills = list(db.session.scalars(select(Skill.id)))
    rows = [
        {"user_id": user, "skill_id": skill, "level": draw.randint(0, 4), "at": now - timedelta(days=days)}
        for user, _unit in people[: PEOPLE // 5]
        for skill in skills
        for days in (700, 20)
    ]
    db.session.execute(insert(SkillRating), rows)


def _follow(now: datetime, draw: Random) -> None:
    """Every idea was asked after 3, 6 and 12 months; most answers are verified."""
    ideas = db.session.execute(select(Idea.id, Idea.event_id, Idea.title, Idea.unit_id).limit(IDEAS)).all()
    day = now.date()
    shared = {"announced_on": day - timedelta(days=400), "status": Status.RUNNING, "created_at": now}
    rows = [
        {**shared, "public_id": token, "idea_id": key, "event_id": event_id, "title": title, "unit_id": unit}
        for token, (key, event_id, title, unit) in zip(make_ids(draw, len(ideas)), ideas, strict=True)
    ]
    db.session.execute(insert(Innovation), rows)
    asked = []
    for key in db.session.scalars(select(Innovation.id)):
        for months in (3, 6, 12):
            answer = draw.random() < 0.8
            asked.append(
                {
                    "public_id": make_ids(draw, 1)[0],
                    "innovation_id": key,
                    "months": months,
                    "first": day - timedelta(days=400),
                    "last": day - timedelta(days=400 - 30 * months),
                    "asked_at": now,
                    "closes_at": now,
                    "answered_at": now if answer else None,
                    "check": Check.VERIFIED if answer else Check.WAITING,
                    "is_used": answer or None,
                    "status": Status.RUNNING if answer else None,
                    "people": draw.randint(10, 500) if answer else None,
                    "saved": draw.randint(0, 9_000_000) if answer else None,
                }
            )
    db.session.execute(insert(FollowUp), asked)


def _survey(now: datetime, keeper: int, draw: Random) -> None:
    """An SKM of each year."""
    questions = tuple(Question(key, QuestionKind.SCALE, Text(key), top=4, element=key) for key in ELEMENTS)
    content = pack(Questionnaire((Section("s1", Text("Unsur"), questions=questions),)))
    for back in range(YEARS):
        at = now - timedelta(days=365 * back)
        survey = Survey(
            kind=SurveyKind.SKM,
            title="SKM",
            state=SurveyState.CLOSED,
            created_by_id=keeper,
            created_at=at,
            opened_at=at,
            closed_at=at,
            people=[],
        )
        db.session.add(survey)
        db.session.flush()
        db.session.add(
            SurveyVersion(survey_id=survey.id, number=1, content=content, made_by_id=keeper, made_at=at)
        )
        answers = [
            {
                "survey_id": survey.id,
                "number": 1,
                "slip": f"ukur-{back}-{n}",
                "answers": {key: draw.randint(2, 4) for key in ELEMENTS},
            }
            for n in range(ANSWERS)
        ]
        db.session.execute(insert(SurveyResponse), answers)
