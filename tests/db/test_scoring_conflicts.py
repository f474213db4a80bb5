"""Detecting, dismissing, rechecking, settling; the pact; blindness: on both databases."""

from datetime import timedelta

import pytest

from innovate.accounts.services import profile, units
from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, Stale
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.models import EventRole
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.scoring.domain.assignment.draw import draw
from innovate.scoring.domain.conflicts import Reason, Tie
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.integrity import Clash, LeakAnswer, Outcome, PactSignature, PactText
from innovate.scoring.models.jury import Assignment, AssignmentState, ConflictSource
from innovate.scoring.queries import desk, draws, jury
from innovate.scoring.queries import pact as pacts
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.board import BoardFilter, load_board
from innovate.scoring.queries.conflicts import find_conflicts, is_barred
from innovate.scoring.queries.leaks import list_leaks
from innovate.scoring.services import assignment, blind, clashes, conflicts, dismissals, pact
from innovate.teams.queries import get_team
from innovate.teams.services import joining, leading, mentoring
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries

LATER = NOW + timedelta(hours=1)
WHY = "Sudah diperiksa bersama"


@pytest.fixture
def city(db_session):
    """An open round with two entries, two jurors, a chair and two organizers; juror A scored the first entry."""

    class City:
        def actor(self, user):
            return get_actor(self.event.slug, user)

        def conflicts(self):
            return find_conflicts(self.event.id)

        def state(self):
            return db.session.get(Assignment, self.seat.id, populate_existing=True).state

    city = City()
    city.event = build.make_event(shift_days=-17, membership_open=True)
    city.round = build.make_round(city.event)
    city.unit, city.other_unit = build.make_unit(), build.make_unit()
    city.jurors = [build.make_user(name=f"Juri {n}", email=f"juri{n}@untan.example") for n in "AB"]
    for juror in city.jurors:
        build.give_role(city.event, juror, Role.JUROR)
    city.chair, city.organizer, city.second = (build.make_user(name=n) for n in ("Ketua", "Panitia", "Kedua"))
    build.give_role(city.event, city.chair, Role.CHAIR)
    for user in (city.organizer, city.second):
        build.give_role(city.event, user, Role.ORGANIZER)
    city.captain = build.make_user(name="Oktavia Damayanti")
    team = build.make_team(city.event, city.captain, unit_id=city.unit.id)
    city.team = get_team(city.event.id, team.public_id)
    city.idea = build.make_idea(city.team, state=IdeaState.ELIGIBLE, number=1, title="PARIT")
    city.other = build.make_idea(
        build.make_team(city.event), state=IdeaState.ELIGIBLE, number=2, title="PASANG"
    )
    city.seat = build.make_assignment(city.round, city.idea, city.jurors[0])
    city.ballot = build.make_ballot(city.seat, [4, 4, 4, 4, 4])
    return city


def actions():
    return [action for (action,) in db.session.query(AuditEntry.action).order_by(AuditEntry.id)]


def clash_mails():
    return sorted(m.address for m in db.session.query(OutboxMail).filter_by(template="scoring_clash"))


# -- detecting --------------------------------------------------------------------------------------------------------


def test_one_statement_finds_every_kind_of_conflict(city):
    city.jurors[0].unit_id = city.unit.id
    mentor = city.jurors[1]
    build.give_role(city.event, mentor, Role.MENTOR)
    mentoring.name_mentor(city.actor(city.organizer), city.team, mentor.public_id, at=NOW)
    conflicts.add_conflict(
        city.actor(city.organizer),
        idea_public_id=city.other.public_id,
        juror_public_id=city.chair.public_id,
        reason="Saudara kandung",
        at=NOW,
    )
    db.session.flush()
    with counted_queries() as queries:
        found = find_conflicts(city.event.id)
    assert found == {
        (city.idea.id, city.jurors[0].id): Reason.OWN_UNIT,
        (city.idea.id, mentor.id): Reason.MENTOR,
        (city.other.id, city.chair.id): Reason.DECLARED,
    }
    assert len(queries) == 1, queries
    only = find_conflicts(city.event.id, idea_ids=[city.idea.id], user_ids=[mentor.id])
    assert only == {(city.idea.id, mentor.id): Reason.MENTOR}
    assert is_barred(city.event.id, city.other.id, city.chair.id)
    assert not is_barred(city.event.id, city.other.id, mentor.id)


def test_a_mentor_stays_in_conflict_after_the_mentoring_ended(city):
    build.give_role(city.event, city.jurors[1], Role.MENTOR)
    row = mentoring.name_mentor(city.actor(city.organizer), city.team, city.jurors[1].public_id, at=NOW)
    mentoring.end_mentoring(city.actor(city.organizer), city.team, row.public_id, at=LATER)
    assert city.conflicts() == {(city.idea.id, city.jurors[1].id): Reason.MENTOR}


def test_a_mentor_speaks_only_for_themselves(city):
    mentors = [build.make_user() for _ in range(2)]
    for mentor in mentors:
        build.give_role(city.event, mentor, Role.MENTOR)
    actor = city.actor(mentors[0])
    with pytest.raises(NotFound):
        mentoring.name_mentor(actor, city.team, mentors[1].public_id, at=NOW)
    row = mentoring.name_mentor(actor, city.team, mentors[0].public_id, at=NOW)
    assert mentoring.name_mentor(actor, city.team, mentors[0].public_id, at=LATER).id == row.id
    with pytest.raises(NotFound):
        mentoring.end_mentoring(city.actor(mentors[1]), city.team, row.public_id, at=NOW)
    with pytest.raises(Refused, match="salah satu mentor"):
        mentoring.name_mentor(city.actor(city.organizer), city.team, city.captain.public_id, at=NOW)


# -- what changes later -----------------------------------------------------------------------------------------------


def test_a_new_unit_bars_at_once_keeps_the_ballot_and_tells_those_who_lead(city):
    profile.update_profile(city.jurors[0], {"unit_id": city.unit.id}, at=LATER)
    assert city.state() is AssignmentState.BARRED
    assert db.session.get(Ballot, city.ballot.id).state is BallotState.SUBMITTED
    clash = db.session.query(Clash).one()
    assert (clash.reason, clash.cause, clash.found_at, clash.outcome) == (
        Reason.OWN_UNIT,
        "person_unit",
        LATER,
        None,
    )
    assert clash_mails() == sorted(u.email for u in (city.chair, city.organizer, city.second))
    assert [row.assigned for row in jury.coverage_by_idea(city.round)] == [0, 0]
    assert "assignment.bar" in actions()
    with pytest.raises(NotFound):
        get_sheet(city.event.slug, city.seat.public_id, city.jurors[0].id)


def test_a_change_that_makes_no_conflict_changes_nothing(city):
    profile.update_profile(city.jurors[0], {"unit_id": city.other_unit.id}, at=LATER)
    assert city.state() is AssignmentState.ACTIVE
    assert (db.session.query(Clash).count(), clash_mails()) == (0, [])


def test_a_team_that_moves_to_the_jurors_unit_is_found(city):
    city.jurors[0].unit_id = city.other_unit.id
    db.session.flush()
    values = {"name": city.team.name, "unit_id": city.other_unit.id}
    leading.edit_team(city.actor(city.captain), city.team, values=values, at=LATER)
    assert (city.state(), db.session.query(Clash.cause).scalar()) == (AssignmentState.BARRED, "team_unit")


def test_a_new_mentor_is_found(city):
    build.give_role(city.event, city.jurors[0], Role.MENTOR)
    mentoring.name_mentor(city.actor(city.organizer), city.team, city.jurors[0].public_id, at=LATER)
    assert (city.state(), db.session.query(Clash.cause).scalar()) == (AssignmentState.BARRED, "mentor")


def test_a_new_member_is_found(city):
    joining.add_member(city.event, city.team, city.jurors[0].id, at=LATER)
    assert (city.state(), db.session.query(Clash.cause).scalar()) == (AssignmentState.BARRED, "member")


def test_a_unit_that_moves_under_another_is_found(city):
    city.jurors[0].unit_id = city.other_unit.id
    db.session.flush()
    names = ("code", "name", "short_name", "kind", "parent_id", "valid_from", "valid_until")
    values = {name: getattr(city.unit, name) for name in names} | {"parent_id": city.other_unit.id}
    units.save_unit(city.unit, values, actor_id=city.organizer.id, at=LATER)
    assert (city.state(), db.session.query(Clash.reason).scalar()) == (
        AssignmentState.BARRED,
        Reason.SUPERIOR_UNIT,
    )


def test_stepping_back_in_one_round_frees_the_entry_in_the_other_too(city):
    final = build.make_round(city.event, PhaseKind.FINAL, takes_all=True)
    seat = build.make_assignment(final, city.idea, city.jurors[0])
    conflicts.recuse(
        city.actor(city.jurors[0]),
        city.seat.public_id,
        source=ConflictSource.DECLARED,
        reason="Kakak saya ketuanya",
        at=LATER,
    )
    assert city.state() is AssignmentState.RECUSED
    assert db.session.get(Assignment, seat.id).state is AssignmentState.BARRED
    assert db.session.get(Ballot, city.ballot.id, populate_existing=True).state is BallotState.EXCLUDED


def test_a_barred_ballot_is_excluded_only_by_somebody_with_a_reason(city):
    profile.update_profile(city.jurors[0], {"unit_id": city.unit.id}, at=LATER)
    clash = db.session.query(Clash).one()
    lead = city.actor(city.organizer)
    with pytest.raises(Refused, match="alasannya"):
        clashes.settle_clash(lead, clash.public_id, exclude=True, reason="", at=LATER)
    clashes.settle_clash(lead, clash.public_id, exclude=True, reason=WHY, at=LATER)
    assert db.session.get(Ballot, city.ballot.id, populate_existing=True).state is BallotState.EXCLUDED
    assert (clash.outcome, clash.settled_by_id) == (Outcome.EXCLUDED, city.organizer.id)
    with pytest.raises(Refused, match="sudah diputuskan"):
        clashes.settle_clash(lead, clash.public_id, exclude=False, reason=WHY, at=LATER)


def test_a_chair_is_neither_told_of_nor_asked_about_their_own_conflict(city):
    seat = build.make_assignment(city.round, city.idea, city.chair)
    profile.update_profile(city.chair, {"unit_id": city.unit.id}, at=LATER)
    assert clash_mails() == sorted(u.email for u in (city.organizer, city.second))
    clash = db.session.query(Clash).filter_by(assignment_id=seat.id).one()
    with pytest.raises(Refused, match="diputuskan orang lain"):
        clashes.settle_clash(city.actor(city.chair), clash.public_id, exclude=False, reason=WHY, at=LATER)


# -- dismissing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def proposed(city):
    """Juror A works in the entry's unit; an organizer proposes to dismiss that."""
    profile.update_profile(city.jurors[0], {"unit_id": city.unit.id}, at=NOW)
    tie = Tie(Reason.OWN_UNIT, f"unit:{city.unit.id}:{city.unit.id}")
    city.tie = tie
    city.dismissal = dismissals.propose_dismissal(
        city.actor(city.organizer),
        idea_public_id=city.idea.public_id,
        juror_public_id=city.jurors[0].public_id,
        tie=tie,
        reason="Unit hanya dipinjam namanya",
        at=NOW,
    )
    return city


def test_a_proposal_alone_changes_nothing(proposed):
    assert (proposed.idea.id, proposed.jurors[0].id) in proposed.conflicts()
    with pytest.raises(Refused, match="orang kedua"):
        dismissals.confirm_dismissal(
            proposed.actor(proposed.organizer), proposed.dismissal.public_id, reason=WHY, at=LATER
        )
    chair = EventRole(
        event_id=proposed.event.id, user_id=proposed.jurors[0].id, role=Role.CHAIR, created_at=NOW
    )
    build.add(chair)
    with pytest.raises(Refused, match="diputuskan orang lain"):
        dismissals.confirm_dismissal(
            proposed.actor(proposed.jurors[0]), proposed.dismissal.public_id, reason=WHY, at=LATER
        )
    assert proposed.conflicts()


def test_a_second_person_lifts_it_the_seat_comes_back_and_it_can_be_taken_back(proposed):
    public_id = proposed.dismissal.public_id
    with pytest.raises(Refused, match="alasannya"):
        dismissals.confirm_dismissal(proposed.actor(proposed.second), public_id, reason="ya", at=LATER)
    dismissals.confirm_dismissal(proposed.actor(proposed.second), public_id, reason=WHY, at=LATER)
    assert proposed.conflicts() == {}
    assignment.restore_assignment(
        proposed.actor(proposed.organizer), proposed.seat.public_id, reason=WHY, at=LATER
    )
    assert proposed.state() is AssignmentState.ACTIVE
    assert db.session.query(Clash.outcome).scalar() is Outcome.RESTORED
    dismissals.end_dismissal(proposed.actor(proposed.chair), public_id, reason="Ternyata atasannya", at=LATER)
    assert proposed.state() is AssignmentState.BARRED
    assert [a for a in actions() if a.startswith("dismissal")] == [
        "dismissal.propose",
        "dismissal.confirm",
        "dismissal.take_back",
    ]


def test_a_declined_proposal_can_be_made_again_but_not_twice_at_once(proposed):
    values = {
        "idea_public_id": proposed.idea.public_id,
        "juror_public_id": proposed.jurors[0].public_id,
        "tie": proposed.tie,
        "reason": WHY,
        "at": LATER,
    }
    with pytest.raises(Refused, match="sudah diusulkan"):
        dismissals.propose_dismissal(proposed.actor(proposed.second), **values)
    dismissals.end_dismissal(
        proposed.actor(proposed.second), proposed.dismissal.public_id, reason=WHY, at=LATER
    )
    dismissals.propose_dismissal(proposed.actor(proposed.second), **values)
    with pytest.raises(Refused, match="tidak lagi terdeteksi"):
        dismissals.propose_dismissal(
            proposed.actor(proposed.second), **{**values, "tie": Tie(Reason.TEAM, "team:1")}
        )


def test_the_board_has_everything_in_the_same_number_of_statements(proposed):
    db.session.expire_all()
    load_board(proposed.event.id, BoardFilter())
    with counted_queries() as few:
        board = load_board(proposed.event.id, BoardFilter())
    assert [(e.juror.name, e.entry.title, e.reason) for e in board.page.items] == [
        ("Juri A", "PARIT", Reason.OWN_UNIT)
    ]
    assert board.counts == {"": 1, "proposed": 1, "lifted": 0, "hints": 0}
    assert [row.juror for row in board.clashes] == ["Juri A"]
    for _ in range(3):
        team = build.make_team(proposed.event, unit_id=proposed.unit.id)
        build.make_idea(team, state=IdeaState.ELIGIBLE)
    with counted_queries() as many:
        board = load_board(proposed.event.id, BoardFilter())
    assert (board.page.total, len(many)) == (4, len(few))
    assert load_board(proposed.event.id, BoardFilter(search="parit")).page.total == 1
    assert load_board(proposed.event.id, BoardFilter(reason="mentor")).page.total == 0
    assert load_board(proposed.event.id, BoardFilter(juror=proposed.jurors[1].public_id)).page.total == 0
    assert load_board(proposed.event.id, BoardFilter(), hidden=frozenset({proposed.idea.id})).clashes == []


def test_a_shared_domain_is_a_hint_and_bars_nobody(city):
    city.captain.email = "oktavia@mhs.untan.example"
    db.session.flush()
    board = load_board(city.event.id, BoardFilter(view="hints"))
    assert [(h.juror.name, h.entry.title, h.domain) for h in board.page.items] == [
        ("Juri A", "PARIT", "untan.example"),
        ("Juri B", "PARIT", "untan.example"),
    ]
    assert city.conflicts() == {}


# -- the pact ---------------------------------------------------------------------------------------------------------


def unsign():
    db.session.query(PactSignature).delete()
    db.session.query(PactText).delete()


def test_nothing_opens_before_the_pact_is_signed(city):
    unsign()
    juror, actor = city.jurors[0], city.actor(city.jurors[0])
    seat = build.add(
        Assignment(round_id=city.round.id, idea_id=city.other.id, user_id=juror.id, created_at=NOW)
    )
    assert not get_sheet(city.event.slug, city.seat.public_id, juror.id).is_open
    assert not desk.may_read_entry(actor, city.idea)
    with pytest.raises(Refused, match="pakta integritas"):
        conflicts.declare(actor, clear=[seat.public_id], conflicts={}, at=NOW)
    pact.sign_pact(actor, city.round, version=1, at=NOW)
    conflicts.declare(actor, clear=[seat.public_id], conflicts={}, at=NOW)
    assert get_sheet(city.event.slug, seat.public_id, juror.id).is_open
    assert desk.may_read_entry(actor, city.idea)


def test_each_signature_keeps_the_text_that_was_signed(city):
    unsign()
    first = pact.sign_pact(city.actor(city.jurors[0]), city.round, version=1, at=NOW)
    again = pact.sign_pact(city.actor(city.jurors[0]), city.round, version=1, at=LATER)
    assert (again.id, again.at) == (first.id, NOW)
    new = "Saya menilai dengan jujur dan tidak menerima apa pun."
    pact.save_text(city.actor(city.organizer), body=new, body_en="", reason="Disingkat", at=LATER)
    with pytest.raises(Stale):
        pact.sign_pact(city.actor(city.jurors[1]), city.round, version=1, at=LATER)
    pact.sign_pact(city.actor(city.jurors[1]), city.round, version=2, at=LATER)
    signed = pacts.list_signatures(city.event.id, city.round.id)
    assert {user: s.wording.version for user, s in signed.items()} == {
        city.jurors[0].id: 1,
        city.jurors[1].id: 2,
    }
    assert "korupsi" in signed[city.jurors[0].id].wording.body
    assert signed[city.jurors[1].id].wording.body_in("en") == new + "\n"  # no translation: the binding text


def test_the_same_text_is_no_new_version(city):
    wording = pacts.get_wording(city.event.id)
    body, body_en = wording.body, wording.body_en
    saved = pact.save_text(city.actor(city.organizer), body=body, body_en=body_en, reason="", at=LATER)
    assert saved.version == 1


# -- blind rounds -----------------------------------------------------------------------------------------------------


def test_blindness_is_free_until_an_entry_was_opened_then_asks_why(city):
    actor = city.actor(city.organizer)
    final = build.make_round(city.event, PhaseKind.FINAL)
    blind.set_blindness(actor, final, blind=True, chair_sees=False, at=NOW)
    assert final.is_blind
    with pytest.raises(Refused, match="alasannya"):
        blind.set_blindness(actor, city.round, blind=True, chair_sees=False, at=NOW)
    blind.set_blindness(actor, city.round, blind=True, chair_sees=True, reason=WHY, at=NOW)
    assert (city.round.is_blind, city.round.chair_sees) == (True, True)


def test_names_in_the_text_are_found_and_answered_once_for_each_revision(city):
    revision = city.idea.submitted_revision_id
    text = f"Digagas {city.unit.name} bersama Oktavia."
    db.session.get(build.IdeaRevision, revision).answers = {"ringkasan": text}
    db.session.flush()
    event = city.actor(city.organizer).event
    (entry,) = list_leaks(event)
    assert [leak.found for leak in entry.leaks] == [city.unit.name, "Oktavia"]
    actor = city.actor(city.organizer)
    blind.review_leaks(actor, city.idea.public_id, answer=LeakAnswer.ASKED, note="", at=NOW)
    mail = db.session.query(OutboxMail).filter_by(template="scoring_leaks").one()
    assert (mail.address, mail.context["passages"][0]) == (city.captain.email, text)
    with pytest.raises(Refused, match="Sudah diputuskan"):
        blind.review_leaks(actor, city.idea.public_id, answer=LeakAnswer.ASKED, note="", at=LATER)
    with pytest.raises(Refused, match="alasannya"):
        blind.review_leaks(actor, city.idea.public_id, answer=LeakAnswer.ACCEPTED, note="", at=LATER)
    blind.review_leaks(actor, city.idea.public_id, answer=LeakAnswer.ACCEPTED, note=WHY, at=LATER)
    assert list_leaks(event)[0].review.answer is LeakAnswer.ACCEPTED
    with pytest.raises(NotFound):
        blind.review_leaks(actor, city.other.public_id, answer=LeakAnswer.ACCEPTED, note=WHY, at=LATER)


# -- never assigned ---------------------------------------------------------------------------------------------------


def test_no_draw_ever_takes_a_pair_in_conflict(city):
    city.jurors[0].unit_id = city.unit.id
    build.give_role(city.event, city.jurors[1], Role.MENTOR)
    mentoring.name_mentor(city.actor(city.organizer), city.team, city.jurors[1].public_id, at=NOW)
    city.round.ballots_per_idea = 2
    db.session.flush()
    for seed in range(20):
        found = draw(draws.load_draw(city.round), seed=seed)
        assert not set(found.pairs) & set(city.conflicts())
