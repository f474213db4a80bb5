"""Following innovations: asking, answering, verifying, adopting, and the numbers of the city."""

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
from innovate.impact.domain.kinds import Check, Direction, Measure, Status
from innovate.impact.domain.reports import Aimed, Proof
from innovate.impact.domain.totals import Total
from innovate.impact.models import Actual, FollowUp, Innovation, StatusEntry
from innovate.impact.queries import adoptions, summary
from innovate.impact.queries.followups import get_followup
from innovate.impact.queries.innovations import get_innovation, read_indicators
from innovate.impact.queries.standing import list_asked
from innovate.impact.services import adopting, answering, asking, beginning, reporting
from innovate.impact.services.adopting import Wish
from innovate.impact.services.answering import Answer
from innovate.impact.services.links import Links
from innovate.notifications.models import OutboxMail
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
    make_unit,
    make_user,
)
from tests.factories.endorsement import make_coordinator
from tests.factories.impact import make_followup, make_innovation, make_replication

DAY = timedelta(days=1)
LINKS = Links("rahasia")
PROOF = Proof("Register", "https://contoh.example/bukti")
AIM = Aimed("Waktu layanan", "hari", Direction.DOWN, Decimal(14), date(2024, 1, 1), "Register", Decimal(3))
GOOD = Answer(Status.RUNNING, is_used=True, people=120, saved=500_000, story="Antrean hilang.")
WHY = "Anggarannya dialihkan tahun ini."


@pytest.fixture
def event(db_session):
    return make_event(slug="dampak", shift_days=-17)


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def unit(db_session):
    return make_unit()


@pytest.fixture
def captain(db_session):
    return make_user()


@pytest.fixture
def idea(event, captain, unit):
    team = make_team(event, captain)
    team.unit_id = unit.id
    return make_idea(team, state=IdeaState.ELIGIBLE, number=1)


@pytest.fixture
def innovation(idea):
    return make_innovation(idea)


@pytest.fixture
def coordinator(unit, organizer):
    user = make_user()
    make_coordinator(unit, user, organizer)
    return user


def acting(event, user):
    return get_actor(event.slug, user)


def mails(template):
    rows = db.session.scalars(
        select(OutboxMail).where(OutboxMail.template == template).order_by(OutboxMail.id)
    )
    return [(row.user_id, row.context["path"]) for row in rows]


def followup_of(innovation):
    return get_followup(
        db.session.scalar(select(FollowUp.public_id).where(FollowUp.innovation_id == innovation.id))
    )


def answered(innovation, user, answer=GOOD, at=NOW):
    row = followup_of(innovation)
    return answering.answer_followup(user, row, answer, version=row.version, at=at)


def verify(event, user, innovation, verdict=Check.VERIFIED, note=""):
    row = followup_of(innovation)
    answering.check_followup(
        acting(event, user), row, verdict, note=note, version=row.version, links=LINKS, at=NOW
    )


def test_everything_announced_is_followed_once(event, idea, organizer):
    make_ballot(make_assignment(make_round(event), idea, make_user()), [4, 4, 4, 4, 4])
    assert beginning.begin_announced(at=NOW) == 0
    climb(event, organizer)
    assert beginning.begin_announced(at=NOW) == 1
    assert beginning.begin_announced(at=NOW) == 0
    assert db.session.scalar(select(Innovation.idea_id)) == idea.id


def test_captain_and_coordinator_are_asked_then_reminded_twice(innovation, captain, coordinator):
    assert asking.ask_due(LINKS, at=NOW + 80 * DAY) == 0
    at = NOW + 95 * DAY
    assert asking.ask_due(LINKS, at=at) == 1
    assert asking.ask_due(LINKS, at=at) == 0
    row = followup_of(innovation)
    assert [user for user, _path in mails("impact_followup")] == [captain.id, coordinator.id]
    token = mails("impact_followup")[0][1].rsplit("/", 1)[1]
    assert LINKS.read(token) == (row.public_id, captain.public_id)
    assert Links("lain").read(token) is None
    counts = [asking.remind(LINKS, at=at + n * DAY) for n in (6, 7, 8, 21, 40)]
    assert counts == [0, 1, 0, 1, 0]
    assert len(mails("impact_reminder")) == 4


def test_what_was_missed_long_ago_is_not_asked_in_a_heap(innovation):
    asking.ask_due(LINKS, at=NOW + 400 * DAY)
    assert [row.months for row in db.session.scalars(select(FollowUp))] == [12]


def test_a_disqualified_entry_is_not_asked(innovation, idea):
    idea.state = IdeaState.DISQUALIFIED
    assert asking.ask_due(LINKS, at=NOW + 100 * DAY) == 0


def test_a_closed_account_is_passed_over(innovation, captain, coordinator, organizer):
    erase_person(captain, at=NOW)
    assert [user.id for user in list_asked(innovation)] == [coordinator.id]


def test_an_answer_is_kept_changed_and_verified_by_the_coordinator(
    event, innovation, captain, coordinator, organizer
):
    indicator = reporting.add_indicator(acting(event, captain), innovation, AIM, at=NOW)
    make_followup(innovation)
    answered(
        innovation, captain, replace(GOOD, actuals={indicator.public_id: Decimal("7.5"), "x": Decimal(1)})
    )
    row = answered(innovation, captain, replace(GOOD, people=130, actuals={indicator.public_id: Decimal(7)}))
    assert (row.people, row.version, row.check) == (130, 2, Check.WAITING)
    assert summary.list_reports() == []
    with pytest.raises(NotFound):
        verify(event, captain, innovation)
    with pytest.raises(NotFound):
        verify(event, organizer, innovation)  # the unit has somebody
    verify(event, coordinator, innovation)
    assert summary.total_by_year(summary.list_reports(2025)) == {2025: Total(130, 500_000, 1)}
    (reading,) = read_indicators(innovation.id, public=True)
    assert (reading.last.change, reading.last.improved) == (Decimal(-7), True)
    with pytest.raises(Refused, match="sudah diverifikasi"):
        answered(innovation, captain)
    (alive,) = summary.list_alive()
    assert (alive.asked, alive.answered, alive.verified, alive.alive, alive.unanswered) == (1, 1, 1, 1, 0)


def test_the_organizer_verifies_where_nobody_coordinates(event, innovation, captain, organizer):
    make_followup(innovation)
    answered(innovation, captain)
    verify(event, organizer, innovation)
    assert len(summary.list_reports()) == 1


def test_nobody_verifies_their_own_answer(event, innovation, coordinator, organizer):
    make_followup(innovation)
    answered(innovation, coordinator)
    with pytest.raises(NotFound):
        verify(event, coordinator, innovation)
    verify(event, organizer, innovation)


def test_a_returned_answer_goes_back_with_its_note(event, innovation, captain, coordinator):
    make_followup(innovation, closes_at=NOW + DAY)
    answered(innovation, captain)
    with pytest.raises(Refused, match="perlu diperbaiki"):
        verify(event, coordinator, innovation, Check.RETURNED, "kurang")
    verify(event, coordinator, innovation, Check.RETURNED, "Jumlah orang belum ada buktinya.")
    assert [user for user, _path in mails("impact_returned")] == [captain.id]
    assert answered(innovation, captain, at=NOW + 10 * DAY).check is Check.WAITING


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(Status.STOPPED, is_used=False), "alasan"),
        (Answer(Status.PAUSED, is_used=True, reason=WHY), "tidak sedang digunakan"),
        (replace(GOOD, people=-1), "negatif"),
        (replace(GOOD, link="javascript:alert(1)"), "Tautan"),
    ],
)
def test_answers_that_cannot_be(innovation, captain, answer, words):
    make_followup(innovation)
    with pytest.raises(Refused, match=words):
        answered(innovation, captain, answer)


def test_too_late_stale_and_strange(innovation, captain, db_session):
    make_followup(innovation)
    with pytest.raises(Refused, match="berakhir"):
        answered(innovation, captain, at=NOW + 60 * DAY)
    answered(innovation, captain)
    with pytest.raises(Refused, match="Orang lain"):
        answering.answer_followup(captain, followup_of(innovation), GOOD, version=0, at=NOW)
    with pytest.raises(NotFound):
        answered(innovation, make_user())


def test_stopped_with_its_reason_stays_in_the_history(event, innovation, captain, coordinator):
    make_followup(innovation)
    actor = acting(event, captain)
    reporting.set_status(actor, innovation, Status.TRIAL, since=NOW.date() - DAY, reason="", at=NOW)
    answered(innovation, captain, Answer(Status.STOPPED, is_used=False, reason=WHY))
    rows = db.session.scalars(select(StatusEntry).order_by(StatusEntry.id)).all()
    assert [(row.status, row.reason) for row in rows] == [(Status.TRIAL, ""), (Status.STOPPED, WHY)]
    with pytest.raises(Refused, match="lebih awal"):
        reporting.set_status(actor, innovation, Status.RUNNING, since=NOW.date() - 5 * DAY, reason="", at=NOW)
    verify(event, coordinator, innovation)
    assert summary.list_alive()[0].alive == 0


def test_an_actual_without_a_baseline_is_kept_and_not_compared(event, innovation, captain):
    actor = acting(event, captain)
    indicator = reporting.add_indicator(actor, innovation, Aimed("Layanan", "kali", Direction.UP), at=NOW)
    period = date(2025, 1, 1), date(2025, 1, 31)
    reporting.report_actual(actor, innovation, indicator, period, Decimal("12.5"), proof=PROOF, at=NOW)
    (reading,) = read_indicators(innovation.id)
    assert (reading.last.value, reading.last.change) == (Decimal("12.5"), None)


def test_periods_are_corrected_and_never_overlap(event, innovation, captain):
    actor = acting(event, captain)
    indicator = reporting.add_indicator(actor, innovation, AIM, at=NOW)
    january = date(2025, 1, 1), date(2025, 1, 31)

    def report(period, value, proof=PROOF):
        return reporting.report_actual(
            actor, innovation, indicator, period, Decimal(value), proof=proof, at=NOW
        )

    report(january, 9)
    report(january, 8)
    with pytest.raises(Refused, match="bertumpuk"):
        report((date(2025, 1, 20), date(2025, 2, 28)), 7)
    with pytest.raises(Refused, match="bukti"):
        report((date(2025, 2, 1), date(2025, 2, 28)), 7, Proof())
    assert [row.value for row in read_indicators(innovation.id)[0].actuals] == [Decimal(8)]
    assert len(db.session.scalars(select(Actual)).all()) == 2


def test_a_changed_baseline_is_verified_again(event, innovation, captain, coordinator):
    actor = acting(event, captain)
    indicator = reporting.add_indicator(actor, innovation, AIM, at=NOW)
    period = date(2025, 1, 1), date(2025, 1, 31)
    row = reporting.report_actual(actor, innovation, indicator, period, Decimal(9), proof=PROOF, at=NOW)
    answering.check_number(acting(event, coordinator), innovation, row, Check.VERIFIED, note="", at=NOW)
    reporting.change_indicator(actor, innovation, indicator, replace(AIM, baseline=Decimal(20)), at=NOW)
    assert row.check is Check.WAITING
    with pytest.raises(Refused, match="tanggal dan sumber"):
        reporting.change_indicator(actor, innovation, indicator, replace(AIM, baseline_source=""), at=NOW)


def test_one_measure_for_each_innovation(event, innovation, captain):
    actor = acting(event, captain)
    row = reporting.report_reach(
        actor, innovation, Measure.PEOPLE, 2024, Decimal(501), None, proof=PROOF, at=NOW
    )
    row.check = Check.VERIFIED
    with pytest.raises(Refused, match="satu ukuran"):
        reporting.report_reach(
            actor, innovation, Measure.SAVED, 2024, Decimal(5), Decimal(9), proof=PROOF, at=NOW
        )
    with pytest.raises(NotFound):
        reporting.report_reach(
            acting(event, make_user()),
            innovation,
            Measure.PEOPLE,
            2024,
            Decimal(1),
            None,
            proof=PROOF,
            at=NOW,
        )


def test_adopted_elsewhere_and_again_from_there(event, innovation, captain, coordinator):
    asker, second = make_user(), make_user()
    wish = Wish(None, "Dinas Sosial, Kota Singkawang", "Masalah kami sama persis.")
    adopting.ask_to_adopt(asker, innovation, wish, at=NOW)
    with pytest.raises(Refused, match="masih berlaku"):
        adopting.ask_to_adopt(asker, innovation, wish, at=NOW)
    assert [user for user, _path in mails("impact_adoption_asked")] == [captain.id, coordinator.id]
    (waiting,) = adoptions.list_requests(innovation.id)
    child = adopting.accept(acting(event, captain), innovation, waiting.public_id, at=NOW)
    child = get_innovation(child.public_id)
    reporting.set_status(acting(event, asker), child, Status.TRIAL, since=NOW.date(), reason="", at=NOW)
    with pytest.raises(NotFound):
        reporting.set_status(acting(event, captain), child, Status.TRIAL, since=NOW.date(), reason="", at=NOW)
    adopting.ask_to_adopt(second, child, wish, at=NOW)
    adopting.accept(acting(event, asker), child, adoptions.list_requests(child.id)[0].public_id, at=NOW)
    tree = adoptions.read_tree(get_innovation(innovation.public_id))
    assert (tree.total, tree.children[0].total) == (2, 1)
    assert len(summary.list_replications()) == 2


def test_declined_with_a_reason_withdrawn_and_not_ones_own(event, innovation, captain, unit):
    asker = make_user()
    wish = Wish(None, "Dinas Sosial, Kota Singkawang", "Masalah kami sama persis.")
    adopting.ask_to_adopt(asker, innovation, wish, at=NOW)
    (waiting,) = adoptions.list_requests(innovation.id)
    with pytest.raises(Refused, match="alasan"):
        adopting.decline(acting(event, captain), innovation, waiting.public_id, reason="", at=NOW)
    adopting.decline(acting(event, captain), innovation, waiting.public_id, reason=WHY, at=NOW)
    adopting.ask_to_adopt(asker, innovation, wish, at=NOW)
    adopting.withdraw_request(asker, innovation, reason=WHY, at=NOW)
    with pytest.raises(Refused, match="sendiri"):
        adopting.ask_to_adopt(captain, innovation, wish, at=NOW)
    with pytest.raises(Refused, match="unit lain"):
        adopting.ask_to_adopt(asker, innovation, replace(wish, unit_id=unit.id), at=NOW)


def test_numbers_of_an_entry_that_left_do_not_count(event, innovation, captain, organizer, idea):
    make_followup(innovation)
    answered(innovation, captain)
    verify(event, organizer, innovation)
    child = make_replication(innovation, make_user())
    make_followup(child, check=Check.VERIFIED, people=40, answered_at=NOW)
    assert summary.total_by_year(summary.list_reports())[2025].people == 160
    idea.state = IdeaState.DISQUALIFIED
    db.session.flush()
    assert summary.list_reports() == []
    assert summary.list_replications() == []


def test_erasing_empties_the_words_of_an_asking(innovation, db_session):
    asker = make_user()
    row = adopting.ask_to_adopt(asker, innovation, Wish(None, "Dinas", "Nomor saya ini."), at=NOW)
    erase_person(asker, at=NOW)
    db.session.refresh(row)
    assert row.words == "–"
