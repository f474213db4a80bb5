"""Skills: the framework, ratings as history, endorsements, finding people, means, and what is worth attending."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from innovate.accounts.services.erasure import erase_person
from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.learning.domain.kinds import ActivityKind, ActivityState, Audience, EnrolmentState, Method
from innovate.learning.models import Activity, ActivitySkill, Attendance, Enrolment, LearningSession
from innovate.learning.queries.suggested import list_suggested
from innovate.learning.queries.taught import list_learnt
from innovate.skills.domain.levels import MOVED, SkillText
from innovate.skills.models import Occasion, Skill, SkillEndorsement, SkillRating, SkillSharing
from innovate.skills.queries.finding import Wanted, find_people, get_findable, suggest_people
from innovate.skills.queries.framework import list_all_skills, list_skills
from innovate.skills.queries.profiles import load_profile, map_levels
from innovate.skills.queries.summary import summarise
from innovate.skills.services import framework
from innovate.skills.services.endorsing import endorse
from innovate.skills.services.rating import add_ratings, save_profile
from innovate.teams.models import OpenRole
from innovate.teams.queries import get_team
from innovate.teams.services import mentoring
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_unit, make_user
from tests.factories.clinics import rate, show, skill
from tests.support.queries import counted_queries

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LEVELS = ["Belum", "Dibantu", "Sendiri", "Untuk unit", "Mengajar"]


@pytest.fixture
def rina(db_session):
    return make_user(name="Rina Maharani", skills=["Memasak"])


@pytest.fixture
def event(db_session):
    return make_event(slug="mahir")


def text(name, **more):
    return SkillText(**{"name": name, "area": "", "description": "", "levels": LEVELS, **more})


def team_of(event, captain=None, *members):
    return get_team(event.id, make_team(event, captain, *members).public_id)


# -- the framework ------------------------------------------------------------------------------------------------


def test_an_empty_installation_has_a_framework_and_filling_it_again_changes_nothing(db_session) -> None:
    before = [row.code for row in list_skills()]
    assert len(before) >= 10
    assert framework.ensure_framework() == 0
    assert [row.code for row in list_skills()] == before
    db.session.query(Skill).delete()
    assert framework.ensure_framework() == len(before)


def test_the_administrator_adds_renames_moves_retires_and_restores(rina) -> None:
    keeper = make_user(site_role="admin")
    db.session.refresh(keeper)
    made = framework.add_skill(keeper, text("Fotografi", words=["foto", " foto ", ""]), at=NOW)
    assert list_skills()[-1].id == made.id
    assert made.words == ["foto"]
    framework.move_skill(keeper, made, up=True, at=NOW)
    assert list_skills()[-2].id == made.id
    framework.change_skill(keeper, made, text("Fotografi layanan"), at=NOW)
    add(SkillRating(user_id=rina.id, skill_id=made.id, level=2, at=NOW))
    framework.retire_skill(keeper, made, at=NOW)
    assert made.id not in {row.id for row in list_skills()}
    assert (made, 1) in list_all_skills()
    assert made.id in {line.skill.id for line in load_profile(rina.id, at=NOW).rated}
    framework.restore_skill(keeper, made, at=NOW)
    assert made.id in {row.id for row in list_skills()}
    said = [action for (action,) in db.session.query(AuditEntry.action).order_by(AuditEntry.id)]
    names = ("add", "move", "change", "retire", "restore")
    assert said == [f"skill.{name}" for name in names]


def test_a_skill_needs_five_levels_and_a_name_of_its_own(rina) -> None:
    keeper = make_user(site_role="admin")
    db.session.refresh(keeper)
    with pytest.raises(Refused, match="satu kalimat"):
        framework.add_skill(keeper, text("Baru", levels=LEVELS[:4]), at=NOW)
    with pytest.raises(Refused) as refusal:
        framework.add_skill(keeper, text("analisis  DATA"), at=NOW)
    assert refusal.value.field == "name"
    with pytest.raises(NotFound):
        framework.add_skill(rina, text("Baru"), at=NOW)
    with pytest.raises(NotFound):
        framework.retire_skill(rina, skill(), at=NOW)


# -- one's own levels ---------------------------------------------------------------------------------------------


def test_every_change_is_a_row_and_what_did_not_change_is_none(rina) -> None:
    data, code = skill(), skill("pemrograman")
    levels = {data.public_id: 1, code.public_id: 0}
    assert save_profile(rina, levels, others=["Memasak"], is_shown=False, at=NOW) == 2
    assert save_profile(rina, {**levels, data.public_id: 3}, others=[], is_shown=True, at=NOW + DAY) == 1
    line = next(line for line in load_profile(rina.id, at=NOW).lines if line.skill.id == data.id)
    assert [row.level for row in line.history] == [1, 3]
    assert (rina.skills, load_profile(rina.id, at=NOW).is_shown) == ([], True)
    save_profile(rina, {}, others=[], is_shown=False, at=NOW + 2 * DAY)
    assert map_levels([rina.id]) == {rina.id: {data.id: 3, code.id: 0}}  # what was said stays
    assert db.session.query(SkillSharing).count() == 0


@pytest.mark.parametrize(
    ("levels", "others", "words"),
    [
        ({"analisis": 5}, [], "tingkat dari 0 sampai 4"),
        ({"analisis": -1}, [], "tingkat dari 0 sampai 4"),
        ({}, [f"kata {n}" for n in range(13)], "Paling banyak 12"),
        ({}, ["x" * 41], "lebih dari 40 karakter"),
    ],
)
def test_a_wrong_profile_changes_nothing(rina, levels, others, words) -> None:
    levels = {skill().public_id: level for level in levels.values()}
    with pytest.raises(Refused, match=words):
        save_profile(rina, levels, others=others, is_shown=True, at=NOW)
    assert db.session.query(SkillRating).count() == 0
    assert rina.skills == ["Memasak"]


def test_a_survey_records_the_same_level_again(rina) -> None:
    rate(rina, 2)
    about = {"occasion": Occasion.AFTER, "about": "activity:12"}
    assert add_ratings(rina.id, {skill().id: 2}, **about, at=NOW + DAY) == 1
    assert add_ratings(rina.id, {skill().id: 2}, at=NOW + DAY) == 0


def test_the_profile_asks_a_fixed_number_of_statements(rina) -> None:
    rate(rina, 1)
    with counted_queries() as few:
        load_profile(rina.id, at=NOW)
    for n in range(3):
        rate(rina, n, at=NOW + n * DAY)
        rate(rina, n, "pemetaan", at=NOW + n * DAY)
    db.session.expunge_all()
    with counted_queries() as many:
        load_profile(rina.id, at=NOW)
    assert len(many) == len(few)


# -- endorsing ----------------------------------------------------------------------------------------------------


@pytest.fixture
def team(event, rina):
    return team_of(event, rina, make_user())


@pytest.fixture
def mentor(event, team):
    user = make_user(name="Ratu Ayu")
    give_role(event, user, Role.MENTOR)
    mentoring.name_mentor(get_actor("mahir", user), team, user.public_id, at=NOW)
    return user


def test_a_mentor_endorses_what_they_saw_and_takes_it_back(rina, team, mentor) -> None:
    rate(rina, 2)
    rate(rina, 0, "pemetaan")
    actor = get_actor("mahir", mentor)
    both = {skill().public_id, skill("pemetaan").public_id}
    assert endorse(actor, team, rina.public_id, both, at=NOW) == (1, 0)  # "not yet" is nothing to stand for
    [row] = next(line for line in load_profile(rina.id, at=NOW).lines if line.endorsements).endorsements
    assert (row.level, row.endorser.name) == (2, "Ratu Ayu")
    assert endorse(actor, team, rina.public_id, both, at=NOW + HOUR) == (0, 0)
    rate(rina, 3, at=NOW + DAY)
    assert endorse(actor, team, rina.public_id, both, at=NOW + 2 * DAY) == (1, 0)  # at the new level
    assert endorse(actor, team, rina.public_id, set(), at=NOW + 3 * DAY) == (0, 1)
    assert not any(line.endorsements for line in load_profile(rina.id, at=NOW).lines)
    assert db.session.query(SkillEndorsement).count() == 2


def test_only_who_accompanies_the_team_endorses_its_members(event, rina, team, mentor) -> None:
    rate(rina, 2)
    other = make_user()
    give_role(event, other, Role.MENTOR)
    for person in (other, rina):
        with pytest.raises(NotFound):
            endorse(get_actor("mahir", person), team, rina.public_id, {skill().public_id}, at=NOW)
    with pytest.raises(NotFound):
        endorse(get_actor("mahir", mentor), team, other.public_id, {skill().public_id}, at=NOW)


def test_who_is_erased_is_found_no_more_and_stands_for_nobody(rina, team, mentor) -> None:
    rate(rina, 2)
    show(rina)
    endorse(get_actor("mahir", mentor), team, rina.public_id, {skill().public_id}, at=NOW)
    erase_person(rina, at=NOW + DAY)
    assert db.session.query(SkillSharing).count() == 0
    assert db.session.query(SkillEndorsement).one().withdrawn_at == NOW + DAY


# -- finding people -----------------------------------------------------------------------------------------------


def test_captains_find_who_lets_themselves_be_found(event) -> None:
    good, better, hidden, taken, judge = (make_user(name=f"Orang {n}") for n in "ABCDE")
    for person, level in ((good, 2), (better, 4), (hidden, 4), (taken, 4), (judge, 4)):
        rate(person, level)
        if person is not hidden:
            show(person)
    make_team(event, taken)
    give_role(event, judge, Role.JUROR)
    found = find_people(event, Wanted(skill=skill().public_id))
    assert [user.id for user in found.page.items] == [better.id, good.id]
    assert found.levels[better.id] == {skill().id: 4}
    assert find_people(event, Wanted(skill=skill().public_id, level=3)).page.total == 1
    assert find_people(event, Wanted(search="orang b")).page.items == [better]
    assert find_people(event, Wanted(skill="tidak-ada")).page.total == 0
    for person in (hidden, taken, judge):
        with pytest.raises(NotFound):
            get_findable(event, person.public_id)


def test_the_last_rating_counts(event) -> None:
    person = make_user()
    show(person)
    rate(person, 4, at=NOW - DAY)
    rate(person, 1)
    assert find_people(event, Wanted(skill=skill().public_id)).page.total == 0


def test_an_event_for_civil_servants_shows_only_those(db_session) -> None:
    event = make_event(allow_non_asn=False)
    student, servant = make_user(employment="student"), make_user()
    for person in (student, servant):
        show(person)
    assert [user.id for user in find_people(event, Wanted()).page.items] == [servant.id]


def test_open_roles_get_people_by_what_their_words_mean(event) -> None:
    team = team_of(event)
    for title, words in (("Pengolah data", ["Statistik"]), ("Juru masak", ["memasak"])):
        add(OpenRole(team_id=team.id, title=title, skills=words, created_at=NOW))
    people = [make_user(name=f"Orang {n}") for n in range(5)]
    for level, person in enumerate(people):
        rate(person, level)
        show(person)
    db.session.expire_all()
    [hint] = suggest_people(event, get_team(event.id, team.public_id))
    assert (hint.title, [row.code for row in hint.skills]) == ("Pengolah data", ["analisis-data"])
    assert [(user.name, level) for user, level in hint.people] == [
        ("Orang 4", 4),
        ("Orang 3", 3),
        ("Orang 2", 2),
    ]


# -- for those who lead -------------------------------------------------------------------------------------------


def test_means_and_changes_of_a_unit_leave_small_groups_and_moved_words_out(db_session) -> None:
    unit, other = make_unit(), make_unit()
    people = [make_user(unit_id=unit.id) for _ in range(5)]
    for n, person in enumerate(people):
        rate(person, 1, at=NOW - 300 * DAY)
        rate(person, 2 + (n == 0), at=NOW - DAY)
        rate(person, 4, at=NOW + DAY)  # after the day that is asked about
        if n:
            rate(person, 2, "pemetaan")
    for _ in range(6):
        rate(make_user(unit_id=other.id), 2, "keamanan", about=MOVED)
    rows = {row.skill.code: row for row in summarise(at=NOW, unit_ids=[unit.id])}
    data = rows["analisis-data"]
    assert (data.mean.n, data.mean.value) == (5, Fraction(11, 5))
    assert (data.change.before, data.change.after) == (1, Fraction(11, 5))
    assert (data.change.since, data.change.until) == (NOW - 300 * DAY, NOW - DAY)
    assert (rows["pemetaan"].mean.n, rows["pemetaan"].mean.value) == (4, None)
    assert rows["pemetaan"].mean.is_suppressed
    assert summarise(at=NOW, since=NOW - 2 * DAY, unit_ids=[unit.id])[0].change.n == 0
    site = {row.skill.code: row for row in summarise(at=NOW)}
    assert site["keamanan"].mean.n == 0


# -- learning -----------------------------------------------------------------------------------------------------


def make_activity(title="Bimtek data", days=3, codes=("analisis-data",), **values):
    about = {"kind": ActivityKind.TRAINING, "state": ActivityState.PUBLISHED, "created_at": NOW}
    activity = add(Activity(title=title, created_by_id=make_user().id, **{**about, **values}))
    for code in codes:
        add(ActivitySkill(activity_id=activity.id, skill_id=skill(code).id))
    for n in range(2):
        begins = NOW + days * DAY + n * 3 * HOUR
        times = {"starts_at": begins, "ends_at": begins + 2 * HOUR}
        add(LearningSession(activity_id=activity.id, title=f"Sesi {n + 1}", **times))
    return activity


def attend(activity, user, *titles):
    query = db.session.query(LearningSession).filter_by(activity_id=activity.id)
    for session in query.filter(LearningSession.title.in_(titles)):
        about = {"method": Method.LIST, "at": NOW, "recorded_by_id": activity.created_by_id}
        add(Attendance(session_id=session.id, user_id=user.id, **about))


def test_what_was_attended_far_enough_stands_behind_the_skill(rina) -> None:
    whole, half = make_activity(days=-9), make_activity("Setengah", days=-5)
    attend(whole, rina, "Sesi 1", "Sesi 2")
    attend(half, rina, "Sesi 1")
    runs = make_activity("Berlangsung", days=0, min_share=50)
    attend(runs, rina, "Sesi 1")  # far enough already, but it is not over
    assert [(row.skill_id, row.title) for row in list_learnt(rina.id, NOW)] == [(skill().id, "Bimtek data")]
    line = next(line for line in load_profile(rina.id, at=NOW).lines if line.skill.id == skill().id)
    assert [row.title for row in line.attended] == ["Bimtek data"]
    db.session.query(Attendance).first().removed_at = NOW
    db.session.flush()
    assert list_learnt(rina.id, NOW) == []


def test_sessions_are_suggested_for_what_is_low_and_what_the_team_seeks(event, rina) -> None:
    data, maps = make_activity(), make_activity("Peta", days=5, codes=("pemetaan",))
    make_activity("Lewat", days=-2)
    make_activity("Draf", state=ActivityState.DRAFT)
    assert list_suggested(rina.id, NOW) == []  # nothing known of the person
    rate(rina, 1)
    rate(rina, 4, "pemetaan")
    assert [each.activity.id for each in list_suggested(rina.id, NOW)] == [data.id]
    for about in ({"audience": Audience.UNITS}, {"audience": Audience.EVENT}, {"closes_at": NOW}):
        make_activity("Bukan untuknya", **about)
    assert [each.activity.id for each in list_suggested(rina.id, NOW)] == [data.id]
    team = team_of(event, rina)
    add(OpenRole(team_id=team.id, title="Pemeta", skills=["QGIS"], created_at=NOW))
    found = list_suggested(rina.id, NOW)
    assert [(each.activity.id, len(each.low), len(each.wanted)) for each in found] == [
        (maps.id, 0, 1),
        (data.id, 1, 0),
    ]
    about = {"state": EnrolmentState.ENROLLED, "asked_at": NOW}
    add(Enrolment(activity_id=data.id, user_id=rina.id, **about))
    assert [each.activity.id for each in list_suggested(rina.id, NOW)] == [maps.id]
