"""Services of surveys on both databases: sending once, answering once, versions, who is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from innovate.accounts.services.erasure import erase_person
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.queries import get_actor
from innovate.learning.domain.kinds import ActivityKind, ActivityState, Method
from innovate.learning.models import Activity, Attendance, LearningSession
from innovate.notifications.models import OutboxMail
from innovate.skills.models import Occasion as RatedOn
from innovate.skills.models import Skill, SkillRating
from innovate.surveys.domain.kinds import Occasion, Part, Segment, SurveyKind, SurveyState, When
from innovate.surveys.domain.skm import ELEMENTS
from innovate.surveys.models import Invitation, Survey, SurveyResponse, SurveyVersion
from innovate.surveys.policy import Maker
from innovate.surveys.queries.results import compare, find_before, load_cross, load_outcome
from innovate.surveys.queries.summary import list_means, list_skm
from innovate.surveys.queries.surveys import get_rate, load_survey
from innovate.surveys.services import building, sending
from innovate.surveys.services.answering import Answered, Over, Sent, take_answers
from innovate.surveys.services.ready_made import load_ready_made
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_unit, make_user
from tests.factories.surveys import invite, make_draft, make_survey, respond


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba")


@pytest.fixture
def maker(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return Maker(user, get_actor(event.slug, user))


def make_activity(maker: Maker) -> Activity:
    """A training whose last session ended yesterday."""
    made = {"created_by_id": maker.user_id, "created_at": NOW, "state": ActivityState.PUBLISHED}
    activity = add(Activity(event_id=maker.event_id, kind=ActivityKind.TRAINING, title="Bimtek", **made))
    ended = NOW - timedelta(days=1)
    add(
        LearningSession(
            activity_id=activity.id, title="Satu", starts_at=ended - timedelta(hours=3), ends_at=ended
        )
    )
    return activity


def attend(activity: Activity, maker: Maker, *people) -> None:
    session = db.session.query(LearningSession).filter_by(activity_id=activity.id).one()
    for user in people:
        row = {"method": Method.LIST, "at": NOW, "recorded_by_id": maker.user_id}
        add(Attendance(session_id=session.id, user_id=user.id, **row))


def mails() -> list[tuple[str, str]]:
    return [(each.template, each.address) for each in db.session.query(OutboxMail).order_by(OutboxMail.id)]


def test_it_goes_to_the_segment_of_that_day_once_and_reminds_who_is_silent(event, maker) -> None:
    first, second = make_user(), make_user()
    make_team(event, first)
    survey = make_draft(maker.user, event, segment=Segment.CAPTAINS, reminders=2, remind_every=3)
    survey.sends, survey.send_at = When.AT, NOW + timedelta(days=1)
    db.session.flush()
    sending.open_survey(maker, survey, at=NOW)
    assert (survey.sent_at, mails()) == (None, [])
    make_team(event, second)
    at = NOW + timedelta(days=1)
    assert sending.serve_surveys(at=at) == 1
    assert sending.serve_surveys(at=at) == 0
    assert mails() == [("survey_invitation", first.email), ("survey_invitation", second.email)]
    assert survey.closes_at == at + timedelta(days=14)
    db.session.query(Invitation).filter_by(user_id=first.id).one().answered = True
    for days in (3, 3, 20):
        sending.serve_surveys(at=at + timedelta(days=days))
    assert mails()[2:] == [("survey_reminder", second.email)]
    assert (survey.state, survey.closed_at) == (SurveyState.CLOSED, survey.closes_at)


def test_it_follows_a_phase_and_an_activity(event, maker) -> None:
    phase = next(each for each in maker.event.phases if each.kind is PhaseKind.SUBMISSION)
    after_phase = make_draft(maker.user, event, sends=When.PHASE, phase_id=phase.id, days=2)
    activity = make_activity(maker)
    guest, other = make_user(), make_user()
    attend(activity, maker, guest)
    after = {"sends": When.ACTIVITY, "activity_id": activity.id, "days": 90, "segment": Segment.ATTENDEES}
    after_activity = make_draft(maker.user, event, **after)
    for survey in (after_phase, after_activity):
        sending.open_survey(maker, load_survey(survey.id), at=NOW)
    assert sending.find_due(load_survey(after_phase.id)) == phase.ends_at + timedelta(days=2)
    assert sending.serve_surveys(at=NOW + timedelta(days=88)) == 1
    assert sending.serve_surveys(at=NOW + timedelta(days=89)) >= 1
    asked = db.session.query(Invitation).filter_by(survey_id=after_activity.id).all()
    assert [each.user_id for each in asked] == [guest.id]
    assert other.id not in {each.user_id for each in asked}


def test_an_anonymous_answer_leads_to_nobody(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event, segment=Segment.LIST).id)
    asked = invite(survey, make_user(unit_id=make_unit().id))
    take_answers(survey, Sent("lembar", 1, {"p1": ["4"]}), invitation=asked, at=NOW)
    response = db.session.query(SurveyResponse).one()
    assert (response.invitation_id, response.unit_id, response.at, response.part) == (None, None, None, None)
    assert asked.answered
    assert get_rate(survey) == (1, 1)
    with pytest.raises(Answered):
        take_answers(survey, Sent("lain", 1, {"p1": ["4"]}), invitation=asked, at=NOW)
    assert db.session.query(SurveyResponse).count() == 1


def test_nothing_is_taken_that_does_not_fit(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event).id)
    assert take_answers(survey, Sent("a", 1, {"p1": ["9"]}), at=NOW).faults == {"p1": "unknown"}
    with pytest.raises(Over):
        take_answers(survey, Sent("a", 1, {"p1": ["4"]}), at=survey.closes_at)
    with pytest.raises(Refused, match="diubah"):
        take_answers(survey, Sent("a", 2, {"p1": ["4"]}), at=NOW)
    assert db.session.query(SurveyResponse).count() == 0


def test_a_change_after_the_first_answer_is_a_new_version(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event).id)
    take_answers(survey, Sent("a", 1, {"p1": ["4"], "p4": ["Ya"]}), at=NOW)
    building.remove_question(maker, survey, "p4", at=NOW)
    survey = load_survey(survey.id)
    assert survey.number == 2
    assert survey.version.whole.find("p4") is None
    first = db.session.query(SurveyVersion).filter_by(survey_id=survey.id, number=1).one()
    assert first.whole.find("p4") is not None
    take_answers(survey, Sent("b", 2, {"p1": ["2"]}), at=NOW)
    for n in range(3):
        respond(survey, {"p1": 3}, slip=f"lagi{n}")
    tallies = {each.question.key: each.n for each in load_outcome(survey).tallies}
    assert (tallies["p1"], tallies["p4"]) == (5, 1)  # joined by the question's key


def test_anonymity_is_fixed_once_it_is_open(event, maker) -> None:
    survey = load_survey(make_draft(maker.user, event).id)
    names = ("title", "title_en", "intro", "intro_en", "occasion")
    values = {name: getattr(survey, name) for name in names} | {"anonymous": False}
    building.change_survey(maker, survey, values, at=NOW)
    sending.open_survey(maker, survey, at=NOW)
    with pytest.raises(Refused):
        building.change_survey(maker, survey, values | {"anonymous": True}, at=NOW)


def test_the_elements_of_an_skm_stay(event, maker) -> None:
    survey = building.create_survey(maker, "skm", at=NOW)
    with pytest.raises(Refused, match="Kesembilan"):
        building.remove_question(maker, survey, "u4", at=NOW)
    building.remove_question(maker, load_survey(survey.id), "saran", at=NOW)


def _skill(code: str) -> Skill:
    return add(Skill(code=code, name=code.title(), levels=["Belum"]))


def test_levels_of_skills_become_ratings_and_are_compared_by_person(event, maker) -> None:
    skill = _skill("data")
    activity = make_activity(maker)
    people = [make_user() for _ in range(6)]
    surveys = []
    for occasion, levels in ((Occasion.BEFORE, [0, 1, 1, 2, 0, 1]), (Occasion.AFTER, [2, 2, 3, 3, 1, 2])):
        survey = building.create_survey(maker, "keterampilan", at=NOW)
        survey.occasion, survey.activity_id, survey.segment = occasion, activity.id, Segment.LIST
        survey.state, survey.sent_at = SurveyState.OPEN, NOW
        for user, level in zip(people, levels, strict=True):
            raw = {f"k{skill.id}": [str(level)]}
            take_answers(survey, Sent(f"{user.id}", 1, raw), invitation=invite(survey, user), at=NOW)
        surveys.append(survey)
    rated = db.session.query(SkillRating).filter_by(user_id=people[0].id).order_by(SkillRating.id)
    about = f"activity:{activity.id}"
    assert [(r.level, r.occasion, r.about) for r in rated] == [
        (0, RatedOn.BEFORE, about),
        (2, RatedOn.AFTER, about),
    ]
    before = find_before(surveys[1])
    assert before is surveys[0]
    [(question, found)] = compare(before, surveys[1])
    assert (question.text.id, found.paired, found.n_after, found.rate) == ("Data", True, 6, 1.0)
    assert found.direction == "rose"


def test_groups_by_unit_hide_the_small(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event, anonymous=False).id)
    for size in (2, 6, 8):
        unit = make_unit()
        for _ in range(size):
            respond(survey, {"p1": 4}, unit_id=unit.id)
    table = load_cross(survey, "unit")
    assert table is not None
    assert sorted(str(cell.n) for cell in table.cells.values()) == ["8", "None", "None"]


def test_leaders_read_index_and_means_of_a_year(event, maker) -> None:
    skm = load_ready_made()["skm"].whole
    closed = {"state": SurveyState.CLOSED, "closed_at": NOW}
    survey = make_survey(maker.user, event, skm, kind=SurveyKind.SKM, **closed)
    small = make_survey(maker.user, event, skm, kind=SurveyKind.SKM, **closed)
    for n in range(8):
        respond(survey, dict.fromkeys(ELEMENTS, 3 + n % 2))
    respond(small, dict.fromkeys(ELEMENTS, 1))
    [row] = list_skm(2026)
    assert (row.survey.id, str(row.value), row.grade, row.n) == (survey.id, "87.50", "B", 8)
    assert list_skm(2025) == []
    reaction = make_survey(maker.user, event, kind=SurveyKind.REACTION, **closed)
    for _ in range(5):
        respond(reaction, {"p1": 4})
    assert [(each.survey.id, each.mean, each.n) for each in list_means(2026)] == [(reaction.id, 4, 5)]


def test_who_is_erased_is_in_no_list(event, maker) -> None:
    person = make_user(unit_id=make_unit().id)
    named = make_survey(
        maker.user, event, anonymous=False, segment=Segment.LIST, people=[person.email, "a@b.example"]
    )
    asked = invite(named, person, part=Part.ALUMNUS)
    response = respond(named, {"p1": 4}, invitation_id=asked.id, unit_id=person.unit_id, at=NOW)
    address = person.email
    erase_person(person, at=NOW)
    assert (asked.user_id, asked.name, response.invitation_id, response.unit_id) == (None, "", None, None)
    assert address not in {asked.email, *named.people}
    assert db.session.query(Survey).filter_by(id=named.id).one().people == ["a@b.example"]
