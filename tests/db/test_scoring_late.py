"""Late ballots, single ballots opened again, receipts, and the version that nobody chose."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.errors import NotAllowed, Refused
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.scoring.domain.parcel import Parcel
from innovate.scoring.domain.receipts import digest_of
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotState
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.scoring.models.late import LateBallot, LateState, Reopening
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.queries.ballots import get_former_sheet, get_sheet
from innovate.scoring.queries.late import count_late_ballots, list_deciders
from innovate.scoring.queries.rounds import raw_totals
from innovate.scoring.services import assignment, ballots, late, reopenings
from tests.factories import build
from tests.factories.build import NOW

AFTER = NOW + timedelta(days=20)
FULL = ("4", "4", "3", "2", "5")


@pytest.fixture
def desk(db_session):
    """A juror with one assigned entry, and a chair."""
    event = build.make_event(shift_days=-17)
    round_ = build.make_round(event)
    juror, chair = build.make_user(name="Hendra Juri"), build.make_user(name="Ketua Juri")
    build.give_role(event, juror, Role.JUROR)
    build.give_role(event, chair, Role.CHAIR)
    idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE)
    seat = build.make_assignment(round_, idea, juror)

    class Desk:
        def sheet(self):
            return get_former_sheet(event.slug, seat.public_id, juror.id)

        def filled(self, version, *values, **more):
            return Filled(version, dict(zip(self.sheet().criteria, values, strict=False)), **more)

        def submit(self, version, *values, at=NOW, **more):
            return ballots.submit_ballot(juror, self.sheet(), self.filled(version, *values), at=at, **more)

        def late(self, *values, key="perangkat-1", at=AFTER, handed_in=True, **more):
            parcel = Parcel(key, self.filled(0, *values), handed_in, NOW + timedelta(days=7), **more)
            return late.receive_late_ballot(juror, self.sheet(), parcel, at=at)

        def decide(self, row, *, count, reason="Jaringan desa putus", who=None, at=AFTER):
            actor = get_actor(event.slug, who or chair)
            late.decide_late_ballot(actor, row, count=count, reason=reason, at=at)

        @property
        def chairing(self):
            return get_actor(event.slug, chair)

    found = Desk()
    found.event, found.round, found.juror, found.chair, found.seat = event, round_, juror, chair, seat
    found.idea, found.session = idea, db_session
    return found


def actions(desk):
    return [action for (action,) in desk.session.query(AuditEntry.action).order_by(AuditEntry.id)]


def mails(desk):
    return [(mail.template, mail.address) for mail in desk.session.query(OutboxMail).order_by(OutboxMail.id)]


def test_handing_in_leaves_a_receipt_with_the_fingerprint_of_its_content(desk):
    done = desk.submit(0, *FULL)
    receipt = desk.session.query(BallotReceipt).one()
    assert (receipt.total, receipt.version, receipt.user_id) == (65.0, done.version, desk.juror.id)
    assert receipt.digest == digest_of(receipt.content)
    assert list(receipt.content["values"].values()) == list(FULL)
    assert digest_of(receipt.content | {"total": "66.000000"}) != receipt.digest
    assert mails(desk) == [("scoring_receipt", desk.juror.email)]
    desk.submit(done.version, *FULL)  # the answer got lost, the device sends again
    assert desk.session.query(BallotReceipt).count() == 1


def test_a_chair_who_may_not_decide_is_not_told_but_an_organizer(desk):
    organizer = build.make_user(name="Panitia")
    build.give_role(desk.event, organizer, Role.ORGANIZER)
    said = {
        "source": ConflictSource.DECLARED,
        "reason": "Keluarga",
        "declared_by_id": desk.chair.id,
        "at": NOW,
    }
    build.add(Conflict(event_id=desk.event.id, idea_id=desk.idea.id, user_id=desk.chair.id, **said))
    assert list_deciders(desk.event.id, desk.idea.id, desk.juror.id) == [organizer]
    desk.late(*FULL)
    assert mails(desk) == [("scoring_late", organizer.email)]


def test_a_chair_does_not_decide_about_their_own(desk):
    organizer = build.make_user(name="Panitia")
    build.give_role(desk.event, organizer, Role.ORGANIZER)
    assert list_deciders(desk.event.id, desk.idea.id, desk.juror.id) == [desk.chair]
    assert list_deciders(desk.event.id, desk.idea.id, desk.chair.id) == [organizer]


def test_what_arrives_after_the_end_waits_for_the_chair(desk):
    row = desk.late(*FULL, words="Desa tanpa sinyal")
    assert (row.state, row.written_at, row.arrived_at) == (LateState.WAITING, NOW + timedelta(days=7), AFTER)
    assert row.words == "Desa tanpa sinyal"
    assert count_late_ballots(desk.event.id) == 1
    assert raw_totals(desk.round.id) == {}
    assert mails(desk) == [("scoring_late", desk.chair.email)]
    assert desk.late(*FULL).id == row.id  # sent twice, kept once
    assert actions(desk) == ["ballot.late_receive"]


def test_nothing_is_late_while_it_can_be_saved(desk):
    with pytest.raises(Refused) as refusal:
        desk.late(*FULL, at=NOW)
    assert refusal.value.details == {"open": True}


def test_what_was_taken_in_time_is_not_late(desk):
    desk.submit(0, *FULL)
    assert desk.late(*FULL) is None
    assert desk.late("5", *FULL[1:]) is not None


def test_a_counted_late_ballot_is_the_submitted_one_and_what_it_replaced_is_kept(desk):
    done = desk.submit(0, *FULL)
    row = desk.late("5", *FULL[1:])
    desk.decide(row, count=True)
    assert raw_totals(desk.round.id)[desk.idea.id].mean == 70.0
    change = desk.session.query(BallotChange).filter_by(action="late").one()
    assert (change.before["total"], change.reason) == (65.0, "Jaringan desa putus")
    assert change.actor_id == desk.chair.id
    assert desk.sheet().version == done.version + 1
    assert row.state is LateState.COUNTED
    assert actions(desk)[-3:] == ["ballot.late_receive", "ballot.late", "ballot.late_count"]
    assert [template for template, _ in mails(desk)][-2:] == ["scoring_receipt", "scoring_late_decided"]
    with pytest.raises(Refused, match="sudah diputuskan"):
        desk.decide(row, count=False)


def test_a_late_ballot_where_none_stood_becomes_the_first(desk):
    desk.decide(desk.late(*FULL), count=True)
    assert raw_totals(desk.round.id)[desk.idea.id].mean == 65.0
    assert desk.session.query(Ballot).one().user_id == desk.juror.id


def test_who_left_the_jury_is_led_to_no_page_that_is_not_there(desk):
    for stays in (True, False):
        row = desk.late(*FULL, key=f"perangkat-{stays:d}")
        if not stays:
            desk.session.query(EventRole).filter_by(user_id=desk.juror.id).delete()
        desk.decide(row, count=False)
        mail = (
            desk.session.query(OutboxMail)
            .filter_by(template="scoring_late_decided", cause=f"late:{row.id}:decided")
            .one()
        )
        assert bool(mail.context["path"]) is stays


def test_left_out_is_kept_with_its_reason_and_changes_nothing(desk):
    desk.submit(0, *FULL)
    row = desk.late("1", "1", "1", "1", "1")
    desk.decide(row, count=False, reason="Ditulis setelah pengumuman")
    assert raw_totals(desk.round.id)[desk.idea.id].mean == 65.0
    kept = desk.session.get(LateBallot, row.id, populate_existing=True)
    assert (kept.state, kept.decided_reason) == (LateState.LEFT_OUT, "Ditulis setelah pengumuman")
    assert list(kept.content["values"].values()) == ["1"] * 5


def test_a_reason_and_a_second_person_are_needed(desk):
    row = desk.late(*FULL)
    with pytest.raises(Refused, match="alasannya"):
        desk.decide(row, count=True, reason="ok")
    with pytest.raises(NotAllowed):
        desk.decide(row, count=True, who=desk.juror)
    build.give_role(desk.event, build.make_user(), Role.JUROR)
    desk.session.query(build.EventRole).filter_by(user_id=desk.juror.id).update({"role": Role.CHAIR})
    with pytest.raises(Refused, match="orang lain"):
        desk.decide(row, count=True, who=desk.juror)
    assert row.state is LateState.WAITING


def test_an_incomplete_late_ballot_can_only_be_left_out(desk):
    row = desk.late("4", "4", handed_in=False)
    with pytest.raises(Refused, match="tanpa nilai"):
        desk.decide(row, count=True)
    desk.decide(row, count=False)


def test_a_removed_juror_loses_nothing_and_is_excluded_not_deleted(desk):
    desk.submit(0, *FULL)
    assignment.remove_juror(desk.chairing, desk.juror.public_id, reason="Pindah tugas", at=NOW)
    desk.session.query(build.EventRole).filter_by(user_id=desk.juror.id).update({"revoked_at": NOW})
    ballot = desk.session.query(Ballot).populate_existing().one()
    assert (ballot.state, ballot.total) == (BallotState.EXCLUDED, 65.0)
    row = desk.late("5", *FULL[1:], at=NOW)  # written before, arrives after the removal
    assert row.state is LateState.WAITING
    with pytest.raises(Refused, match="Pulihkan"):
        desk.decide(row, count=True)
    desk.decide(row, count=False)
    assert desk.session.query(Ballot).count() == 1


def test_late_text_of_an_old_rubric_is_kept_but_not_counted(desk):
    parcel = Parcel("perangkat-9", Filled(1, {999: "4"}), handed_in=True)
    row = late.receive_late_ballot(desk.juror, desk.sheet(), parcel, at=AFTER)
    with pytest.raises(Refused, match="rubrik versi lama"):
        desk.decide(row, count=True)


def test_the_juror_explains_until_the_decision(desk):
    row = desk.late(*FULL)
    late.explain_late_ballot(desk.juror, row, words=" Listrik padam di kelurahan ", at=AFTER)
    assert row.words == "Listrik padam di kelurahan"
    desk.decide(row, count=False)
    with pytest.raises(Refused, match="sudah diputuskan"):
        late.explain_late_ballot(desk.juror, row, words="Tambahan kata", at=AFTER)


def test_amending_after_the_end_needs_the_chairs_leave_and_a_reason_of_each(desk):
    done = desk.submit(0, *FULL)
    with pytest.raises(Refused, match="sudah ditutup"):
        ballots.reopen_ballot(desk.juror, desk.sheet(), version=done.version, at=AFTER)
    reopenings.grant_reopening(desk.chairing, desk.seat.public_id, reason="Salah baca jenjang", at=AFTER)
    with pytest.raises(Refused, match="alasannya"):
        ballots.reopen_ballot(desk.juror, desk.sheet(), version=done.version, at=AFTER)
    why = "Jenjang 5 saya baca sebagai 4"
    again = ballots.reopen_ballot(desk.juror, desk.sheet(), version=done.version, at=AFTER, reason=why)
    assert raw_totals(desk.round.id) == {}
    desk.submit(again.version, "5", *FULL[1:], at=AFTER)
    assert raw_totals(desk.round.id)[desk.idea.id].mean == 70.0
    assert [(c.action, c.reason) for c in desk.session.query(BallotChange).order_by(BallotChange.id)][1:] == [
        ("reopen", why),
        ("submit", why),
    ]
    assert desk.session.query(Reopening).one().ended_at == AFTER
    with pytest.raises(Refused, match="sudah ditutup"):
        ballots.reopen_ballot(desk.juror, desk.sheet(), version=desk.sheet().version, at=AFTER, reason=why)
    assert [a for a in actions(desk) if a in {"ballot.grant", "ballot.reopen"}] == [
        "ballot.grant",
        "ballot.reopen",
    ]


def test_a_draft_opened_again_is_handed_in_with_a_reason(desk):
    ballots.save_ballot(desk.juror, desk.sheet(), desk.filled(0, *FULL), at=NOW)
    reopenings.grant_reopening(desk.chairing, desk.seat.public_id, reason="Lupa mengajukan", at=AFTER)
    with pytest.raises(Refused, match="alasannya"):
        desk.submit(1, *FULL, at=AFTER)
    assert desk.submit(1, *FULL, at=AFTER, reason="Lupa menekan tombol").total == 65.0


def test_the_leave_is_only_for_after_the_end_and_can_be_taken_back_until_used(desk):
    public_id = desk.seat.public_id
    with pytest.raises(Refused, match="masih terbuka"):
        reopenings.grant_reopening(desk.chairing, public_id, reason="Terlalu awal", at=NOW)
    reopenings.grant_reopening(desk.chairing, public_id, reason="Keliru sebentar", at=AFTER)
    with pytest.raises(Refused, match="sudah dibuka"):
        reopenings.grant_reopening(desk.chairing, public_id, reason="Dua kali", at=AFTER)
    reopenings.end_reopening(desk.chairing, public_id, reason="Tidak perlu lagi", at=AFTER)
    with pytest.raises(Refused, match="sudah ditutup"):
        desk.submit(0, *FULL, at=AFTER, reason="Ternyata bisa")


def test_the_version_that_was_not_chosen_is_kept_once(desk):
    ballots.save_ballot(desk.juror, desk.sheet(), desk.filled(0, "4"), at=NOW)
    for _ in range(2):
        ballots.keep_unchosen(desk.juror, desk.sheet(), desk.filled(0, "2", comment_team="Lama"), at=AFTER)
    change = desk.session.query(BallotChange).filter_by(action="unchosen").one()
    assert (list(change.before["values"].values()), change.before["comment_team"]) == (["2"], "Lama")
    assert get_sheet(desk.event.slug, desk.seat.public_id, desk.juror.id).version == 1
