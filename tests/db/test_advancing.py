"""Advancing into the next round, its own jury, and whether earlier scores count."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.results.domain.advance import CutRule
from innovate.results.queries import boards
from innovate.results.queries.advance import find_following, get_advance
from innovate.results.services.advance import advance_entries
from innovate.scoring.queries.draws import load_draw
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import list_round_entry_ids, list_rounds
from innovate.scoring.services import assignment, rounds
from innovate.scoring.services.round_jury import set_round_jury
from tests.db.test_boards import FIVES, FOURS, THREES, move, organizer_of, scored_idea
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_round,
    make_user,
)

WHY = "Berita acara pleno nomor 7"
HIGH_ON_SECOND = [
    4,
    5,
    3,
    4,
    4,
]  # the same total as five fours: two criteria weigh 25, one gains and one loses


@pytest.fixture
def stage(db_session):
    """A judged round of group A (one clear winner, a tie of two) and B (one), frozen, with a final after it."""
    event = make_event(shift_days=-17)
    round_, final = make_round(event), make_round(event, PhaseKind.FINAL)
    ideas = {
        "first": scored_idea(event, round_, [FIVES], title="JUARA"),
        "one": scored_idea(event, round_, [FOURS], title="SETARA SATU"),
        "two": scored_idea(event, round_, [FOURS], title="SETARA DUA"),
        "low": scored_idea(event, round_, [THREES], title="RENDAH"),
        "other": scored_idea(event, round_, [THREES], group="B", title="LAIN"),
    }
    actor = organizer_of(event)
    move(actor, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    return event, actor, final, ideas


def seen(actor) -> int:
    return boards.get_board(actor.event, 1).board.snapshot_id


def advance(actor, per_group: int = 2, rule: CutRule = CutRule.CRITERIA, **values):
    return advance_entries(
        actor,
        1,
        **{"per_group": per_group, "rule": rule, "reason": WHY, "seen": seen(actor), "at": NOW, **values},
    )


def test_the_first_of_each_group_advance_with_a_record(stage) -> None:
    _event, actor, final, ideas = stage
    assert advance(actor, 1) == (2, 0)
    assert list_round_entry_ids(final.id) == {ideas["first"].id, ideas["other"].id}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "round.advance")).one()
    assert entry.actor_id == actor.user_id
    assert advance(actor, 3) == (2, 0)  # the tie fits now


def test_a_tie_at_the_cut_is_settled_by_the_rule_or_by_hand(stage) -> None:
    _event, actor, final, ideas = stage
    with pytest.raises(Refused, match="pilih tepat 1"):
        advance(actor)  # equal on every criterion as well
    assert list_round_entry_ids(final.id) == frozenset()
    with pytest.raises(Refused, match="pilih tepat 1"):
        advance(actor, rule=CutRule.HAND, chosen=[ideas["one"].public_id, ideas["two"].public_id])
    with pytest.raises(Refused, match="pilih tepat 1"):  # who is not tied at the cut is no choice
        advance(actor, rule=CutRule.HAND, chosen=[ideas["low"].public_id])
    assert advance(actor, rule=CutRule.HAND, chosen=[ideas["two"].public_id]) == (3, 0)
    assert list_round_entry_ids(final.id) == {ideas[key].id for key in ("first", "two", "other")}
    assert advance(actor, rule=CutRule.ALL) == (1, 0)
    assert advance(actor, rule=CutRule.NONE) == (0, 2)


def test_the_heavier_criterion_decides(db_session) -> None:
    event = make_event(shift_days=-17)
    round_ = make_round(event)
    make_round(event, PhaseKind.FINAL)
    scored_idea(event, round_, [FOURS])
    ahead = scored_idea(event, round_, [HIGH_ON_SECOND])
    actor = organizer_of(event)
    move(actor, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    found = get_advance(actor.event, 1, per_group=1, rule=CutRule.CRITERIA)
    rows = {row.score for row in found.rows.values()}
    assert len(rows) == 1, "the fixture's two entries must be tied"
    (cut,) = found.cuts
    assert cut.advancing == (ahead.id,)
    assert found.criteria[cut.by_criterion[ahead.id]] == "Efektivitas"


def test_only_organizers_advance_and_only_from_what_they_saw(stage) -> None:
    event, actor, _final, _ideas = stage
    with pytest.raises(NotAllowed):
        advance(organizer_of(event, Role.CHAIR))
    with pytest.raises(Stale):
        advance(actor, 1, seen=seen(actor) + 1)
    with pytest.raises(Refused, match="alasan"):
        advance(actor, 1, reason="  ")
    move(actor, S.FROZEN, S.PROVISIONAL)
    with pytest.raises(NotFound):
        advance(actor, 1, seen=1)
    assert find_following(actor.event, boards.get_board(actor.event, 1)) is None
    with pytest.raises(NotFound):
        get_advance(actor.event, 2, per_group=1, rule=CutRule.ALL)


def test_a_final_that_carries_nothing_counts_alone(stage) -> None:
    event, actor, final, ideas = stage
    advance(actor, 1)
    for key, marks in (("first", THREES), ("other", FIVES)):
        make_ballot(make_assignment(final, ideas[key], make_user()), marks)
    final.weight = Decimal(50)
    list_rounds(event.id)[0].weight = Decimal(50)
    final.number = 2

    def scores() -> dict[str, float]:
        db.session.flush()
        return {row.title: row.score for row in boards.compute_rows(event, boards.get_board(event, 2))}

    assert scores() == {"JUARA": 75.0, "LAIN": 75.0}
    values = {"ballots_per_idea": 3, "weight": Decimal(50), "takes_all": False, "at": NOW}
    rounds.update_round(actor, final, carries=False, **values)
    assert scores() == {"JUARA": 50.0, "LAIN": 100.0}


def test_a_round_has_a_jury_of_its_own(stage) -> None:
    event, actor, final, ideas = stage
    advance(actor, 1)
    inside, outside = make_user(name="Juri Dalam"), make_user(name="Juri Luar")
    for juror in (inside, outside):
        give_role(event, juror, Role.JUROR)
    assert find_round_jury(final) is None
    assert {juror.id for juror in load_draw(final).jurors} == {inside.id, outside.id}
    set_round_jury(actor, final, [inside.id], at=NOW)
    assert find_round_jury(final) == {inside.id}
    assert {juror.id for juror in load_draw(final).jurors} == {inside.id}
    with pytest.raises(Refused, match="Juri Luar tidak bertugas"):
        assignment.assign_juror(actor, final, ideas["first"].public_id, outside.public_id, at=NOW)
    assignment.assign_juror(actor, final, ideas["first"].public_id, inside.public_id, at=NOW)
    with pytest.raises(Refused, match="Juri Dalam"):
        set_round_jury(actor, final, [outside.id], at=NOW)
    set_round_jury(actor, final, [inside.id, outside.id], at=NOW)
    assert find_round_jury(final) is None
    with pytest.raises(NotAllowed):
        set_round_jury(organizer_of(event, Role.CHAIR), final, [inside.id], at=NOW)
    with pytest.raises(Refused, match="paling sedikit satu"):
        set_round_jury(actor, final, [make_user().id], at=NOW)
