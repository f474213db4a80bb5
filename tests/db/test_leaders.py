"""What leaders read is counted as it is, on both databases: years, classes of units, the seal, learning hours."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from innovate.accounts.models import SiteRole, UnitKind, User
from innovate.audit.models import AuditEntry
from innovate.core import clock, storage
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.core.jobs import run_job
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event, Prize
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.leaders.domain.classes import UnitClass
from innovate.leaders.queries.counts import by_year, count_people, count_placed, count_submitted, count_teams
from innovate.leaders.queries.frame import read_frame
from innovate.leaders.queries.lists.named import LISTS, read_list
from innovate.leaders.queries.lists.wanted import Wanted
from innovate.leaders.queries.page import read_sections
from innovate.leaders.queries.papers import get_paper
from innovate.leaders.queries.skills import list_levels
from innovate.leaders.services import printing
from innovate.learning.queries.summary import count_learners, list_hours, map_held
from innovate.partners.domain.kinds import Stage
from innovate.skills.domain.levels import MOVED
from innovate.skills.models import Skill, SkillRating
from innovate.skills.queries.framework import list_skills
from innovate.skills.queries.summary import summarise
from innovate.surveys.domain.kinds import QuestionKind, SurveyKind, SurveyState
from innovate.surveys.domain.questionnaire import Question, Questionnaire, Section, Text
from innovate.surveys.domain.skm import ELEMENTS
from innovate.tasks.models import TaskState
from innovate.tasks.queries import get_task
from tests.factories.boards import climb
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
    make_unit,
    make_user,
)
from tests.factories.learning import make_activity, make_attendance, make_place, make_session
from tests.factories.partners import make_challenge, make_organisation
from tests.factories.surveys import make_survey, respond

YEAR = timedelta(days=365)
SKM = Questionnaire(
    (
        Section(
            "s1",
            Text("Unsur"),
            questions=tuple(
                Question(key, QuestionKind.SCALE, Text(key), top=4, element=key) for key in ELEMENTS
            ),
        ),
    )
)
PUBLIC = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)


@pytest.fixture(autouse=True)
def now(db_session, clock_at):
    clock_at(NOW)


def frame(**asked):
    return read_frame(at=NOW, **asked)


def person_of(unit) -> User:
    return make_user(unit_id=unit.id if unit else None)


def judged(event: Event, *, states=PUBLIC) -> list:
    """Two entries of two units with a winner, the board moved along `states`."""
    add(Prize(event_id=event.id, name="Juara I", rank=1, position=1))
    round_, organizer, juror = make_round(event), make_user(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    ideas = []
    for number, title in enumerate(("LENTERA", "PELITA"), 1):
        team = make_team(event, person_of(make_unit()))
        ideas.append(make_idea(team, state=IdeaState.ELIGIBLE, title=title, number=number, submitted_at=NOW))
        make_ballot(make_assignment(round_, ideas[-1], juror), [5 - number] * 5)
    climb(event, organizer, *states)
    return ideas


def test_a_competition_belongs_to_the_year_its_first_phase_began(db_session) -> None:
    unit = make_unit()
    for days in (0, -365):
        make_team(make_event(shift_days=days), person_of(unit))
    make_event(state=EventState.DRAFT, shift_days=-730)
    make_event(shift_days=-730, deleted_at=NOW)
    found = frame()
    assert found.years == (NOW.year - 1, NOW.year)
    assert found.year == NOW.year
    assert by_year(count_teams(found)) == {NOW.year: 1, NOW.year - 1: 1}
    assert frame(year=str(NOW.year - 1)).year == NOW.year - 1
    assert frame(year="1999").year == NOW.year


def test_people_count_once_a_year_and_teams_as_long_as_they_stand(db_session) -> None:
    person, other = make_user(), make_user()
    make_team(make_event(), person, other)
    make_team(make_event(), person)
    make_team(make_event(shift_days=-365), person)
    make_team(make_event(), make_user(), disbanded_at=NOW)
    found = frame()
    assert by_year(count_teams(found)) == {NOW.year: 2, NOW.year - 1: 1}
    assert count_people(found) == {NOW.year: 2, NOW.year - 1: 1}


def test_only_units_of_the_class_asked_for_are_counted(db_session) -> None:
    event = make_event()
    district = make_unit(kind=UnitKind.KECAMATAN, name="Kecamatan Pontianak Utara")
    ward = make_unit(kind=UnitKind.KELURAHAN, parent_id=district.id)
    for unit in (district, ward, make_unit(), None):
        make_idea(make_team(event, person_of(unit)), state=IdeaState.SUBMITTED, submitted_at=NOW)
    wards = frame(unit_class=UnitClass.WARD)
    assert by_year(count_teams(wards))[NOW.year] == count_people(wards)[NOW.year] == 1
    assert by_year(count_submitted(wards)[0])[NOW.year] == 1
    assert by_year(count_teams(frame()))[NOW.year] == 4
    (part,) = [s for s in read_sections(frame()) if s.key == "partisipasi"]
    tiles = next(picture for picture in part.pictures if picture.kind == "tiles")
    assert [(row.value, row.place) for row in tiles.rows] == [(2.0, (1, 0))]
    assert "3 dari 3" in part.finding
    rows = read_list("tim", Wanted(frame(), district=district.code)).page
    assert rows.total == 2


def test_what_was_handed_in_counts_whatever_became_of_it(db_session) -> None:
    event = make_event()
    states = (IdeaState.ELIGIBLE, IdeaState.INELIGIBLE, IdeaState.WITHDRAWN, IdeaState.DRAFT)
    for state in states:
        handed = None if state is IdeaState.DRAFT else NOW
        make_idea(make_team(event), state=state, submitted_at=handed)
    submitted, eligible = count_submitted(frame())
    assert by_year(submitted)[NOW.year] == 3
    assert by_year(eligible)[NOW.year] == 1
    assert read_list("usulan", Wanted(frame(), state="diajukan")).page.total == 3
    assert read_list("usulan", Wanted(frame(), state="memenuhi")).page.total == 1


@pytest.mark.parametrize("upto", [1, 2, 3, 4])
def test_nothing_of_a_board_that_is_not_public_is_counted_or_named(db_session, upto) -> None:
    judged(make_event(shift_days=-40), states=PUBLIC[: upto + 1]) if upto < 4 else judged(
        make_event(shift_days=-40), states=(*PUBLIC, S.PROVISIONAL)
    )
    finalists, winners = count_placed(frame())
    assert not finalists
    assert not winners
    assert "pemenang" not in {section.key for section in read_sections(frame())}
    for name in LISTS:
        told = str(read_list(name, Wanted(frame(), whole=True)).page.items)
        assert "LENTERA" not in told
        assert "Juara" not in told
    assert read_list("usulan", Wanted(frame(), search="LENTERA")).page.total == 0
    assert read_list("usulan", Wanted(frame(), state="pemenang")).page.total == 0


def test_winners_of_an_announced_board_are_counted_and_named(db_session) -> None:
    judged(make_event(shift_days=-40, name="Lomba Kota"))
    finalists, winners = count_placed(frame())
    assert by_year(winners) == by_year(finalists) == {NOW.year: 1}  # without a final who wins is the finalist
    (section,) = [section for section in read_sections(frame()) if section.key == "pemenang"]
    assert section.pictures[0].table[0][:2] == ("LENTERA", "Juara I, Lomba Kota")
    assert read_list("pemenang", Wanted(frame())).page.total == 1
    assert read_list("usulan", Wanted(frame(), search="pelita")).page.total == 1


def learnt(maker: User, days: int, *, people: int, sessions: int, attended: int, unit=None, share: int = 80):
    """An activity that many days ago; each person was in the first `attended` of its sessions of 3 JP."""
    activity = make_activity(maker, min_share=share)
    held = [make_session(activity, starts=timedelta(days=days, hours=4 * n)) for n in range(sessions)]
    for _n in range(people):
        person = person_of(unit)
        make_place(activity, person)
        for session in held[:attended]:
            make_attendance(session, person)
    return activity


def test_learning_hours_count_by_year_and_unit_once_the_share_is_reached(db_session) -> None:
    maker, unit = make_user(), make_unit()
    learnt(maker, -10, people=3, sessions=2, attended=2, unit=unit)
    learnt(maker, -11, people=2, sessions=2, attended=1, unit=unit)  # half of it: no JP, but they were there
    learnt(maker, -11, people=2, sessions=2, attended=1, share=50)
    learnt(maker, -375, people=1, sessions=1, attended=1, unit=unit)
    learnt(maker, 3, people=4, sessions=1, attended=1, unit=unit)  # not over
    held = map_held(at=NOW)
    rows = list_hours(held)
    by_cell = {}
    for row in rows:
        key = (held[row.activity_id].year, row.unit_id)
        by_cell[key] = by_cell.get(key, 0) + row.jp
    assert by_cell == {(NOW.year, unit.id): 3 * 6, (NOW.year, None): 2 * 3, (NOW.year - 1, unit.id): 3}
    assert count_learners(held) == {NOW.year: 7, NOW.year - 1: 1}
    assert count_learners(held, frozenset({unit.id})) == {NOW.year: 5, NOW.year - 1: 1}


def test_hours_stay_with_the_unit_of_the_enrolment_and_attendance_taken_back_is_none(db_session) -> None:
    maker, before, after = make_user(), make_unit(), make_unit()
    activity = make_activity(maker)
    session = make_session(activity, starts=timedelta(days=-2))
    person, gone = person_of(before), person_of(before)
    make_place(activity, person)
    make_attendance(session, person)
    make_attendance(session, gone, removed_at=NOW, removed_by_id=maker.id, removed_reason="Salah orang")
    person.unit_id = after.id
    db.session.flush()
    assert [(row.unit_id, row.people, row.jp) for row in list_hours(map_held(at=NOW))] == [(before.id, 1, 3)]


def test_an_empty_site_has_no_year_and_no_sections(db_session) -> None:
    assert (frame().year, read_sections(frame()), list_hours({}), count_learners({})) == (None, [], [], {})
    for name in LISTS:
        assert read_list(name, Wanted(frame())).page.total == 0
    with pytest.raises(NotFound):
        read_list("nilai", Wanted(frame()))


def reader() -> User:
    user = make_user()
    user.is_leader = True
    db.session.flush()
    return user


def test_the_paper_is_set_by_the_runner_for_who_asked_and_written_down(db_session) -> None:
    make_team(make_event(), person_of(make_unit()))
    user = reader()
    task = printing.ask_for_paper(user, {"tahun": str(NOW.year)}, locale="id", at=NOW)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "leaders.print")).one()
    assert entry.actor_id == user.id
    with pytest.raises(Refused):
        printing.ask_for_paper(user, {"tahun": str(NOW.year)}, locale="id", at=NOW)
    with pytest.raises(NotFound):
        get_paper(task.public_id, user.id)
    assert run_job("tasks.run") == 1
    assert get_task(task.public_id).state is TaskState.DONE
    paper = get_paper(task.public_id, user.id)
    assert storage.read(paper.key).startswith(b"%PDF")
    with pytest.raises(NotFound):
        get_paper(task.public_id, make_user().id)


def test_who_may_not_read_has_no_paper_made_and_who_lost_the_page_gets_none(db_session) -> None:
    make_team(make_event(), person_of(make_unit()))
    with pytest.raises(NotAllowed):
        printing.ask_for_paper(make_user(), {"tahun": str(NOW.year)}, locale="id", at=NOW)
    user = reader()
    task = printing.ask_for_paper(user, {"tahun": str(NOW.year)}, locale="en", at=NOW)
    user.is_leader = False
    db.session.flush()
    run_job("tasks.run")
    assert get_task(task.public_id).state is TaskState.FAILED


def test_site_organizers_and_administrators_read_it_too(db_session) -> None:
    readers = {role: make_user(site_role=role).reads_for_leaders for role in SiteRole}
    assert readers == {SiteRole.MEMBER: False, SiteRole.ORGANIZER: True, SiteRole.ADMIN: True}
    assert clock.now() == NOW


def rate(people, skill, *levels) -> None:
    for person in people:
        for number, level in enumerate(levels):
            at = NOW - timedelta(days=100 - number)
            add(SkillRating(user_id=person.id, skill_id=skill.id, level=level, at=at))


def skill_rows(**asked):
    return {row.skill.id: row for row in list_levels(frame(**asked))}


def test_levels_of_a_small_class_are_hidden_and_so_is_what_subtraction_would_tell(db_session) -> None:
    make_team(make_event(), person_of(make_unit()))
    skill = db.session.scalars(select(Skill).order_by(Skill.position)).first()
    office, ward, company = make_unit(), make_unit(kind=UnitKind.KELURAHAN), make_unit(kind=UnitKind.BUMD)
    rate([person_of(office) for _n in range(9)], skill, 1, 2)
    rate([person_of(ward) for _n in range(6)], skill, 1, 3)
    rate([person_of(company) for _n in range(3)], skill, 1, 4)
    everybody = skill_rows()[skill.id]
    assert (everybody.people, everybody.again) == (18, 18)
    assert everybody.before == 1
    shown = {each: skill_rows(unit_class=each)[skill.id] for each in UnitClass}
    assert shown[UnitClass.COMPANY].mean is None
    assert shown[UnitClass.WARD].mean is shown[UnitClass.WARD].after is None  # else 18 - 9 - 6 is told
    assert shown[UnitClass.OFFICE].mean == shown[UnitClass.OFFICE].after == 2
    told = str(read_list("keterampilan", Wanted(frame(unit_class=UnitClass.COMPANY))).page.items)
    assert "kurang dari lima" in told
    assert "tidak ditampilkan" in told


def test_satisfaction_is_read_by_year_and_not_by_class(db_session) -> None:
    make_team(make_event(), person_of(make_unit()))
    survey = make_survey(make_user(), whole=SKM, kind=SurveyKind.SKM, state=SurveyState.CLOSED, closed_at=NOW)
    for _n in range(4):
        respond(survey, dict.fromkeys(ELEMENTS, 4))
    assert "kepuasan" not in {section.key for section in read_sections(frame())}  # four could be known
    respond(survey, dict.fromkeys(ELEMENTS, 3))
    found = {section.key: section for section in read_sections(frame())}
    assert found["kepuasan"].finding == "Indeks kepuasan 95,00, mutu A, dari 5 jawaban"
    assert [row[1:] for row in read_list("kepuasan", Wanted(frame())).page.items] == [("95,00", "A", 5)]
    assert "kepuasan" not in {section.key for section in read_sections(frame(unit_class=UnitClass.WARD))}


def test_partners_that_were_accepted_are_counted(db_session) -> None:
    event = make_event()
    make_team(event, person_of(make_unit()))
    accepted = make_organisation(name="Universitas Contoh", state=Stage.ACCEPTED, decided_at=NOW)
    make_organisation(name="PT Menunggu", state=Stage.PENDING)
    make_challenge(accepted, event, state=Stage.ACCEPTED)
    (section,) = [section for section in read_sections(frame()) if section.key == "mitra"]
    assert [figure.text for figure in section.figures] == ["1", "1"]
    assert read_list("mitra", Wanted(frame())).page.items == [("Universitas Contoh", "Universitas", 1)]


def test_levels_are_those_that_the_rules_of_skills_give(db_session) -> None:
    make_team(make_event(), person_of(make_unit()))
    draw, skills = Random("jenjang"), list_skills()[:3]
    units = [make_unit(), make_unit(kind=UnitKind.KELURAHAN), None]
    for number in range(36):
        person = person_of(units[number % 3])
        for skill in skills:
            for _n in range(draw.randint(1, 4)):
                about = draw.choice(("", "", MOVED))
                at = NOW - timedelta(
                    days=draw.randint(0, 3) - draw.choice((0, 0, 0, 400))
                )  # some are yet to come
                add(
                    SkillRating(
                        user_id=person.id, skill_id=skill.id, level=draw.randint(0, 4), about=about, at=at
                    )
                )
    everybody = frame()
    expected = [
        (row.skill.id, row.mean.n, row.mean.value, row.change.n, row.change.before, row.change.after)
        for row in summarise(at=NOW)
    ]
    found = list_levels(everybody)
    assert [(r.skill.id, r.people, r.mean, r.again, r.before, r.after) for r in found] == expected
    assert all(row.after is not None for row in found[:3])
    offices = frame(unit_class=UnitClass.OFFICE)
    for ours, theirs in zip(list_levels(offices), summarise(at=NOW, unit_ids=offices.unit_ids), strict=True):
        assert (ours.people, ours.again) == (theirs.mean.n, theirs.change.n)
        assert ours.mean in {None, theirs.mean.value}  # hidden where another class is small
        assert ours.after in {None, theirs.change.after}
