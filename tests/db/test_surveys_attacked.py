"""What somebody who wants more than is theirs tries with surveys, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from innovate.accounts.domain.limits import place_of
from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import Refused, TooMany
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.learning.domain.kinds import ActivityKind, ActivityState
from innovate.learning.models import Activity, LearningSession
from innovate.notifications.models import OutboxMail
from innovate.surveys.domain.kinds import Occasion, Part, QuestionKind, Segment, SurveyKind, SurveyState, When
from innovate.surveys.domain.questionnaire import Option, Text
from innovate.surveys.domain.skm import ELEMENTS
from innovate.surveys.models import SurveyResponse
from innovate.surveys.policy import Maker
from innovate.surveys.queries.results import find_before, load_cross, load_outcome
from innovate.surveys.queries.summary import list_means, list_skm
from innovate.surveys.queries.surveys import load_survey
from innovate.surveys.services import building, sending
from innovate.surveys.services.answering import Sent, name_others, take_answers
from innovate.surveys.services.ready_made import load_ready_made
from tests.factories.build import NOW, add, give_role, make_event, make_unit, make_user
from tests.factories.surveys import invite, make_draft, make_survey, respond


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba")


@pytest.fixture
def maker(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return Maker(user, get_actor(event.slug, user))


def make_activity(maker: Maker, **values) -> Activity:
    made = {"created_by_id": maker.user_id, "created_at": NOW, "state": ActivityState.PUBLISHED, **values}
    return add(Activity(event_id=maker.event_id, kind=ActivityKind.TRAINING, title="Bimtek", **made))


def actions() -> list[tuple[str, int | None]]:
    rows = db.session.query(AuditEntry).filter_by(object_type="survey").order_by(AuditEntry.id)
    return [(each.action, each.actor_id) for each in rows]


# -- what could be computed ---------------------------------------------------------------------------------------


def test_who_names_no_unit_is_a_group_too_and_is_not_told_by_the_rest(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event, anonymous=False).id)
    for size in (6, 8):
        unit = make_unit()
        for _ in range(size):
            respond(survey, {"p1": 4}, unit_id=unit.id)
    for _ in range(2):
        respond(survey, {"p1": 1})
    table = load_cross(survey, "unit")
    assert table is not None
    assert sorted(str(cell.n) for cell in table.cells.values()) == ["8", "None", "None"]
    assert table.groups[-1] == ("", None)


def test_who_skipped_the_dividing_question_is_not_told_by_the_rest(event, maker) -> None:
    survey = make_survey(maker.user, event, state=SurveyState.CLOSED, closed_at=NOW)
    for n in range(12):
        respond(survey, {"p1": 5, "p2": "ya" if n < 7 else "tidak"})
    respond(survey, {"p1": 1})
    table = load_cross(load_survey(survey.id), "p2")
    assert table is not None
    assert {cell.group: cell.n for cell in table.cells.values()} == {"ya": 7, "tidak": None, "": None}


def test_an_index_does_not_tell_the_element_few_answered(event, maker) -> None:
    whole = load_ready_made()["skm"].whole
    closed = {"state": SurveyState.CLOSED, "closed_at": NOW, "kind": SurveyKind.SKM}
    survey = make_survey(maker.user, event, whole, **closed)
    for n in range(8):
        respond(survey, {key: 4 for key in ELEMENTS if key != "u9" or n == 0})
    assert load_outcome(load_survey(survey.id)).index is None
    assert list_skm(2026) == []


def test_a_mean_for_leaders_counts_who_answered_a_scale(event, maker) -> None:
    survey = make_survey(maker.user, event, kind=SurveyKind.REACTION, state=SurveyState.CLOSED, closed_at=NOW)
    for n in range(9):
        respond(survey, {"p1": 2} if n == 0 else {"p4": "Baik"})
    assert list_means(2026) == []
    for _ in range(4):
        respond(survey, {"p1": 2})
    assert [(each.mean, each.n) for each in list_means(2026)] == [(Fraction(2), 5)]


def test_a_draft_that_was_never_sent_is_no_before(event, maker) -> None:
    activity = make_activity(maker)
    about = {"activity_id": activity.id, "kind": SurveyKind.SKILLS}
    sent = make_survey(maker.user, event, occasion=Occasion.BEFORE, **about)
    make_draft(maker.user, event, occasion=Occasion.BEFORE, **about)
    after = make_survey(maker.user, event, occasion=Occasion.AFTER, **about)
    assert find_before(after) is sent


# -- what could be lost or misread --------------------------------------------------------------------------------


def test_an_answered_question_keeps_its_kind_and_scale(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event).id)
    question = survey.version.whole.find("p2")
    scale = survey.version.whole.find("p1")
    take_answers(survey, Sent("a", 1, {"p1": ["5"], "p2": ["ya"]}), at=NOW)
    for changed in (replace(question, kind=QuestionKind.NUMBER, options=()), replace(scale, top=4)):
        with pytest.raises(Refused, match="jenis dan skalanya tetap"):
            building.put_question(maker, load_survey(survey.id), "s1", changed, at=NOW)
    assert load_outcome(load_survey(survey.id)).n == 1


def test_answers_to_an_option_taken_out_stay_in_the_results(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event, anonymous=False).id)
    respond(survey, {"p1": 4, "p2": "ya"})
    question = survey.version.whole.find("p2")
    options = (Option("mungkin", Text("Mungkin")), Option("tidak", Text("Tidak")))
    building.put_question(maker, survey, "s1", replace(question, options=options), at=NOW)
    outcome = load_outcome(load_survey(survey.id))
    counts = next(each.counts for each in outcome.tallies if each.question.key == "p2")
    assert counts == {"mungkin": 0, "tidak": 0, "ya": 1}


def test_what_is_changed_while_somebody_answers_is_another_version(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event).id)
    question = survey.version.whole.find("p1")
    building.put_question(maker, survey, "s1", replace(question, text=Text("Saya kecewa.")), at=NOW)
    survey = load_survey(survey.id)
    assert survey.number == 2
    with pytest.raises(Refused, match="baru saja diubah"):
        take_answers(survey, Sent("a", 1, {"p1": ["5"]}), at=NOW)


def test_nobody_is_asked_after_the_closing_or_about_what_was_cancelled(event, maker) -> None:
    activity = make_activity(maker)
    ends = NOW + timedelta(days=5)
    add(
        LearningSession(
            activity_id=activity.id, title="Satu", starts_at=ends - timedelta(hours=2), ends_at=ends
        )
    )
    plan = {
        "sends": When.ACTIVITY,
        "activity_id": activity.id,
        "segment": Segment.LIST,
        "people": ["a@b.example"],
    }
    late = make_draft(maker.user, event, **plan)
    late.closes_at = NOW + timedelta(days=2)
    off = make_draft(maker.user, event, **plan)
    for each in (late, off):
        sending.open_survey(maker, load_survey(each.id), at=NOW)
    activity.state = ActivityState.CANCELLED
    db.session.flush()
    sending.serve_surveys(at=ends + timedelta(hours=1))
    assert db.session.query(OutboxMail).count() == 0
    assert load_survey(off.id).sent_at is None
    activity.state = ActivityState.PUBLISHED
    db.session.flush()
    sending.serve_surveys(at=ends + timedelta(hours=2))
    assert [each.sent_at is None for each in (load_survey(late.id), load_survey(off.id))] == [True, False]
    assert db.session.query(OutboxMail).count() == 1


# -- what leaves a trail, and how often ---------------------------------------------------------------------------


def test_named_answers_and_named_others_are_in_the_trail_and_anonymous_ones_are_not(event, maker) -> None:
    person = make_user()
    named = load_survey(
        make_survey(
            maker.user, event, anonymous=False, kind=SurveyKind.BEHAVIOUR, segment=Segment.ATTENDEES
        ).id
    )
    asked = invite(named, person, part=Part.ALUMNUS)
    asked.survey = named
    take_answers(named, Sent("a", 1, {"p1": ["4"]}), invitation=asked, at=NOW)
    name_others(asked, {Part.PEER: ["rekan@kota.example"]}, at=NOW)
    hidden = load_survey(make_survey(maker.user, event, segment=Segment.LIST).id)
    take_answers(hidden, Sent("b", 1, {"p1": ["4"]}), invitation=invite(hidden, person), at=NOW)
    assert actions() == [("survey.answer", person.id), ("survey.name_others", person.id)]


def test_one_device_cannot_fill_a_public_survey_nor_lock_its_office_out(event, maker) -> None:
    survey = load_survey(make_survey(maker.user, event).id)

    def send(n: int, device: str, at=NOW) -> None:
        place = place_of("rahasia", account=f"survey:{survey.public_id}", address="10.0.0.1", device=device)
        take_answers(survey, Sent(f"{device}-{n}", 1, {"p1": ["4"]}, place), at=at)

    for n in range(3):
        send(n, "satu")
    with pytest.raises(TooMany):
        send(3, "satu")
    send(0, "dua")
    send(4, "satu", NOW + timedelta(minutes=1))
    for n in range(25):
        send(0, f"kantor-{n}")
    with pytest.raises(TooMany) as late:
        send(0, "terlambat", NOW + timedelta(minutes=1))
    assert late.value.details["retry_after"] == 10
    send(0, "terlambat", NOW + timedelta(minutes=1, seconds=10))
    assert db.session.query(SurveyResponse).count() == 31
