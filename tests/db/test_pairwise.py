"""Comparing: votes, steps back, conflicts, the hall, and who may open and close."""

import itertools

import pytest

from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.pairwise import policy
from innovate.pairwise.domain.plan import Plan
from innovate.pairwise.domain.posterior import settle
from innovate.pairwise.models import (
    ContestJuror,
    ContestKind,
    ContestState,
    Step,
    StepKind,
    Verdict,
)
from innovate.pairwise.queries.contests import find_seal, get_contest, list_contests
from innovate.pairwise.queries.desk import load_desk, may_read_compared, reads_compared_blind
from innovate.pairwise.queries.eyes import eyes_of
from innovate.pairwise.queries.field import BUSY, load_field
from innovate.pairwise.queries.outcome import load_outcome
from innovate.pairwise.queries.room import load_room
from innovate.pairwise.services import setup, voting
from innovate.pairwise.services.verdict import decide_runoff
from innovate.pairwise.services.voting import Answer
from innovate.results.domain.brackets import Bracket
from innovate.results.queries.boards import get_board, load_standing
from innovate.results.queries.runoffs import list_brackets, list_runoff_places
from innovate.results.queries.snapshots import Filter
from innovate.results.services.runoff import start_runoff
from innovate.scoring.models.integrity import PactSignature
from innovate.scoring.models.jury import Conflict
from innovate.scoring.services.own_conflicts import declare_own_conflict
from tests.factories import build
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW
from tests.factories.contests import make_contest, walk
from tests.support.queries import counted_queries


class Scene:
    """An event in its judging phase with five entries, two jurors, a chair and an organizer, and an open hall."""

    def __init__(self, entries: int = 5) -> None:
        self.event = build.make_event(shift_days=-17)
        self.round = build.make_round(self.event)
        self.jurors = [build.make_user(name=name) for name in ("Agus", "Maria")]
        for juror in self.jurors:
            build.give_role(self.event, juror, Role.JUROR)
        self.organizer, self.chair = build.make_user(), build.make_user()
        build.give_role(self.event, self.organizer, Role.ORGANIZER)
        build.give_role(self.event, self.chair, Role.CHAIR)
        self.ideas = [
            build.make_idea(
                build.make_team(self.event), state=IdeaState.ELIGIBLE, title=f"KARYA {n}", number=n
            )
            for n in range(1, entries + 1)
        ]
        self.hall = make_contest(self.round, self.ideas, self.jurors, cut=2)

    def actor(self, user):
        return get_actor(self.event.slug, user)

    def desk(self, juror=0, at=NOW):
        return load_desk(get_contest(self.event.id, self.hall.public_id), self.jurors[juror].id, at)

    def answer(self, said, juror=0, token=None, at=NOW):
        token = token or self.desk(juror).seat.token
        voting.answer(self.actor(self.jurors[juror]), self.hall.public_id, token=token, said=said, at=at)

    def undo(self, juror=0, token=None):
        token = token or self.desk(juror).seat.token
        voting.undo(self.actor(self.jurors[juror]), self.hall.public_id, token=token, at=NOW)

    def plan(self, **values):
        entries = {idea.public_id: str(n) for n, idea in enumerate(self.ideas, 1)}
        default = {"name": "Aula", "cut": 2, "entries": entries}
        return Plan(**{**default, "jurors": frozenset(j.public_id for j in self.jurors), **values})


@pytest.fixture
def scene(app):
    return Scene()


def votes(scene):
    return load_field(scene.hall).votes


# -- comparing --------------------------------------------------------------------------------------------------------


def test_a_juror_sees_one_entry_then_compares_each_with_the_one_before(scene):
    assert scene.desk().offered is None
    voting.take_entry(scene.actor(scene.jurors[0]), scene.hall.public_id, at=NOW)
    first = scene.desk()
    assert first.offered is not None
    assert first.seen is None
    scene.answer(Answer.SEEN)
    second = scene.desk()
    assert second.seen == first.offered
    assert second.offered not in {None, first.offered}
    scene.answer(Answer.WORSE)
    third = scene.desk()
    assert third.seen == second.offered
    assert third.made == 1
    assert [tuple(vote) for vote in votes(scene)] == [
        (first.offered.id, second.offered.id, scene.jurors[0].id)
    ]
    step = db.session.query(Step).filter_by(kind=StepKind.VOTE).one()
    assert (step.user_id, step.at, step.seen_id) == (scene.jurors[0].id, NOW, first.offered.id)


def test_a_double_click_votes_once_and_another_tab_is_told(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 1)
    token = scene.desk().seat.token
    scene.answer(Answer.BETTER, token=token)
    after = scene.desk().seat
    scene.answer(Answer.BETTER, token=token)
    assert scene.desk().seat == after
    assert len(votes(scene)) == 2
    with pytest.raises(Stale):
        scene.answer(Answer.WORSE, token=token)
    with pytest.raises(Stale):
        scene.answer(Answer.BETTER, token="tidakpernah1")
    assert len(votes(scene)) == 2


def test_undo_restores_the_pair_and_keeps_the_withdrawn_vote(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 3)
    before, belief = scene.desk(), load_field(scene.hall).belief
    scene.answer(Answer.BETTER)
    token = scene.desk().seat.token
    scene.undo(token=token)
    scene.undo(token=token)  # the same click once more
    again = scene.desk()
    assert (again.seen, again.offered, again.made) == (before.seen, before.offered, 3)
    assert (load_field(scene.hall).belief.fit.ability == belief.fit.ability).all()
    assert (load_field(scene.hall).belief.fit.covariance == belief.fit.covariance).all()
    kept = db.session.query(Step).filter(Step.undone_at.is_not(None)).one()
    assert (kept.kind, kept.better_id) == (StepKind.VOTE, before.offered.id)
    assert again.seat.token not in {before.seat.token, token}
    for _step in range(4):  # three votes and the first look
        scene.undo()
    assert scene.desk().made == 0
    assert scene.desk().last is None
    with pytest.raises(Refused):
        scene.undo()
    with pytest.raises(Stale):
        scene.undo(token="tidakpernah1")


def test_skipping_is_no_vote_and_what_was_skipped_comes_last(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 0)
    voting.take_entry(scene.actor(scene.jurors[0]), scene.hall.public_id, at=NOW)
    scene.answer(Answer.SEEN)
    skipped, seen = scene.desk().offered, scene.desk().seen
    scene.answer(Answer.SKIP)
    assert scene.desk().seen == seen
    assert scene.desk().made == 0
    offered = []
    for _vote in range(3):
        offered.append(scene.desk().offered)
        scene.answer(Answer.BETTER)
    assert skipped not in offered
    scene.undo()
    scene.undo()
    scene.undo()
    scene.undo()
    assert scene.desk().offered == skipped


def test_every_pair_can_be_compared_and_then_it_is_enough(scene):
    desk = walk(scene.event.slug, scene.hall, scene.jurors[0], 99)
    assert desk.is_done
    assert desk.made == 10
    pairs = {frozenset(vote[:2]) for vote in votes(scene)}
    assert len(pairs) == 10
    ranked = load_outcome(scene.hall).rows
    assert [row.stall.number for row in ranked] == [1, 2, 3, 4, 5]


def test_an_answer_that_does_not_fit_the_screen_changes_nothing(scene):
    voting.take_entry(scene.actor(scene.jurors[0]), scene.hall.public_id, at=NOW)
    for said in (Answer.BETTER, Answer.WORSE):
        with pytest.raises(Stale):
            scene.answer(said)
    scene.answer(Answer.SEEN)
    with pytest.raises(Stale):
        scene.answer(Answer.SEEN)
    assert db.session.query(Step).count() == 1


def test_only_its_own_jurors_compare_and_only_while_it_is_open(scene):
    with pytest.raises(NotFound):
        voting.take_entry(scene.actor(scene.chair), scene.hall.public_id, at=NOW)
    with pytest.raises(NotFound):
        voting.take_entry(scene.actor(scene.organizer), scene.hall.public_id, at=NOW)
    walk(scene.event.slug, scene.hall, scene.jurors[0], 1)
    setup.close_contest(scene.actor(scene.chair), scene.hall.public_id, at=NOW)
    for act in (lambda: scene.answer(Answer.BETTER), scene.undo):
        with pytest.raises(Refused):
            act()
    assert len(votes(scene)) == 1


# -- conflicts and the hall -------------------------------------------------------------------------------------------


def test_an_entry_of_the_jurors_own_unit_is_never_before_them(scene):
    unit = build.make_unit()
    scene.jurors[0].unit_id = scene.ideas[2].unit_id = unit.id
    db.session.flush()
    desk = walk(scene.event.slug, scene.hall, scene.jurors[0], 99)
    assert desk.is_done
    assert desk.made == 6  # the pairs of four
    own = next(stall.id for stall in desk.field.stalls if stall.number == 3)
    assert own not in {key for vote in votes(scene) for key in vote[:2]}
    assert 3 not in {stall.number for stall, _busy in desk.hall}
    assert not may_read_compared(scene.actor(scene.jurors[0]), scene.ideas[2])
    assert may_read_compared(scene.actor(scene.jurors[0]), scene.ideas[1])


def test_a_conflict_declared_on_the_way_takes_the_entry_away_and_leaves_its_votes_out(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 3)
    here = scene.desk().offered
    idea = next(idea for idea in scene.ideas if idea.id == here.idea_id)
    actor = scene.actor(scene.jurors[0])
    with pytest.raises(Refused):
        declare_own_conflict(actor, idea.public_id, reason="x", at=NOW)
    declare_own_conflict(actor, idea.public_id, reason="Pernah membimbing tim ini", at=NOW)
    declare_own_conflict(actor, idea.public_id, reason="Pernah membimbing tim ini", at=NOW)
    assert db.session.query(Conflict).count() == 1
    assert scene.desk().offered is None
    with pytest.raises(Stale):
        scene.answer(Answer.BETTER)
    voting.take_entry(actor, scene.hall.public_id, at=NOW)
    assert scene.desk().offered not in {None, here}
    assert all(here.id not in vote[:2] for vote in votes(scene))
    assert db.session.query(Step).filter_by(kind=StepKind.VOTE).count() == 3


def test_nobody_compares_or_reads_before_signing_the_pact(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 1)
    db.session.query(PactSignature).filter_by(user_id=scene.jurors[0].id).delete()
    for act in (lambda: scene.answer(Answer.BETTER), scene.undo):
        with pytest.raises(Refused, match="pakta"):
            act()
    assert not may_read_compared(scene.actor(scene.jurors[0]), scene.ideas[1])
    assert may_read_compared(scene.actor(scene.jurors[1]), scene.ideas[1])
    assert len(votes(scene)) == 1


def test_beside_a_blind_round_nobody_is_named_to_those_who_judge(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 99)
    scene.round.is_blind = True
    db.session.flush()
    contest = get_contest(scene.event.id, scene.hall.public_id)

    def named(user):
        eyes = eyes_of(scene.actor(user), contest)
        return all(row.stall.team for row in load_outcome(contest, eyes).rows)

    assert not any(stall.team or stall.unit for stall, _busy in scene.desk().hall)
    assert reads_compared_blind(scene.actor(scene.jurors[0]), scene.ideas[0])
    assert not reads_compared_blind(scene.actor(scene.organizer), scene.ideas[0])
    assert [named(user) for user in (scene.organizer, scene.chair)] == [True, False]
    scene.round.chair_sees = True
    assert named(scene.chair)


def test_an_entry_the_chair_has_a_conflict_with_is_absent_from_their_rooms_and_keeps_its_rank(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 99)
    chair = scene.actor(scene.chair)
    declare_own_conflict(chair, scene.ideas[0].public_id, reason="Adik saya anggota timnya", at=NOW)
    contest = get_contest(scene.event.id, scene.hall.public_id)
    rows = load_outcome(contest, eyes_of(chair, contest)).rows
    assert [(row.stall.number, row.place.rank) for row in rows] == [(2, 2), (3, 3), (4, 4), (5, 5)]
    room = load_room(contest, NOW, eyes_of(chair, contest))
    assert {line.stall.number for line in room.entries} == {2, 3, 4, 5}
    assert room.votes == 10
    assert room.islands == 1
    assert len(load_room(contest, NOW, eyes_of(scene.actor(scene.organizer), contest)).entries) == 5


def test_two_jurors_are_not_sent_to_one_stand_until_the_visit_is_old(scene):
    for juror in scene.jurors:
        voting.take_entry(scene.actor(juror), scene.hall.public_id, at=NOW)
    first, second = scene.desk(0).offered, scene.desk(1).offered
    assert first != second
    assert {stall.id: busy for stall, busy in scene.desk(0).hall}[second.id]
    later = NOW + BUSY
    assert not any(busy for _stall, busy in scene.desk(0, later).hall)
    assert load_room(scene.hall, NOW).field.busy(NOW).keys() == {first.id, second.id}
    scene.hall.kind = ContestKind.RUNOFF
    assert not scene.desk(0).field.busy(NOW)


def test_an_entry_that_left_the_competition_is_not_offered_or_ranked_but_still_links(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 99)
    scene.ideas[0].state = IdeaState.DISQUALIFIED
    db.session.flush()
    outcome = load_outcome(scene.hall)
    assert [row.stall.number for row in outcome.rows] == [2, 3, 4, 5]
    assert outcome.votes == 10


# -- setting up, opening, closing -------------------------------------------------------------------------------------


def test_a_contest_from_its_plan_to_its_end(scene):
    actor = scene.actor(scene.organizer)
    made = setup.create_contest(actor, scene.round, ContestKind.HALL, scene.plan(), at=NOW)
    assert made.state is ContestState.DRAFT
    assert [stall.stand for stall in load_field(made).stalls] == ["1", "2", "3", "4", "5"]
    with pytest.raises(NotFound):
        voting.take_entry(scene.actor(scene.jurors[0]), made.public_id, at=NOW)
    setup.open_contest(actor, made.public_id, at=NOW)
    mails = db.session.query(OutboxMail).filter_by(template="pairwise_opened").all()
    assert {mail.address for mail in mails} == {juror.email for juror in scene.jurors}
    with pytest.raises(Refused):
        setup.open_contest(actor, made.public_id, at=NOW)
    setup.close_contest(actor, made.public_id, at=NOW)
    with pytest.raises(Refused):
        setup.close_contest(actor, made.public_id, at=NOW)
    with pytest.raises(Refused):
        setup.open_contest(actor, made.public_id, reason="", at=NOW)
    setup.open_contest(actor, made.public_id, reason="Dua juri terlambat datang", at=NOW)
    assert made.state is ContestState.OPEN
    assert db.session.query(OutboxMail).filter_by(template="pairwise_opened").count() == 2
    said = [row.action for row in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert said == ["pairwise.create", "pairwise.open", "pairwise.close", "pairwise.reopen"]
    assert {row.contest.name: tuple(row[1:]) for row in list_contests(scene.event.id)}["Aula"] == (5, 2, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "A"}, "name"),
        ({"name": "A" * 121}, "name"),
        ({"cut": 0}, "cut"),
        ({"cut": 5}, "cut"),
        ({"entries": {}}, "entries"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(scene, values, field):
    with pytest.raises(Refused) as refusal:
        setup.create_contest(
            scene.actor(scene.chair), scene.round, ContestKind.HALL, scene.plan(**values), at=NOW
        )
    assert refusal.value.field == field


def test_a_plan_with_strangers_or_too_long_stands_is_refused(scene):
    actor = scene.actor(scene.chair)
    keys = [idea.public_id for idea in scene.ideas]
    for values in (
        {"entries": {keys[0]: "", keys[1]: "", "tidakpernah1": ""}},
        {"jurors": [scene.organizer.public_id]},
    ):
        with pytest.raises(NotFound):
            setup.create_contest(actor, scene.round, ContestKind.HALL, scene.plan(**values), at=NOW)
    plan = scene.plan(entries={keys[0]: "9" * 21, keys[1]: ""}, cut=1)
    with pytest.raises(Refused):
        setup.create_contest(actor, scene.round, ContestKind.HALL, plan, at=NOW)
    with pytest.raises(NotAllowed):
        setup.create_contest(
            scene.actor(scene.jurors[0]), scene.round, ContestKind.HALL, scene.plan(), at=NOW
        )


def test_nobody_to_compare_is_no_contest(scene):
    actor = scene.actor(scene.chair)
    made = setup.create_contest(actor, scene.round, ContestKind.HALL, scene.plan(jurors=[]), at=NOW)
    with pytest.raises(Refused):
        setup.open_contest(actor, made.public_id, at=NOW)


def test_taking_out_what_was_compared_asks_a_reason_and_deletes_nothing(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 3)
    walk(scene.event.slug, scene.hall, scene.jurors[1], 4)
    actor, one = scene.actor(scene.organizer), [scene.jurors[1].public_id]
    with pytest.raises(Refused) as refusal:
        setup.update_contest(actor, scene.hall.public_id, scene.plan(jurors=one), at=NOW)
    assert refusal.value.field == "reason"
    plan = scene.plan(jurors=one, reason="Ternyata rekan satu tim peserta")
    setup.update_contest(actor, scene.hall.public_id, plan, at=NOW)
    assert {vote.juror for vote in votes(scene)} == {scene.jurors[1].id}
    assert db.session.query(Step).filter_by(kind=StepKind.VOTE).count() == 7
    detail = db.session.query(AuditDetail).order_by(AuditDetail.entry_id.desc()).first()
    assert detail.values["after"]["reason"] == "Ternyata rekan satu tim peserta"
    setup.update_contest(
        actor, scene.hall.public_id, scene.plan(), at=NOW
    )  # and back: everything counts again
    assert len(votes(scene)) == 7
    keys = [idea.public_id for idea in scene.ideas[1:]]
    fewer = scene.plan(entries=dict.fromkeys(keys, "9"), reason="Tim mengundurkan diri")
    setup.update_contest(actor, scene.hall.public_id, fewer, at=NOW)
    assert [row.stall.number for row in load_outcome(scene.hall).rows].count(1) == 0
    assert len(votes(scene)) == 7
    setup.close_contest(actor, scene.hall.public_id, at=NOW)
    with pytest.raises(Refused):
        setup.update_contest(actor, scene.hall.public_id, scene.plan(), at=NOW)


# -- the outcome ------------------------------------------------------------------------------------------------------


def test_the_seal_opens_step_by_step(scene):
    def sees(user):
        return policy.can_see_outcome(scene.actor(user), find_seal(contest))

    contest = get_contest(scene.event.id, scene.hall.public_id)
    assert [sees(u) for u in (scene.organizer, scene.chair, scene.jurors[0])] == [True, False, False]
    setup.close_contest(scene.actor(scene.organizer), scene.hall.public_id, at=NOW)
    assert [sees(u) for u in (scene.organizer, scene.chair, scene.jurors[0])] == [True, True, False]
    build.make_ballot(build.make_assignment(scene.round, scene.ideas[0], scene.jurors[0]), [4, 4, 4, 4, 4])
    for before, after in itertools.pairwise(LADDER):
        assert not sees(scene.jurors[0])
        climb(scene.event, scene.organizer, before, after)
    assert sees(scene.jurors[0])
    setup.open_contest(scene.actor(scene.chair), scene.hall.public_id, reason="Ada juri menyusul", at=NOW)
    assert not sees(scene.jurors[0])


def test_the_outcome_stands_beside_the_rubrics(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 99)
    for idea, values in zip(scene.ideas[:3], ([3] * 5, [5] * 5, [3] * 5), strict=True):
        build.make_ballot(build.make_assignment(scene.round, idea, scene.jurors[1]), values)
    rows = {row.stall.number: row for row in load_outcome(scene.hall).rows}
    assert [(rows[n].place.rank, rows[n].raw_rank, rows[n].moved) for n in (1, 2, 3, 4)] == [
        (1, 2, 1),
        (2, 1, -1),
        (3, 2, -1),
        (4, None, None),
    ]
    assert (rows[2].raw, rows[2].ballots, rows[4].ballots) == (100, 1, 0)
    assert rows[1].compared == 4
    assert [(j.name, j.votes) for j in load_outcome(scene.hall).jurors] == [("Agus", 10)]


def test_the_outcome_is_the_batch_fit_of_what_counts(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 6)
    walk(scene.event.slug, scene.hall, scene.jurors[1], 6, prefers=lambda a, b: a > b)
    field = load_field(scene.hall)
    again = settle(field.keys, list(reversed(field.votes)))
    assert again.fit.ability == pytest.approx(field.settled.fit.ability, abs=1e-9)


def test_the_room_tells_who_did_how_much_and_what_is_not_linked(scene):
    walk(scene.event.slug, scene.hall, scene.jurors[0], 1)
    room = load_room(scene.hall, NOW)
    assert (room.votes, room.islands, room.least_seen) == (1, 4, 0)
    assert not room.is_linked
    lines = {line.seat.name: line for line in room.jurors}
    assert (lines["Agus"].votes, lines["Maria"].votes, lines["Maria"].last_at) == (1, 0, None)
    assert [line.seen for line in room.entries] == sorted(line.seen for line in room.entries)
    walk(scene.event.slug, scene.hall, scene.jurors[0], 99)
    assert load_room(scene.hall, NOW).is_linked


def test_the_chair_decides_a_run_off_with_a_reason(scene):
    actor = scene.actor(scene.chair)
    with pytest.raises(Refused):
        decide_runoff(actor, scene.hall.public_id, Verdict.KEEP, reason="Tidak cukup beda", at=NOW)
    scene.hall.kind, scene.hall.state = ContestKind.RUNOFF, ContestState.CLOSED
    db.session.flush()
    with pytest.raises(Refused):
        decide_runoff(actor, scene.hall.public_id, Verdict.FOLLOW, reason=" ", at=NOW)
    with pytest.raises(NotAllowed):
        decide_runoff(
            scene.actor(scene.jurors[0]), scene.hall.public_id, Verdict.FOLLOW, reason="Jelas", at=NOW
        )
    decide_runoff(actor, scene.hall.public_id, Verdict.FOLLOW, reason="Selisihnya jelas", at=NOW)
    assert (scene.hall.verdict, scene.hall.verdict_by_id) == (Verdict.FOLLOW, scene.chair.id)


def test_a_tie_of_the_board_becomes_a_run_off(scene):
    for idea, values in zip(scene.ideas[:3], ([4] * 5, [4] * 5, [3] * 5), strict=True):
        build.make_ballot(build.make_assignment(scene.round, idea, scene.jurors[1]), values)
    actor = scene.actor(scene.organizer)
    made = start_runoff(actor, 1, Bracket("", 0, 1, 1), at=NOW)
    assert made.kind is ContestKind.RUNOFF
    assert made.state is ContestState.DRAFT
    field = load_field(made)
    assert [stall.number for stall in field.stalls] == [1, 2]
    assert {seat.user_id for seat in field.seats} == {u.id for u in (*scene.jurors, scene.chair)}
    with pytest.raises(Refused):
        start_runoff(actor, 1, Bracket("", 0, 3, 3), at=NOW)
    with pytest.raises(NotFound):  # sealed for the chair while ballots are collected
        start_runoff(scene.actor(scene.chair), 1, Bracket("", 0, 1, 1), at=NOW)


def vote(contest, juror, winner, loser):
    pair = {"seen_id": loser.id, "offered_id": winner.id, "better_id": winner.id}
    about = {"contest_id": contest.id, "user_id": juror.id, "kind": StepKind.VOTE, "token": f"t{juror.id}"}
    return Step(**about, **pair, at=NOW)


def test_what_the_board_cannot_tell_apart_becomes_a_run_off_and_its_places_stand_beside(scene):
    marks = [(4, 5), (5, 4), (1, 2)]
    for idea, given in zip(scene.ideas[:3], marks, strict=True):
        for juror, mark in zip(scene.jurors, given, strict=True):
            build.make_ballot(
                build.make_assignment(scene.round, idea, juror), [mark] * 4 + [min(5, mark + given[0] % 2)]
            )
    actor = scene.actor(scene.organizer)
    standing = load_standing(actor.event, get_board(actor.event, 1), Filter())
    bracket = next(iter(list_brackets(get_board(actor.event, 1), standing).values()))
    made = start_runoff(actor, 1, bracket, at=NOW)
    wanted = {row.idea_id for row in standing.rows.items if row.rank and row.rank <= bracket.last}
    assert {stall.idea_id for stall in load_field(made).stalls} == wanted
    assert len(wanted) >= 2
    with pytest.raises(Refused, match="berubah"):
        start_runoff(actor, 1, bracket._replace(last=bracket.last + 5), at=NOW)
    assert list_runoff_places([made]) == {}
    made.state = ContestState.CLOSED
    first, other = load_field(made).stalls[:2]
    assert list_runoff_places([made]) == {}  # nobody has compared
    db.session.add_all(vote(made, juror, winner=other, loser=first) for juror in scene.jurors)
    db.session.flush()
    places = list_runoff_places([made])
    assert (places[other.idea_id].rank, places[other.idea_id].of) == (1, len(wanted))
    assert places[first.idea_id].rank > 1


def test_what_a_page_reads_does_not_grow_with_entries_jurors_and_votes(app):
    def count(scene):
        contest = get_contest(scene.event.id, scene.hall.public_id)
        db.session.expunge_all()
        found = []
        for read in (
            lambda: load_desk(contest, scene.jurors[0].id, NOW),
            lambda: load_room(contest, NOW),
            lambda: load_outcome(contest),
        ):
            with counted_queries() as queries:
                read()
            found.append(len(queries))
        return found

    small, large = Scene(entries=2), Scene(entries=9)
    for juror in large.jurors:
        walk(large.event.slug, large.hall, juror, 7)
    db.session.query(ContestJuror).count()
    assert count(small) == count(large)
    assert max(count(large)) <= 10
