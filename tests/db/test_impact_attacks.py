"""What could go wrong between two people, after somebody left, and with numbers nobody looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from innovate.accounts.services.erasure import erase_person
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.impact.domain.indicators import Guard
from innovate.impact.domain.kinds import Asked, Check, Direction, Measure, Status
from innovate.impact.domain.reports import Aimed, Proof
from innovate.impact.models import AdoptionRequest, Innovation
from innovate.impact.queries import adoptions, summary
from innovate.impact.queries.followups import get_followup, has_followed, list_room
from innovate.impact.queries.innovations import read_indicators
from innovate.impact.queries.own import list_own
from innovate.impact.services import adopting, answering, asking, beginning, reporting
from innovate.impact.services.adopting import Wish
from innovate.impact.services.answering import Answer
from innovate.impact.services.links import Links
from innovate.notifications.models import OutboxMail
from innovate.results.models import StandingRow
from innovate.teams.models import Membership
from tests.factories.boards import climb
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.impact import make_followup, make_innovation, make_replication, make_request

DAY = timedelta(days=1)
LINKS = Links("rahasia")
PROOF = Proof("Register", "https://contoh.example/bukti")
AIM = Aimed("Waktu layanan", "hari", Direction.DOWN, Decimal(14), date(2024, 1, 1), "Register", Decimal(3))
JANUARY = date(2025, 1, 1), date(2025, 1, 31)
GOOD = Answer(Status.RUNNING, is_used=True, people=120, saved=500_000)
WHY = "Anggarannya dialihkan tahun ini."
WISH = Wish(None, "Dinas Sosial, Kota Singkawang", "Masalah kami sama persis.")


@pytest.fixture
def event(db_session):
    return make_event(slug="dampak", shift_days=-17)


@pytest.fixture
def captain(db_session):
    return make_user()


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def idea(event, captain):
    return make_idea(make_team(event, captain), title="PARIT KITA", state=IdeaState.ELIGIBLE, number=1)


@pytest.fixture
def innovation(idea):
    return make_innovation(idea)


@pytest.fixture
def team(event, captain):
    return get_actor(event.slug, captain)


@pytest.fixture
def desk(event, organizer):
    return get_actor(event.slug, organizer)


def check(desk, followup, verdict=Check.VERIFIED, note="", version=None):
    row = get_followup(followup.public_id)
    seen = row.version if version is None else version
    answering.check_followup(desk, row, verdict, note=note, version=seen, links=LINKS, at=NOW)


def answer(user, followup, said=GOOD):
    row = get_followup(followup.public_id)
    return answering.answer_followup(user, row, said, version=row.version, at=NOW)


def test_an_answer_that_changed_meanwhile_is_not_verified_unseen(innovation, captain, desk):
    row = make_followup(innovation)
    answer(captain, row)
    answer(captain, row, replace(GOOD, people=90_000))
    with pytest.raises(Refused, match="berubah"):
        check(desk, row, version=1)
    assert summary.list_reports() == []
    check(desk, row, version=2)
    assert summary.list_reports()[0].people == 90_000


def test_numbers_of_an_answer_that_is_returned_after_all_are_not_public(innovation, captain, team, desk):
    indicator = reporting.add_indicator(team, innovation, AIM, at=NOW)
    row = make_followup(innovation)
    answer(captain, row, replace(GOOD, actuals={indicator.public_id: Decimal(7)}))
    check(desk, row)
    check(desk, row)  # the second tab
    assert len(read_indicators(innovation.id, public=True)[0].actuals) == 1
    check(desk, row, Check.RETURNED, "Angkanya tertukar dengan unit lain.")
    assert read_indicators(innovation.id, public=True) == []
    assert summary.list_reports() == []


def test_a_returned_answer_goes_to_those_who_are_there(innovation, captain, event, desk):
    left = make_user()
    member = Membership(team_id=innovation.idea.team_id, user_id=left.id, event_id=event.id, joined_at=NOW)
    db.session.add(member)
    db.session.flush()
    row = make_followup(innovation)
    answer(left, row)
    member.left_at = NOW
    db.session.flush()
    check(desk, row, Check.RETURNED, "Jumlah orang belum ada buktinya.")
    query = select(OutboxMail.user_id).where(OutboxMail.template == "impact_returned")
    assert db.session.scalars(query).all() == [captain.id]


@pytest.mark.parametrize(
    "change", [{"name": "Jumlah aduan"}, {"baseline_source": "Perkiraan"}, {"baseline_on": date(2023, 1, 1)}]
)
def test_what_was_verified_does_not_change_its_meaning(innovation, team, desk, change):
    indicator = reporting.add_indicator(team, innovation, AIM, at=NOW)
    row = reporting.report_actual(team, innovation, indicator, JANUARY, Decimal(9), proof=PROOF, at=NOW)
    answering.check_number(desk, innovation, row, Check.VERIFIED, note="", at=NOW)
    reporting.change_indicator(team, innovation, indicator, replace(AIM, **change), at=NOW)
    assert row.check is Check.WAITING
    assert read_indicators(innovation.id, public=True) == []


def test_a_period_before_the_baseline_is_not_compared(innovation, team):
    aim = replace(AIM, baseline_on=date(2025, 2, 1))
    indicator = reporting.add_indicator(team, innovation, aim, at=NOW)
    reporting.report_actual(team, innovation, indicator, JANUARY, Decimal(9), proof=PROOF, at=NOW)
    (reading,) = read_indicators(innovation.id)
    assert (reading.last.value, reading.last.change) == (Decimal(9), None)
    assert Guard.BEFORE_BASELINE in reading.last.guards
    assert reading.compare(reading.actuals[0]).change is None


def test_a_measure_chosen_by_mistake_is_changed_until_it_is_verified(innovation, team, desk):
    def report(measure, before=None):
        return reporting.report_reach(
            team, innovation, measure, 2025, Decimal(5), before, proof=PROOF, at=NOW
        )

    report(Measure.SAVED, Decimal(9))
    row = report(Measure.PEOPLE)
    answering.check_number(desk, innovation, row, Check.VERIFIED, note="", at=NOW)
    with pytest.raises(Refused, match="satu ukuran"):
        report(Measure.SAVED, Decimal(9))


def test_what_left_or_was_deleted_is_not_reminded_nor_counted(innovation, idea, event, captain, organizer):
    row = make_followup(innovation)
    make_replication(innovation, make_user())
    idea.state = IdeaState.DISQUALIFIED
    db.session.flush()
    assert asking.remind(LINKS, at=NOW + 8 * DAY) == 0
    idea.state = IdeaState.ELIGIBLE
    event.deleted_at = NOW
    db.session.flush()
    assert asking.remind(LINKS, at=NOW + 8 * DAY) == 0
    assert summary.list_replications() == []
    assert list_own(captain.id) == []
    with pytest.raises(NotFound):
        get_followup(row.public_id)


def test_a_request_is_decided_once(innovation, team):
    asker = make_user()
    row = adopting.ask_to_adopt(asker, innovation, WISH, at=NOW)
    adopting.accept(team, innovation, row.public_id, at=NOW)
    with pytest.raises(NotFound):
        adopting.withdraw_request(asker, innovation, reason=WHY, at=NOW)
    with pytest.raises(NotFound):
        adopting.decline(team, innovation, row.public_id, reason=WHY, at=NOW)
    assert (row.state, db.session.query(Innovation).count()) == (Asked.ACCEPTED, 2)


def test_nobody_is_let_adopt_who_is_not_there_any_more(innovation, team):
    asker = make_user()
    row = adopting.ask_to_adopt(asker, innovation, WISH, at=NOW)
    erase_person(asker, at=NOW)
    with pytest.raises(Refused, match="ditutup"):
        adopting.accept(team, innovation, row.public_id, at=NOW)
    assert adoptions.read_tree(innovation).total == 0


def test_asking_again_and_again_comes_to_an_end(innovation):
    asker = make_user()
    for _n in range(3):
        make_request(innovation, asker, state=Asked.WITHDRAWN)
    with pytest.raises(Refused, match="tiga kali"):
        adopting.ask_to_adopt(asker, innovation, WISH, at=NOW)
    assert db.session.query(AdoptionRequest).count() == 3


def test_the_owner_closes_and_opens_it_for_others(innovation, team, event):
    adopting.offer(team, innovation, is_open=False, at=NOW)
    with pytest.raises(Refused, match="tidak dibuka"):
        adopting.ask_to_adopt(make_user(), innovation, WISH, at=NOW)
    with pytest.raises(NotFound):
        adopting.offer(get_actor(event.slug, make_user()), innovation, is_open=True, at=NOW)
    adopting.offer(team, innovation, is_open=True, at=NOW)
    adopting.ask_to_adopt(make_user(), innovation, WISH, at=NOW)


def test_a_team_of_no_unit_keeps_the_name_it_was_announced_with(event, idea, organizer):
    make_ballot(make_assignment(make_round(event), idea, make_user()), [4, 4, 4, 4, 4])
    climb(event, organizer)
    db.session.query(StandingRow).update({"unit_name": "Universitas Khatulistiwa"})
    beginning.begin_announced(at=NOW)
    assert db.session.query(Innovation).one().unit_name == "Universitas Khatulistiwa"


def test_the_room_stands_once_something_is_followed_and_is_searched(event, idea):
    assert not has_followed(event.id)
    make_innovation(idea)
    assert has_followed(event.id)
    assert [row.title for row, _asked in list_room(event.id, "", 1, search="parit").items] == ["PARIT KITA"]
    assert list_room(event.id, "", 1, search="selokan").items == []
