"""Signing off, announcing at a set time, objections with their answers, special prizes: the services."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.queries import list_entries
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import EventRole, Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.results.domain.objections import Outcome
from innovate.results.jobs import announce_due
from innovate.results.models import Board, BoardSignOff, Objection, Snapshot
from innovate.results.queries import awards as award_reads
from innovate.results.queries.objections import get_objection, list_objections
from innovate.results.services.announcing import announce_planned, list_due, plan_announcement
from innovate.results.services.awards import give_award, revoke_award
from innovate.results.services.boards import move_board
from innovate.results.services.objections import Attachment, answer_objection, file_objection
from innovate.teams.models import Team
from tests.factories.boards import LADDER, WHY, climb
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
    make_user,
)

DAY = timedelta(days=1)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def event(db_session):
    return make_event(slug="sanggah", shift_days=-31)


@pytest.fixture
def staff(event):
    user = make_user(name="Penyelenggara")
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def idea(event):
    return judged(event, make_round(event), [4] * 5)


def judged(event, round_, marks, captain=None):
    group = get_actor(event.slug, None).event.groups[0]
    team = make_team(event, captain or make_user(), make_user(), group_id=group.id)
    found = make_idea(team, state=IdeaState.ELIGIBLE)
    make_ballot(make_assignment(round_, found, make_user()), marks)
    return found


def as_(user):
    return get_actor("sanggah", user)


def captain_of(idea):
    team = db.session.get_one(Team, idea.team_id)
    return as_(db.session.get_one(User, team.captain_id))


def chair_of(event):
    user = make_user(name="Ketua")
    give_role(event, user, Role.CHAIR)
    return user


def mails(template):
    return list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == template)))


# -- the signature ------------------------------------------------------------------------------------------------


def test_the_chair_signs_what_was_read_and_a_new_snapshot_needs_a_new_signature(event, staff, idea) -> None:
    chair = chair_of(event)
    board = climb(event, staff, *LADDER[:3])
    assert [mail.address for mail in mails("results_sign")] == [chair.email]
    with pytest.raises(Refused, match="ketua juri"):
        move_board(as_(staff), 1, S.SIGNED, expected=S.FROZEN, reason=WHY, at=NOW)
    with pytest.raises(Stale):
        move_board(as_(chair), 1, S.SIGNED, expected=S.FROZEN, seen="0" * 64, at=NOW)
    sha256 = db.session.get_one(Snapshot, board.snapshot_id).sha256
    move_board(as_(chair), 1, S.SIGNED, expected=S.FROZEN, seen=sha256, at=NOW)
    signed, person = award_reads.find_sign_off(board)
    assert (person.id, signed.sha256, signed.at, signed.is_chair) == (chair.id, sha256, NOW, True)
    climb(event, staff, S.SIGNED, S.PROVISIONAL, S.FROZEN)
    assert award_reads.find_sign_off(board) is None
    with pytest.raises(Refused):
        move_board(as_(staff), 1, S.ANNOUNCED, expected=S.FROZEN, at=NOW)
    climb(event, staff, S.FROZEN, S.SIGNED, S.FROZEN)
    assert award_reads.find_sign_off(board) is None
    assert db.session.query(BoardSignOff).count() == 2
    with pytest.raises(NotAllowed):
        move_board(as_(chair), 1, S.ANNOUNCED, expected=S.SIGNED, at=NOW)


def test_without_a_chair_the_organizer_says_why(event, staff, idea) -> None:
    board = climb(event, staff, *LADDER[:3])
    with pytest.raises(Refused, match="tanpa ketua juri") as refusal:
        move_board(as_(staff), 1, S.SIGNED, expected=S.FROZEN, reason="ya", at=NOW)
    assert refusal.value.field == "reason"
    climb(event, staff, S.FROZEN, S.SIGNED)
    signed, _person = award_reads.find_sign_off(board)
    assert (signed.is_chair, signed.reason) == (False, WHY)


def test_withdrawing_an_announcement_keeps_the_signature(event, staff, idea) -> None:
    board = climb(event, staff, *LADDER, S.SIGNED)
    assert award_reads.find_sign_off(board) is not None
    climb(event, staff, S.SIGNED, S.ANNOUNCED)
    assert board.state is S.ANNOUNCED


# -- the time set for it ------------------------------------------------------------------------------------------


def test_a_signed_board_goes_public_at_its_time_and_not_before(event, staff, idea, clock_at) -> None:
    actor = as_(staff)
    climb(event, staff, *LADDER[:3])
    with pytest.raises(Refused, match="mengesahkan") as refusal:
        plan_announcement(actor, 1, objection_days=3, announce_at=NOW + DAY, at=NOW)
    assert refusal.value.field == "announce_at"
    climb(event, staff, S.FROZEN, S.SIGNED)
    with pytest.raises(Refused, match="belum lewat"):
        plan_announcement(actor, 1, objection_days=3, announce_at=NOW, at=NOW)
    board = plan_announcement(actor, 1, objection_days=2, announce_at=NOW + DAY, at=NOW)
    db.session.commit()
    clock_at(NOW + DAY - timedelta(seconds=1))
    assert announce_due() == 0
    assert board.state is S.SIGNED
    clock_at(NOW + DAY)
    assert announce_due() == 1
    assert announce_due() == 0
    db.session.refresh(board)
    assert (board.state, board.announced_at, board.announce_at) == (S.ANNOUNCED, NOW + DAY, None)
    assert board.objections_until > NOW + 3 * DAY
    assert len(mails("results_announced")) == 1
    with pytest.raises(Refused, match="hanya dapat diperpanjang"):
        plan_announcement(actor, 1, objection_days=9, announce_at=None, at=NOW)


def test_a_step_back_forgets_the_time_and_whoever_set_it_may_be_gone(event, staff, idea) -> None:
    climb(event, staff, *LADDER[:4])
    board = plan_announcement(as_(staff), 1, objection_days=0, announce_at=NOW + DAY, at=NOW)
    climb(event, staff, S.SIGNED, S.FROZEN)
    assert list_due(NOW + 2 * DAY) == []
    climb(event, staff, S.FROZEN, S.SIGNED)
    plan_announcement(as_(staff), 1, objection_days=0, announce_at=NOW + DAY, at=NOW)
    db.session.query(EventRole).filter_by(user_id=staff.id).one().revoked_at = NOW
    db.session.flush()
    assert list_due(NOW + DAY) == [board.id]
    assert announce_planned(board.id, at=NOW + DAY)
    assert not announce_planned(board.id, at=NOW + DAY)
    assert board.objections_until is None


# -- objections ---------------------------------------------------------------------------------------------------


def test_a_captain_objects_in_time_and_everybody_concerned_is_told(event, staff, idea) -> None:
    chair = chair_of(event)
    climb(event, staff)
    captain = captain_of(idea)
    file = Attachment("bukti.pdf", PDF, 1000)
    row = file_objection(captain, 1, idea.public_id, reason="Nilai kami tertukar.", attachment=file, at=NOW)
    assert (row.number, row.filename, row.size) == (1, "bukti.pdf", len(PDF))
    assert len(mails("results_objection_filed")) == 2
    assert {mail.address for mail in mails("results_objection_arrived")} == {staff.email, chair.email}
    second = file_objection(captain, 1, idea.public_id, reason="Yang lain lagi.", at=NOW)
    assert second.number == 2
    found = get_objection(event.id, row.public_id)
    answer_objection(as_(chair), found, outcome=Outcome.PARTLY, answer="Diperbaiki sebagian.", at=NOW + DAY)
    assert len(mails("results_objection_answered")) == 2
    with pytest.raises(Stale):
        answer_objection(as_(staff), found, outcome=Outcome.REJECTED, answer="Tidak.", at=NOW + DAY)
    assert [each.number for each in list_objections(event.id).items] == [2, 1]
    assert [each.number for each in list_objections(event.id, only_open=True).items] == [2]
    trail = [entry.action for entry, _detail in list_entries(event_id=event.id).items]
    assert trail.count("objection.file") == 2
    assert trail.count("objection.answer") == 1


def test_late_is_late_by_the_servers_clock(event, staff, idea) -> None:
    board = climb(event, staff)
    captain = captain_of(idea)
    until = board.objections_until
    with pytest.raises(Refused, match="sudah berakhir"):
        file_objection(captain, 1, idea.public_id, reason="Terlambat sedetik.", at=until)
    assert db.session.query(Objection).count() == 0
    file_objection(captain, 1, idea.public_id, reason="Tepat waktu.", at=until - timedelta(seconds=1))
    climb(event, staff, S.ANNOUNCED, S.SIGNED)
    with pytest.raises(NotFound):
        file_objection(captain, 1, idea.public_id, reason="Sudah ditarik.", at=NOW)


def test_nobody_else_objects_and_bad_files_are_named(event, staff, idea) -> None:
    climb(event, staff)
    stranger = as_(make_user())
    for actor in (stranger, as_(staff)):
        with pytest.raises(NotFound):
            file_objection(actor, 1, idea.public_id, reason="Bukan tim saya.", at=NOW)
    captain = captain_of(idea)
    bad = Attachment("bukti.pdf", b"bukan pdf", 1000)
    with pytest.raises(Refused) as refusal:
        file_objection(captain, 1, idea.public_id, reason="Dengan berkas.", attachment=bad, at=NOW)
    assert refusal.value.field == "attachment"
    for number in range(5):
        file_objection(captain, 1, idea.public_id, reason=f"Berulang kali, {number}.", at=NOW)
    with pytest.raises(Refused, match="terbanyak"):
        file_objection(captain, 1, idea.public_id, reason="Keenam.", at=NOW)


def test_a_final_result_waits_for_window_and_answers_or_a_reason(event, staff, idea) -> None:
    board = climb(event, staff)
    row = file_objection(captain_of(idea), 1, idea.public_id, reason="Nilai kami tertukar.", at=NOW)
    later = board.objections_until
    for at, text in ((NOW, "belum dijawab"), (later, "belum dijawab")):
        with pytest.raises(Refused, match=text):
            move_board(as_(staff), 1, S.FINAL, expected=S.ANNOUNCED, at=at)
    found = get_objection(event.id, row.public_id)
    answer_objection(as_(staff), found, outcome=Outcome.REJECTED, answer="Sudah benar.", at=NOW)
    with pytest.raises(Refused, match="Masa sanggah belum berakhir") as refusal:
        move_board(as_(staff), 1, S.FINAL, expected=S.ANNOUNCED, at=NOW)
    assert refusal.value.field == "reason"
    move_board(as_(staff), 1, S.FINAL, expected=S.ANNOUNCED, reason="Semua tim sudah menerima.", at=NOW)
    climb(event, staff, S.FINAL, S.ANNOUNCED)
    move_board(as_(staff), 1, S.FINAL, expected=S.ANNOUNCED, at=later)
    assert db.session.get_one(Board, board.id).state is S.FINAL


# -- special prizes -----------------------------------------------------------------------------------------------


def test_special_prizes_are_given_and_taken_back_with_reasons(event, staff, idea) -> None:
    prize = add(Prize(event_id=event.id, name="Paling Hijau", position=9))
    ranked = add(Prize(event_id=event.id, name="Juara I", rank=1, position=1))
    values = {"prize_id": prize.public_id, "idea_id": idea.public_id, "reason": WHY, "at": NOW}
    climb(event, staff, *LADDER[:2])
    with pytest.raises(Refused, match="dibekukan"):
        give_award(as_(staff), 1, **values)
    board = climb(event, staff, *LADDER[1:3])
    with pytest.raises(Refused) as refusal:
        give_award(as_(staff), 1, **values | {"prize_id": ranked.public_id})
    assert refusal.value.field == "prize"
    with pytest.raises(Refused) as refusal:
        give_award(as_(staff), 1, **values | {"idea_id": "tidakada"})
    assert refusal.value.field == "idea"
    award = give_award(as_(staff), 1, **values)
    with pytest.raises(Refused, match="sudah menerima"):
        give_award(as_(staff), 1, **values)
    assert [each.award.id for each in award_reads.load_laurels(board.snapshot_id).specials] == [award.id]
    with pytest.raises(Refused, match="alasan"):
        revoke_award(as_(staff), 1, award.public_id, reason="x", at=NOW)
    revoke_award(as_(staff), 1, award.public_id, reason="Keliru memilih karya.", at=NOW)
    assert award_reads.load_laurels(board.snapshot_id).specials == []
    assert [each.id for each, _person in award_reads.list_revoked(board)] == [award.id]
    climb(event, staff, *LADDER[2:], S.FINAL)
    with pytest.raises(Refused, match="ditetapkan"):
        give_award(as_(staff), 1, **values)
