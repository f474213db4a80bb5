"""Boards: computing, freezing, announcing, and every way back."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event, Prize, Track
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.results.models import BoardChange, Snapshot
from innovate.results.queries import boards, gallery, snapshots
from innovate.results.queries.snapshots import Filter
from innovate.results.services import boards as services
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.rounds import RoundEntry
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

FIVES, FOURS, THREES = [5] * 5, [4] * 5, [3] * 5


def scored_idea(event: Event, round_, ballots: list[list[int]], *, group: str = "A", **values):
    actor = get_actor(event.slug, None)
    group_id = next(g.id for g in actor.event.groups if g.code == group)
    idea = make_idea(make_team(event, group_id=group_id), state=IdeaState.ELIGIBLE, **values)
    for marks in ballots:
        make_ballot(make_assignment(round_, idea, make_user()), marks)
    return idea


def organizer_of(event: Event, role: Role = Role.ORGANIZER) -> Actor:
    user = make_user()
    give_role(event, user, role)
    return get_actor(event.slug, user)


def move(actor: Actor, *states: S, reason: str = "Salah hitung bobot kriteria", number: int = 1):
    board = None
    for before, after in itertools.pairwise(states):
        board = services.move_board(actor, number, after, expected=before, reason=reason, at=NOW)
    return board


UP = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)


@pytest.fixture
def event(db_session) -> Event:
    return make_event(shift_days=-17)


def test_ranks_follow_the_mean_of_complete_ballots_per_group(event: Event) -> None:
    round_ = make_round(event)
    best = scored_idea(event, round_, [FIVES, FOURS])
    equal = scored_idea(event, round_, [FOURS, FIVES])
    other = scored_idea(event, round_, [THREES], group="B")
    low = scored_idea(event, round_, [THREES, FOURS])
    make_ballot(make_assignment(round_, low, make_user()), FIVES, state=BallotState.DRAFT)
    rows = boards.compute_rows(event, boards.get_board(get_actor(event.slug, None).event, 1))
    assert {r.idea_id: (r.group_code, r.rank, round(r.score, 6), r.ballots) for r in rows} == {
        best.id: ("A", 1, 87.5, 2),
        equal.id: ("A", 1, 87.5, 2),
        low.id: ("A", 3, 62.5, 2),
        other.id: ("B", 1, 50.0, 1),
    }


def test_only_eligible_ideas_appear_and_unscored_ones_have_no_rank(event: Event) -> None:
    round_ = make_round(event)
    unscored = scored_idea(event, round_, [])
    for state in (IdeaState.SUBMITTED, IdeaState.INELIGIBLE, IdeaState.WITHDRAWN, IdeaState.DISQUALIFIED):
        make_idea(make_team(event), state=state)
    rows = boards.compute_rows(event, boards.get_board(get_actor(event.slug, None).event, 1))
    assert [(r.idea_id, r.rank, r.score) for r in rows] == [(unscored.id, None, None)]


def test_the_final_combines_rounds_by_weight_and_takes_finalists_only(event: Event) -> None:
    desk = make_round(event, weight=Decimal(70))
    final = make_round(event, PhaseKind.FINAL, weight=Decimal(30))
    for rank, name in enumerate(("Juara I", "Juara II"), 1):
        add(Prize(event_id=event.id, name=name, rank=rank, position=rank))
    first = scored_idea(event, desk, [FOURS])
    second = scored_idea(event, desk, [FIVES])
    scored_idea(event, desk, [FIVES])
    for idea, marks in ((first, FIVES), (second, THREES)):
        add(RoundEntry(round_id=final.id, idea_id=idea.id, added_by_id=make_user().id, added_at=NOW))
        make_ballot(make_assignment(final, idea, make_user()), marks)
    rows = boards.compute_rows(event, boards.get_board(get_actor(event.slug, None).event, 2))
    assert [(r.idea_id, r.rank, round(r.score, 6), r.award) for r in rows] == [
        (second.id, 1, 85.0, "Juara I"),
        (first.id, 2, 82.5, "Juara II"),
    ]


def test_a_frozen_board_does_not_move_with_later_ballots(event: Event) -> None:
    round_ = make_round(event)
    idea = scored_idea(event, round_, [FOURS], title="PARIT KITA")
    actor = organizer_of(event)
    board = move(actor, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    make_ballot(make_assignment(round_, idea, make_user()), FIVES)
    idea.title = "LAIN"
    db.session.flush()
    snapshot = db.session.get(Snapshot, board.snapshot_id)
    (row,) = snapshots.list_snapshot_rows(snapshot, Filter()).items
    assert (row.title, row.score, row.ballots) == ("PARIT KITA", 75.0, 1)


def test_the_public_sees_nothing_until_the_announcement(event: Event) -> None:
    round_ = make_round(event)
    scored_idea(event, round_, [FOURS])
    actor = organizer_of(event)
    for before, after in itertools.pairwise(UP):
        assert boards.find_public_board(actor.event) is None
        assert snapshots.list_latest_winners() == []
        move(actor, before, after)
    assert boards.find_public_board(actor.event).state is S.ANNOUNCED
    mails = list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == "results_announced")))
    assert len(mails) == 1


def test_taking_back_needs_a_reason_and_keeps_the_old_snapshot_readable(event: Event) -> None:
    round_ = make_round(event)
    idea = scored_idea(event, round_, [FOURS])
    actor = organizer_of(event)
    board = move(actor, *UP)
    first = board.snapshot_id
    with pytest.raises(Refused, match="alasan") as refusal:
        move(actor, S.ANNOUNCED, S.PROVISIONAL, reason="salah")
    assert refusal.value.field == "reason"
    move(actor, S.ANNOUNCED, S.PROVISIONAL)
    make_ballot(make_assignment(round_, idea, make_user()), FIVES)
    board = move(actor, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
    old, new = db.session.get(Snapshot, first), db.session.get(Snapshot, board.snapshot_id)
    assert (old.number, new.number) == (1, 2)
    assert old.superseded_reason == "Salah hitung bobot kriteria"
    assert [r.score for r in snapshots.list_all_rows(old.id)] == [75.0]
    assert [r.score for r in snapshots.list_all_rows(new.id)] == [87.5]
    reasons = list(db.session.scalars(select(BoardChange.reason).where(BoardChange.after == S.PROVISIONAL)))
    assert "Salah hitung bobot kriteria" in reasons


def test_two_people_cannot_move_it_blindly_and_steps_cannot_be_skipped(event: Event) -> None:
    scored_idea(event, make_round(event), [FOURS])
    actor = organizer_of(event)
    with pytest.raises(Refused):
        move(actor, S.COLLECTING, S.ANNOUNCED)
    move(actor, S.COLLECTING, S.PROVISIONAL)
    with pytest.raises(Stale):
        move(actor, S.COLLECTING, S.PROVISIONAL)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.JUROR, Role.AUDITOR, Role.SECRETARIAT, Role.MENTOR])
def test_only_organizers_move_a_board(event: Event, role: Role) -> None:
    make_round(event)
    with pytest.raises(NotAllowed):
        move(organizer_of(event, role), S.COLLECTING, S.PROVISIONAL)


def test_an_empty_board_is_not_frozen_and_a_foreign_number_is_absent(event: Event) -> None:
    make_round(event)
    actor = organizer_of(event)
    move(actor, S.COLLECTING, S.PROVISIONAL)
    with pytest.raises(Refused, match="Belum ada karya"):
        move(actor, S.PROVISIONAL, S.FROZEN)
    with pytest.raises(NotFound):
        move(actor, S.COLLECTING, S.PROVISIONAL, number=2)


def test_options_are_fixed_once_frozen(event: Event) -> None:
    scored_idea(event, make_round(event), [FOURS])
    actor = organizer_of(event)
    services.set_board_options(actor, 1, shows_scores=False, minimum_ballots=1, at=NOW)
    move(actor, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    with pytest.raises(Refused, match="dibekukan"):
        services.set_board_options(actor, 1, shows_scores=True, minimum_ballots=1, at=NOW)


def test_search_category_and_gallery(event: Event) -> None:
    round_ = make_round(event)
    track = db.session.scalar(select(Track).where(Track.event_id == event.id, Track.code == "layanan"))
    scored_idea(event, round_, [FIVES], title="100% SIAGA", track_id=track.id, in_gallery=True)
    scored_idea(event, round_, [FOURS], title="LENTERA")
    board = move(organizer_of(event), *UP)
    snapshot = db.session.get(Snapshot, board.snapshot_id)

    def shown(chosen):
        return gallery.list_gallery(snapshot.id, snapshot.id, chosen)

    def titles(**chosen):
        return [r.title for r in snapshots.list_snapshot_rows(snapshot, Filter(**chosen)).items]

    assert titles(search="100%") == ["100% SIAGA"]
    assert titles(search="%") == ["100% SIAGA"]
    assert titles(track="layanan") == ["100% SIAGA"]
    assert titles(group="B") == []
    assert [(r.title, award) for r, award in shown(Filter()).items] == [("100% SIAGA", "")]
    hidden = next(r for r in snapshots.list_all_rows(snapshot.id) if r.title == "LENTERA")
    with pytest.raises(NotFound):
        gallery.get_gallery_row(snapshot.id, snapshot.id, hidden.idea_public_id)


def test_late_entries_do_not_reorder_an_announced_board(event: Event) -> None:
    round_ = make_round(event)
    scored_idea(event, round_, [THREES])
    actor = organizer_of(event)
    move(actor, *UP)
    scored_idea(event, round_, [FIVES])
    services.move_board(actor, 1, S.FINAL, expected=S.ANNOUNCED, at=NOW + timedelta(days=5))
    view = boards.find_public_board(actor.event)
    assert [r.score for r in snapshots.list_all_rows(view.board.snapshot_id)] == [50.0]
