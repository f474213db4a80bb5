"""Assigning, stepping back, excluding, rounds, rubric versions, totals: on both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.events.services import people
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.domain.rubric import CriterionDraft, Filled
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, ConflictSource, Juror
from innovate.scoring.models.rounds import Rubric
from innovate.scoring.queries import desk, jury, panel
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.queries.rounds import find_rubric, list_rounds, raw_totals
from innovate.scoring.services import assignment, ballots, conflicts, jurors, rounds, rubrics
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def city(db_session):
    """An open round with four entries, three jurors, a chair and an organizer."""

    class City:
        def actor(self, user) -> Actor:
            return get_actor(self.event.slug, user)

        def assign(self, idea, juror, by=None):
            actor = self.actor(by or self.organizer)
            return assignment.assign_juror(actor, self.round, idea.public_id, juror.public_id, at=NOW)

        def ballot(self, seat, *values, submit=True, at=NOW):
            juror = db.session.get(build.User, seat.user_id)
            sheet = get_sheet(self.event.slug, seat.public_id, juror.id)
            filled = Filled(sheet.version, dict(zip(sheet.criteria, values, strict=False)))
            act = ballots.submit_ballot if submit else ballots.save_ballot
            return act(juror, sheet, filled, at=at)

    city = City()
    city.event = build.make_event(shift_days=-17)
    city.round = build.make_round(city.event)
    city.unit = build.make_unit()
    city.jurors = [build.make_user(name=f"Juri {n}") for n in "ABC"]
    for juror in city.jurors:
        build.give_role(city.event, juror, Role.JUROR)
    city.chair, city.organizer = build.make_user(), build.make_user()
    build.give_role(city.event, city.chair, Role.CHAIR)
    build.give_role(city.event, city.organizer, Role.ORGANIZER)
    city.ideas = [
        build.make_idea(
            build.make_team(city.event, unit_id=city.unit.id),
            state=IdeaState.ELIGIBLE,
            number=n,
            title="PARIT",
        )
        for n in range(1, 5)
    ]
    list_rounds(city.event.id)
    return city


def actions():
    return [action for (action,) in db.session.query(AuditEntry.action).order_by(AuditEntry.id)]


GOOD = ("4", "4", "3", "2", "5")

# -- assigning -------------------------------------------------------------------------------------------------------


def test_assigning_by_hand_is_recorded(city):
    seat = city.assign(city.ideas[0], city.jurors[0], by=city.chair)
    assert (seat.state, seat.by_draw, seat.cleared_at) == (AssignmentState.ACTIVE, False, None)
    assert actions() == ["assignment.add"]
    with pytest.raises(Refused, match="sudah ditugaskan"):
        city.assign(city.ideas[0], city.jurors[0])


def test_a_juror_of_the_same_unit_is_refused_with_the_reason(city):
    city.jurors[0].unit_id = city.unit.id
    db.session.flush()
    with pytest.raises(Refused, match="bekerja di unit yang sama"):
        city.assign(city.ideas[0], city.jurors[0])


def test_whoever_was_ever_in_the_team_is_refused(city):
    team = db.session.get(build.Team, city.ideas[0].team_id)
    build.make_membership(team, city.jurors[1], left_at=NOW - timedelta(days=1))
    found = find_conflicts(city.event.id)
    assert found == {(city.ideas[0].id, city.jurors[1].id): Reason.TEAM}
    with pytest.raises(Refused, match="anggota timnya"):
        city.assign(city.ideas[0], city.jurors[1])


def test_the_superior_of_the_unit_is_refused(city):
    above = build.make_unit()
    city.unit.parent_id, city.jurors[2].unit_id = above.id, above.id
    db.session.flush()
    with pytest.raises(Refused, match="unit atasannya"):
        city.assign(city.ideas[0], city.jurors[2])


def test_capacity_holds(city):
    juror = city.jurors[0]
    jurors.update_juror(
        city.actor(city.organizer), juror.public_id, capacity=1, expertise=["layanan", "x"], at=NOW
    )
    row = db.session.query(Juror).filter_by(user_id=juror.id).one()
    assert (row.capacity, row.expertise) == (1, ["layanan"])
    city.assign(city.ideas[0], juror)
    with pytest.raises(Refused, match="sesuai batasnya"):
        city.assign(city.ideas[1], juror)


@pytest.mark.parametrize("who", ["juror", "auditor", "outsider"])
def test_only_those_who_lead_assign(city, who):
    user = city.jurors[0] if who == "juror" else build.make_user()
    if who == "auditor":
        build.give_role(city.event, user, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        city.assign(city.ideas[0], city.jurors[1], by=user)


def test_an_archived_event_is_not_touched(city):
    city.event.state = EventState.ARCHIVED
    db.session.flush()
    with pytest.raises(NotAllowed):
        city.assign(city.ideas[0], city.jurors[1])


def test_ineligible_entries_and_strangers_cannot_be_assigned(city):
    city.ideas[0].state = IdeaState.WITHDRAWN
    db.session.flush()
    with pytest.raises(NotFound):
        city.assign(city.ideas[0], city.jurors[0])
    with pytest.raises(NotFound):
        city.assign(city.ideas[1], build.make_user())


def test_taking_back_excludes_the_ballot_and_restoring_counts_it_again(city):
    seat = city.assign(city.ideas[0], city.jurors[0])
    seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seat, *GOOD)
    actor = city.actor(city.organizer)
    assignment.remove_assignment(actor, seat.public_id, reason="Ternyata rekan kerja", at=LATER)
    ballot = db.session.query(Ballot).populate_existing().one()
    assert (ballot.state, ballot.total, ballot.version) == (BallotState.EXCLUDED, 65.0, 3)
    assert raw_totals(city.round.id) == {}
    assignment.restore_assignment(actor, seat.public_id, reason="Pleno menerima penjelasan", at=LATER)
    db.session.refresh(ballot)
    assert ballot.state is BallotState.SUBMITTED
    assert raw_totals(city.round.id)[city.ideas[0].id].mean == 65.0
    history = [(c.action, c.reason) for c in db.session.query(BallotChange).order_by(BallotChange.id)]
    assert history[-2:] == [("exclude", "Ternyata rekan kerja"), ("include", "Pleno menerima penjelasan")]
    assert [a for a in actions() if "assignment" in a or "clude" in a] == [
        "assignment.add",
        "ballot.exclude",
        "assignment.remove",
        "ballot.include",
        "assignment.restore",
    ]


def test_taking_back_needs_a_reason(city):
    seat = city.assign(city.ideas[0], city.jurors[0])
    with pytest.raises(Refused, match="lima huruf"):
        assignment.remove_assignment(city.actor(city.organizer), seat.public_id, reason=" ok ", at=NOW)


def test_removing_a_juror_takes_back_everything_and_deletes_nothing(city):
    seats = [city.assign(idea, city.jurors[0]) for idea in city.ideas[:2]]
    seats[0].cleared_at = NOW
    db.session.flush()
    city.ballot(seats[0], *GOOD)
    n = assignment.remove_juror(
        city.actor(city.chair), city.jurors[0].public_id, reason="Sakit berkepanjangan", at=LATER
    )
    assert n == 2
    assert db.session.query(Assignment).filter_by(state=AssignmentState.REMOVED).count() == 2
    assert db.session.query(Ballot.state).scalar() is BallotState.EXCLUDED


@pytest.mark.parametrize(("days", "state"), [(0, BallotState.EXCLUDED), (30, BallotState.SUBMITTED)])
def test_losing_the_role_frees_entries_of_rounds_that_are_not_over(city, days, state):
    seat = city.assign(city.ideas[0], city.jurors[0])
    seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seat, *GOOD)
    role = db.session.query(EventRole).filter_by(user_id=city.jurors[0].id).one()
    people.remove_role(city.actor(city.organizer), role, at=NOW + timedelta(days=days))
    assert db.session.query(Ballot.state).populate_existing().scalar() is state
    assert bool(raw_totals(city.round.id)) is (state is BallotState.SUBMITTED)
    if state is BallotState.EXCLUDED:
        assert (seat.state, seat.reason) == (AssignmentState.REMOVED, "Peran juri dilepas.")


def test_a_chair_who_stays_a_juror_keeps_the_entries(city):
    values = {"event_id": city.event.id, "user_id": city.chair.id, "role": Role.JUROR}
    build.add(EventRole(**values, created_at=NOW))
    seat = city.assign(city.ideas[0], city.chair)
    role = db.session.query(EventRole).filter_by(user_id=city.chair.id, role=Role.CHAIR).one()
    people.remove_role(city.actor(city.organizer), role, at=NOW)
    assert seat.state is AssignmentState.ACTIVE


# -- conflicts -------------------------------------------------------------------------------------------------------


def test_a_declaration_opens_entries_and_sends_others_back(city):
    one, two, three = (city.assign(idea, city.jurors[0]) for idea in city.ideas[:3])
    actor = city.actor(city.jurors[0])
    counted = conflicts.declare(
        actor, clear=[one.public_id], conflicts={two.public_id: "Saya pembimbingnya"}, at=LATER
    )
    assert counted == (1, 1)
    assert (one.cleared_at, two.state, three.cleared_at) == (LATER, AssignmentState.RECUSED, None)
    assert find_conflicts(city.event.id)[city.ideas[1].id, city.jurors[0].id] is Reason.DECLARED
    assert {"conflict.declare", "conflict.none"} <= set(actions())
    with pytest.raises(Refused, match="menyatakan benturan"):
        city.assign(city.ideas[1], city.jurors[0])


def test_nobody_declares_for_another(city):
    seat = city.assign(city.ideas[0], city.jurors[0])
    with pytest.raises(NotFound):
        conflicts.declare(city.actor(city.jurors[1]), clear=[seat.public_id], conflicts={}, at=NOW)


def test_a_conflict_is_dismissed_by_a_second_person_only(city):
    seat = city.assign(city.ideas[0], city.jurors[0])
    conflicts.recuse(
        city.actor(city.jurors[0]),
        seat.public_id,
        source=ConflictSource.DECLARED,
        reason="Teman kuliah ketua",
        at=NOW,
    )
    row = db.session.query(Conflict).one()
    build.give_role(city.event, city.jurors[0], Role.ORGANIZER)
    with pytest.raises(Refused, match="orang kedua"):
        conflicts.dismiss_conflict(city.actor(city.jurors[0]), row.public_id, reason="Tidak apa-apa", at=NOW)
    conflicts.dismiss_conflict(city.actor(city.chair), row.public_id, reason="Dua puluh tahun lalu", at=NOW)
    assert find_conflicts(city.event.id) == {}
    assert city.assign(city.ideas[0], city.jurors[0]).state is AssignmentState.ACTIVE


def test_a_conflict_somebody_else_notes_ends_the_assignment(city):
    seat = city.assign(city.ideas[0], city.jurors[0])
    conflicts.add_conflict(
        city.actor(city.chair),
        idea_public_id=city.ideas[0].public_id,
        juror_public_id=city.jurors[0].public_id,
        reason="Saudara kandung anggota tim",
        at=NOW,
    )
    assert seat.state is AssignmentState.REMOVED
    with pytest.raises(Refused, match="menyatakan benturan"):
        assignment.restore_assignment(city.actor(city.organizer), seat.public_id, reason="Coba lagi", at=NOW)


# -- rounds ----------------------------------------------------------------------------------------------------------


def test_closing_early_and_opening_again(city):
    actor = city.actor(city.organizer)
    round_ = list_rounds(city.event.id)[0]
    assert round_.window(NOW) is Window.OPEN
    rounds.close_round(actor, round_, reason="Pleno dimajukan", at=NOW)
    assert round_.window(NOW) is Window.CLOSED
    with pytest.raises(Refused, match="sudah ditutup"):
        rounds.close_round(actor, round_, reason="Pleno dimajukan", at=NOW)
    rounds.reopen_round(actor, round_, reason="Dua juri belum selesai", at=NOW)
    assert round_.window(NOW) is Window.OPEN
    assert actions() == ["round.close", "round.reopen"]


def test_settings_of_a_round_are_checked_and_recorded(city):
    actor = city.actor(city.organizer)
    values = {"ballots_per_idea": 5, "weight": Decimal(70), "takes_all": True, "carries": True, "at": NOW}
    rounds.update_round(actor, city.round, **values)
    rounds.update_round(actor, city.round, **values)  # nothing changed, nothing recorded
    assert actions() == ["round.update"]
    with pytest.raises(Refused):
        rounds.update_round(actor, city.round, **{**values, "ballots_per_idea": 0})
    with pytest.raises(Refused):
        rounds.update_round(actor, city.round, **{**values, "weight": Decimal(101)})
    with pytest.raises(NotAllowed):
        rounds.update_round(city.actor(city.chair), city.round, **values)


def test_finalists_are_chosen_with_a_reason(city):
    final = build.make_round(city.event, PhaseKind.FINAL)
    list_rounds(city.event.id)
    actor = city.actor(city.organizer)
    ids = [idea.id for idea in city.ideas]
    assert rounds.choose_entries(actor, final, ids[:2], reason="Berita acara 3", at=NOW) == (2, 0)
    assert [row.idea_id for row in jury.coverage_by_idea(final)] == ids[:2]
    assert rounds.choose_entries(actor, final, ids[1:3], reason="Ralat", at=NOW) == (1, 1)
    assignment.assign_juror(actor, final, city.ideas[1].public_id, city.jurors[0].public_id, at=NOW)
    with pytest.raises(Refused, match="sudah mempunyai juri"):
        rounds.choose_entries(actor, final, ids[2:3], reason="Ralat kedua", at=NOW)
    with pytest.raises(Refused, match="menilai semua karya"):
        rounds.choose_entries(actor, city.round, ids, reason="Tidak perlu", at=NOW)


def test_peers_scores_show_only_once_opened_and_only_submitted_ones(city):
    seats = [city.assign(city.ideas[0], juror) for juror in city.jurors]
    for seat in seats:
        seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seats[0], *GOOD)
    city.ballot(seats[1], "5", "5", "5", "5", "5")
    city.ballot(seats[2], "1", "1", "1", "1", "1", submit=False)
    mine = get_sheet(city.event.slug, seats[0].public_id, city.jurors[0].id)
    assert desk.list_peers(mine) == []
    with pytest.raises(NotAllowed):
        rounds.set_peers(city.actor(city.jurors[0]), city.round, opened=True, reason="Ingin tahu", at=NOW)
    rounds.set_peers(city.actor(city.chair), city.round, opened=True, reason="Sidang dimulai", at=NOW)
    assert desk.list_peers(mine) == [("Juri B", 100.0)]
    rounds.set_peers(city.actor(city.chair), city.round, opened=False, reason="Sidang selesai", at=NOW)
    assert desk.list_peers(mine) == []


# -- rubric versions -------------------------------------------------------------------------------------------------


def drafts_in_force(city):
    rubric = find_rubric(city.round.rubric_id)
    return [rubrics.draft_of(criterion) for criterion in rubric.criteria]


def test_before_the_first_ballot_a_rubric_changes_in_place(city):
    drafts = [CriterionDraft("Kebaruan", Decimal(40)), CriterionDraft("Dampak", Decimal(60))]
    rubric = rubrics.save_rubric(city.actor(city.organizer), city.round, drafts, at=NOW)
    assert (rubric.version, [c.name for c in find_rubric(rubric.id).criteria]) == (1, ["Kebaruan", "Dampak"])
    assert actions() == ["rubric.update"]
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        rubrics.save_rubric(city.actor(city.organizer), city.round, drafts, at=NOW)


@pytest.mark.parametrize(
    ("drafts", "word"),
    [
        ([], "paling sedikit satu"),
        ([CriterionDraft("A", Decimal(0))], "Bobot"),
        ([CriterionDraft("A", Decimal(50)), CriterionDraft("a", Decimal(50))], "bernama sama"),
        ([CriterionDraft("A", Decimal(50), minimum=Decimal(5))], "lebih besar"),
        ([CriterionDraft("A", Decimal(50), step=Decimal(3))], "Kelipatan"),
    ],
)
def test_an_unusable_rubric_is_refused(city, drafts, word):
    with pytest.raises(Refused, match=word):
        rubrics.save_rubric(city.actor(city.organizer), city.round, drafts, at=NOW)


def test_after_the_first_ballot_a_change_is_a_new_version_and_ballots_are_confirmed_again(city):
    seats = [city.assign(city.ideas[0], juror) for juror in city.jurors[:2]]
    for seat in seats:
        seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seats[0], *GOOD)
    city.ballot(seats[1], "5", submit=False)
    old = find_rubric(city.round.rubric_id)
    drafts = drafts_in_force(city)
    drafts[0] = CriterionDraft("Kebaruan", Decimal(35))  # another weight: its value is copied
    drafts[4] = CriterionDraft("Keberlanjutan", Decimal(15), maximum=Decimal(10))  # another scale: it is not
    actor = city.actor(city.organizer)
    with pytest.raises(Refused, match="lima huruf"):
        rubrics.save_rubric(actor, city.round, drafts, at=LATER)
    new = rubrics.save_rubric(actor, city.round, drafts, reason="Bobot keliru", at=LATER)
    assert (new.version, new.reason, new.locked_at) == (2, "Bobot keliru", LATER)
    ballot = db.session.query(Ballot).filter_by(assignment_id=seats[0].id).populate_existing().one()
    assert (ballot.state, ballot.total, ballot.rubric_id) == (BallotState.DRAFT, None, new.id)
    assert raw_totals(city.round.id) == {}
    sheet = get_sheet(city.event.slug, seats[0].public_id, city.jurors[0].id)
    assert [int(v) for v in sheet.values.values()] == [4, 4, 3, 2]
    item = next(i for i in desk.list_work(city.event.id, city.jurors[0].id))
    assert item.must_confirm
    kept = db.session.query(BallotScore).filter(
        BallotScore.ballot_id == ballot.id, BallotScore.criterion_id.in_([c.id for c in old.criteria])
    )
    assert [int(s.value) for s in kept] == [4, 4, 3, 2, 5]
    assert [s.criterion for s in panel.list_old_scores(ballot.id, new.id)][4] == "Keberlanjutan"
    last = db.session.query(BallotChange).filter_by(ballot_id=ballot.id, action="rubric").one()
    assert (last.before["state"], last.before["total"], last.reason) == ("submitted", 65.0, "Bobot keliru")
    city.ballot(seats[0], "4", "4", "3", "2", "10", at=LATER)
    assert raw_totals(city.round.id)[city.ideas[0].id].mean == pytest.approx(
        100 * (35 * 0.75 + 25 * 0.75 + 25 * 0.5 + 15 * 0.25 + 15) / 115
    )


def test_a_save_typed_on_the_old_version_is_stale(city):
    from innovate.core.errors import Stale

    seat = city.assign(city.ideas[0], city.jurors[0])
    seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seat, "5", submit=False)
    before = get_sheet(city.event.slug, seat.public_id, city.jurors[0].id)
    drafts = [CriterionDraft("Lain", Decimal(100))]
    rubrics.save_rubric(city.actor(city.organizer), city.round, drafts, reason="Diganti", at=LATER)
    filled = Filled(1, dict.fromkeys(before.criteria, "3"))
    with pytest.raises(Stale):
        ballots.save_ballot(city.jurors[0], before, filled, at=LATER)


def test_no_new_version_once_the_round_is_over(city):
    seat = city.assign(city.ideas[0], city.jurors[0])
    seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seat, "5", submit=False)
    round_ = list_rounds(city.event.id)[0]
    drafts = [CriterionDraft("Lain", Decimal(100))]
    with pytest.raises(Refused, match="sudah ditutup"):
        rubrics.save_rubric(
            city.actor(city.organizer), round_, drafts, reason="Terlambat", at=NOW + timedelta(days=30)
        )
    assert db.session.query(Rubric).count() == 1


# -- reads -----------------------------------------------------------------------------------------------------------


def test_progress_and_coverage_count_what_counts(city):
    seats = [city.assign(idea, city.jurors[0]) for idea in city.ideas[:3]]
    city.assign(city.ideas[0], city.jurors[1])
    for seat in seats:
        seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seats[0], *GOOD)
    city.ballot(seats[1], "3", submit=False)
    assignment.remove_assignment(city.actor(city.organizer), seats[2].public_id, reason="Ditukar", at=LATER)
    progress = jury.progress_by_juror(city.round.id)[city.jurors[0].id]
    assert (progress.assigned, progress.begun, progress.done, progress.left) == (2, 1, 1, 1)
    assert [(c.assigned, c.done) for c in jury.coverage_by_idea(city.round)] == [
        (2, 1),
        (1, 0),
        (0, 0),
        (0, 0),
    ]
    assert len(jury.list_short_entries(city.round)) == 4
    task = desk.list_tasks(city.jurors[0].id, NOW)[0]
    assert (task.slug, task.assigned, task.done, task.undeclared) == (city.event.slug, 2, 1, 0)
    assert desk.list_tasks(city.jurors[0].id, NOW + timedelta(days=30)) == []


def test_raw_totals_are_one_statement_and_leave_out_drafts_and_excluded(city):
    seats = [city.assign(city.ideas[0], juror) for juror in city.jurors]
    for seat in seats:
        seat.cleared_at = NOW
    db.session.flush()
    city.ballot(seats[0], *GOOD)
    city.ballot(seats[1], "5", "5", "5", "5", "5")
    city.ballot(seats[2], "1", "1", "1", "1", "1", submit=False)
    with counted_queries() as queries:
        found = raw_totals(city.round.id)
    assert len(queries) == 1
    assert found == {city.ideas[0].id: (82.5, 2)}


@pytest.mark.parametrize(
    ("search", "only", "numbers"), [("", "", 4), ("2", "", 1), ("tidak ada", "", 0), ("", "short", 4)]
)
def test_the_page_of_entries_filters(city, search, only, numbers):
    assert jury.page_of_entries(city.round, search=search, only=only).total == numbers
