"""Draws: asked for, computed by the runner, applied exactly as seen, topped up, repeated: on both databases."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core import clock, jobs
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.scoring.domain.assignment.draw import draw
from innovate.scoring.domain.assignment.places import Gap, Why
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, ConflictSource, Juror
from innovate.scoring.queries import draws as queries
from innovate.scoring.queries import jury, previews
from innovate.scoring.queries.groups import count_groups
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.services import assignment, conflicts, draws, jurors
from innovate.tasks.models import Task, TaskState
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def city(db_session, clock_at):
    """A round of two ballots each with four entries of one unit, four jurors and an organizer."""
    clock_at(NOW)

    class City:
        def actor(self, user=None):
            return get_actor(self.event.slug, user or self.organizer)

        def assign(self, idea, juror):
            return assignment.assign_juror(self.actor(), self.round, idea.public_id, juror.public_id, at=NOW)

        def preview(self, seed=7, silent=()):
            task = draws.start_draw(
                self.actor(), self.round, seed=seed, silent=[j.public_id for j in silent], at=clock.now()
            )
            jobs.run_job("tasks.run")
            return previews.get_preview(self.round, task.public_id)

        def apply(self, preview, **more):
            return draws.apply_draw(self.actor(), self.round, preview, at=LATER, **more)

        def add_idea(self, number):
            team = build.make_team(self.event, unit_id=self.unit.id)
            return build.make_idea(team, state=IdeaState.ELIGIBLE, number=number, title=f"KARYA {number}")

        def pairs(self):
            rows = db.session.query(Assignment).filter_by(
                round_id=self.round.id, state=AssignmentState.ACTIVE
            )
            return {(row.idea_id, row.user_id) for row in rows}

    city = City()
    city.event = build.make_event(shift_days=-17)
    city.round = build.make_round(city.event)
    city.round.ballots_per_idea = 2
    city.unit = build.make_unit()
    city.jurors = [build.make_user(name=f"Juri {n}") for n in "ABCD"]
    for juror in city.jurors:
        build.give_role(city.event, juror, Role.JUROR)
    city.organizer = build.make_user()
    build.give_role(city.event, city.organizer, Role.ORGANIZER)
    city.ideas = [city.add_idea(n) for n in range(1, 5)]
    db.session.flush()
    list_rounds(city.event.id)
    return city


def test_what_is_applied_is_what_was_previewed_and_it_can_be_repeated(city):
    kept = city.assign(city.ideas[0], city.jurors[0])
    preview = city.preview(seed=7)
    assert preview.draw is not None
    assert preview.draw == draw(queries.load_draw(city.round), seed=7)
    assert city.pairs() == {(kept.idea_id, kept.user_id)}  # nothing is written by looking
    done = city.apply(preview)
    assert city.pairs() == {(p.idea_id, p.juror_id) for p in preview.draw.panel}
    assert [p.why[0] for p in done.panel if (p.idea_id, p.juror_id) == (kept.idea_id, kept.user_id)] == [
        Why.KEPT
    ]
    assert all(row.assigned == 2 for row in jury.coverage_by_idea(city.round))
    entry = db.session.query(AuditEntry).filter_by(action="round.draw").one()
    told = db.session.get(AuditDetail, entry.id).values["after"]
    assert (entry.actor_id, told["seed"], told["inputs"]["k"]) == (city.organizer.id, 7, 2)
    (applied,) = previews.list_applied(city.event.slug)
    assert draw(applied.inputs, seed=applied.seed).pairs == applied.pairs == done.pairs
    with pytest.raises(NotFound):
        previews.list_applied("tidak-ada")


def test_each_juror_gets_one_mail_about_a_draw(city):
    done = city.apply(city.preview())
    mails = {m.address: m.context for m in db.session.query(OutboxMail)}
    assert set(mails) == {person.email for person in city.jurors}
    assert sum(context["assigned"] for context in mails.values()) == len(done.pairs) == 8
    assert mails[city.jurors[0].email]["path"] == f"/k/{city.event.slug}/juri"


def test_a_draw_whose_inputs_changed_since_the_preview_is_refused(city):
    preview = city.preview()
    city.assign(city.ideas[0], city.jurors[0])
    before = city.pairs()
    with pytest.raises(Refused, match="berubah sejak pratinjau"):
        city.apply(preview)
    assert city.pairs() == before


def test_a_draw_is_applied_once(city):
    preview = city.preview()
    city.apply(preview)
    with pytest.raises(Refused, match="berubah sejak pratinjau"):
        city.apply(preview)
    with pytest.raises(Refused, match="Tidak ada penugasan"):
        city.apply(city.preview())


def test_an_unfinished_preview_is_not_applied(city):
    task = draws.start_draw(city.actor(), city.round, seed=1, at=NOW)
    waiting = previews.get_preview(city.round, task.public_id)
    assert waiting.draw is None
    with pytest.raises(Refused, match="belum selesai"):
        city.apply(waiting)


def test_who_may_not_lead_may_not_draw(city):
    juror = city.actor(city.jurors[0])
    with pytest.raises(NotAllowed):
        draws.start_draw(juror, city.round, seed=1, at=NOW)
    preview = city.preview()
    with pytest.raises(NotAllowed):
        draws.apply_draw(juror, city.round, preview, at=NOW)
    assert db.session.query(Task).count() == 1


def test_a_draw_needs_entries_and_jurors_and_a_possible_seed(city):
    with pytest.raises(Refused, match="Isi angka"):
        draws.start_draw(city.actor(), city.round, seed=-1, at=NOW)
    with pytest.raises(Refused, match="tidak lagi menjadi juri"):
        draws.start_draw(city.actor(), city.round, seed=1, silent=["tidakada1234"], at=NOW)
    for idea in city.ideas:
        idea.state = IdeaState.WITHDRAWN
    db.session.flush()
    with pytest.raises(Refused, match="Belum ada karya"):
        draws.start_draw(city.actor(), city.round, seed=1, at=NOW)


def test_the_draw_avoids_conflicts_and_whoever_stepped_back(city):
    city.jurors[0].unit_id = city.unit.id
    seat = city.assign(city.ideas[0], city.jurors[1])
    city.assign(city.ideas[0], city.jurors[2])
    actor = city.actor(city.jurors[1])
    reason = "Bukan bidang saya"
    conflicts.recuse(actor, seat.public_id, source=ConflictSource.ABSTAINED, reason=reason, at=NOW)
    found = city.preview().draw
    assert not [pair for pair in found.pairs if pair[1] == city.jurors[0].id]
    assert (city.ideas[0].id, city.jurors[1].id) not in found.pairs
    assert (city.ideas[0].id, city.jurors[3].id) in found.pairs
    assert found.hard == ()
    city.jurors[3].unit_id = city.unit.id
    db.session.flush()
    hard = {h.idea_id: (h.short, h.reason, h.free) for h in city.preview().draw.hard}
    assert hard == {city.ideas[0].id: (1, Gap.CONFLICTS, 1)}


def test_late_entries_withdrawals_and_recusals_are_topped_up_without_disturbing_the_rest(city):
    city.apply(city.preview())
    stood = city.pairs()
    late = city.add_idea(9)
    city.ideas[0].state = IdeaState.WITHDRAWN
    seat = db.session.query(Assignment).filter_by(idea_id=city.ideas[1].id).first()
    person = db.session.get(build.User, seat.user_id)
    reason = "Pernah membimbing tim ini"
    conflicts.recuse(
        city.actor(person), seat.public_id, source=ConflictSource.DECLARED, reason=reason, at=LATER
    )
    assert {row.idea_id for row in jury.list_short_entries(city.round)} == {late.id, city.ideas[1].id}
    top_up = city.preview(seed=3)
    assert {idea for idea, _ in top_up.draw.pairs} == {late.id, city.ideas[1].id}
    assert len(top_up.draw.pairs) == 3
    city.apply(top_up)
    assert stood - {(seat.idea_id, seat.user_id)} < city.pairs()
    assert (seat.idea_id, seat.user_id) not in city.pairs()
    assert jury.list_short_entries(city.round) == []


def test_the_entries_of_a_silent_juror_go_to_others_and_what_is_handed_in_stays(city):
    city.apply(city.preview())
    silent = city.jurors[0]
    mine = db.session.query(Assignment).filter_by(user_id=silent.id).order_by(Assignment.id).all()
    handed_in, draft = mine[0], mine[1]
    build.make_ballot(handed_in, [4, 4, 4, 4, 4])
    build.make_ballot(draft, [4, 4, 4, 4, 4], state=BallotState.DRAFT)
    for row in db.session.query(Ballot):
        row.updated_at = LATER
    db.session.flush()
    people = queries.list_serving(city.round)
    assert queries.list_silent(city.round, people, days=3, at=LATER + timedelta(days=2)) == []
    found = queries.list_silent(city.round, people, days=3, at=LATER + timedelta(days=3))
    assert {(row.juror.user.id, row.left) for row in found} == {
        (juror.id, 1 if juror is silent else 2) for juror in city.jurors
    }
    kept = city.pairs() - {(seat.idea_id, silent.id) for seat in mine[1:]}
    preview = city.preview(silent=[silent])
    assert silent.id not in preview.draw.loads
    city.apply(preview)
    assert kept < city.pairs()
    assert {idea for idea, user in city.pairs() if user == silent.id} == {handed_in.idea_id}
    assert all(row.assigned == 2 for row in jury.coverage_by_idea(city.round))
    db.session.refresh(draft)
    assert (draft.state, draft.reason) == (AssignmentState.REMOVED, "Dialihkan karena lama tidak dibuka")
    ballot = db.session.query(Ballot).filter_by(assignment_id=draft.id).populate_existing().one()
    assert ballot.state is BallotState.EXCLUDED
    (_first, applied) = previews.list_applied()
    assert draw(applied.inputs, seed=applied.seed).pairs == applied.pairs


def test_groups_that_cannot_be_compared_must_be_confirmed(city):
    city.round.accepted_groups = 1
    city.assign(city.ideas[0], city.jurors[0])
    city.assign(city.ideas[0], city.jurors[1])
    city.assign(city.ideas[1], city.jurors[2])
    assert count_groups([city.round.id]) == {city.round.id: 2}
    for idea in city.ideas[2:]:
        idea.state = IdeaState.WITHDRAWN
    for juror in city.jurors[:2]:
        jurors.update_juror(city.actor(), juror.public_id, capacity=1, expertise=[], at=NOW)
    preview = city.preview()
    assert preview.draw.components == 2
    before = city.pairs()
    with pytest.raises(Refused, match="2 kelompok") as refused:
        city.apply(preview)
    assert refused.value.field == "confirmed"
    assert city.pairs() == before
    city.apply(preview, confirmed=True)
    assert count_groups([city.round.id]) == {city.round.id: 2}
    assert city.round.accepted_groups == 2  # judging may begin without asking again


def test_keywords_of_jurors_are_found_in_titles_and_texts(city):
    actor = city.actor(city.jurors[1])
    jurors.update_own_subject(actor, expertise=["layanan"], keywords="Karya 2, air bersih", at=NOW)
    row = db.session.query(Juror).filter_by(user_id=city.jurors[1].id).one()
    assert (row.keywords, row.expertise) == (["karya 2", "air bersih"], ["layanan"])
    inputs = queries.load_draw(city.round)
    assert {i.id: set(i.words) for i in inputs.ideas if i.words} == {city.ideas[1].id: {"karya 2"}}
    words = ", ".join(f"kata{n}" for n in range(21))
    with pytest.raises(Refused, match="paling banyak 20"):
        jurors.update_own_subject(actor, expertise=[], keywords=words, at=NOW)
    with pytest.raises(NotAllowed):
        jurors.update_own_subject(city.actor(), expertise=[], keywords="", at=NOW)


def test_the_plan_counts_what_is_wanted_given_and_missing(city):
    plan = queries.load_plan(city.round, queries.list_serving(city.round))
    assert (plan.entries, plan.k, plan.wanted, plan.jurors, plan.each) == (4, 2, 8, 4, 2)
    assert (plan.standing, plan.open, plan.missing) == (0, 8, 0)
    for juror in city.jurors:
        jurors.update_juror(city.actor(), juror.public_id, capacity=1, expertise=[], at=NOW)
    city.assign(city.ideas[0], city.jurors[0])
    plan = queries.load_plan(city.round, queries.list_serving(city.round))
    assert (plan.standing, plan.open, plan.missing) == (1, 7, 4)


def test_previews_are_compared_searched_and_never_mixed_up(city):
    one, two = city.preview(seed=1), city.preview(seed=2)
    found = previews.list_previews(city.round)
    assert [row.seed for row in found] == [2, 1]
    names = {juror.id: juror.name for juror in city.jurors}
    entries = jury.coverage_by_idea(city.round)
    page = previews.page_of_pairs(two, entries, names, size=3)
    assert (page.total, len(page.items)) == (4, 3)
    only = previews.page_of_pairs(two, entries, names, search="karya 3")
    assert [row.entry.title for row in only.items] == ["KARYA 3"]
    assert len(only.items[0].pairs) == 2
    assert previews.page_of_pairs(two, entries, names, why=Why.KEPT).items == []
    other = build.make_round(build.make_event())
    with pytest.raises(NotFound):
        previews.get_preview(other, one.task.public_id)
    assert one.task.state is TaskState.DONE


def test_loading_a_draw_takes_the_same_number_of_statements_whatever_its_size(city):
    with counted_queries() as few:
        queries.load_draw(city.round)
    for number in range(10, 20):
        city.add_idea(number)
    db.session.flush()
    with counted_queries() as many:
        queries.load_draw(city.round)
    assert len(many) == len(few)
