"""How a round is ranked: chosen beforehand, locked with the first ballot; rulings on ties; ballots out and in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.domain.method import PLAIN, Method, ScoringRules
from innovate.results.domain.standing import hash_rows
from innovate.results.domain.ties.rules import HOUSE_ORDER, TieRule
from innovate.results.models import Snapshot
from innovate.results.queries import boards, snapshots
from innovate.results.queries.effects import compare
from innovate.results.queries.explained import explain_frozen, explain_open
from innovate.results.queries.severities import report_jury
from innovate.results.queries.ties import list_waiting_ties
from innovate.results.services import boards as services
from innovate.results.services import exclusion, plenary
from innovate.results.services.rules import begin_rules, set_rules
from innovate.scoring.queries.ballots import get_panel_sheet
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

WHY = "Sidang pleno 4 Desember: dampaknya lebih luas."
MARKS = {"A": (3, 4), "B": (2, 5), "C": (4, 5), "D": (1, 3), "E": (2, 4), "F": (3, 5)}


@pytest.fixture
def event(db_session) -> Event:
    return make_event(shift_days=-17)


def person(event: Event, role: Role) -> Actor:
    user = make_user()
    give_role(event, user, role)
    return get_actor(event.slug, user)


def judge(event: Event, round_) -> dict[str, tuple]:
    """Six entries, each by two of three jurors of whom one is strict; by title: the idea and its seats."""
    jurors = [make_user() for _ in range(3)]
    found = {}
    for n, (title, marks) in enumerate(MARKS.items()):
        group = next(g.id for g in get_actor(event.slug, None).event.groups if g.code == "A")
        idea = make_idea(
            make_team(event, group_id=group), state=IdeaState.ELIGIBLE, title=title, number=n + 1
        )
        seats = []
        for juror, mark in zip((jurors[n % 3], jurors[(n + 1) % 3]), marks, strict=True):
            seats.append(make_assignment(round_, idea, juror))
            make_ballot(seats[-1], [mark] * 5)
        found[title] = (idea, seats)
    return found


def view_of(event: Event, number: int = 1):
    return boards.get_board(get_actor(event.slug, None).event, number)


def test_rules_are_chosen_before_the_first_ballot_of_any_round_and_written_down(event: Event) -> None:
    first, _final = make_round(event), make_round(event, PhaseKind.FINAL)
    actor = person(event, Role.ORGANIZER)
    assert view_of(event).rules == PLAIN
    chosen = ScoringRules(Method.SPREAD, (TieRule.PLENARY, TieRule.SHARED), 2, 70.5, 3, joint=True)
    set_rules(actor, 2, chosen, at=NOW)
    assert view_of(event, 2).rules == chosen
    entry = db.session.query(AuditEntry).filter_by(action="round.rules").one()
    assert entry.actor_id == actor.user_id
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE)
    make_ballot(make_assignment(first, idea, make_user()), [4] * 5)
    with pytest.raises(Refused, match="terkunci"):
        set_rules(actor, 2, replace(chosen, method=Method.RAW), at=NOW)
    assert view_of(event, 2).rules == chosen


@pytest.mark.parametrize("role", [Role.CHAIR, Role.JUROR, Role.AUDITOR, Role.SECRETARIAT])
def test_only_organizers_choose_the_rules(event: Event, role: Role) -> None:
    make_round(event)
    with pytest.raises(NotAllowed):
        set_rules(person(event, role), 1, ScoringRules(), at=NOW)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("ties", {"tie_order": (TieRule.PLENARY, TieRule.PLENARY, TieRule.SHARED)}),
        ("ties", {"tie_order": (TieRule.LOT, TieRule.HEAVIEST, TieRule.SHARED)}),
        ("passing", {"passing": 101.0}),
        ("minimum_ballots", {"minimum_ballots": 0}),
        ("quota", {"quota": 0}),
    ],
)
def test_rules_that_make_no_sense_are_refused(event: Event, field: str, change) -> None:
    make_round(event)
    with pytest.raises(Refused) as refusal:
        set_rules(person(event, Role.ORGANIZER), 1, replace(ScoringRules(), **change), at=NOW)
    assert refusal.value.field == field


def test_a_new_round_begins_with_the_house_rules_a_copy_with_its_own(event: Event) -> None:
    first, second = make_round(event), make_round(event, PhaseKind.FINAL)
    begin_rules(first, None)
    assert view_of(event).rules == ScoringRules(Method.FAIR, HOUSE_ORDER)
    set_rules(person(event, Role.ORGANIZER), 1, replace(ScoringRules(), quota=7), at=NOW)
    begin_rules(second, first)
    assert view_of(event, 2).rules.quota == 7


def test_a_frozen_fair_board_keeps_everything_it_was_computed_from(event: Event) -> None:
    round_ = make_round(event)
    begin_rules(round_, None)
    found = judge(event, round_)
    actor = person(event, Role.ORGANIZER)
    for before, after in ((S.COLLECTING, S.PROVISIONAL), (S.PROVISIONAL, S.FROZEN)):
        board = services.move_board(actor, 1, after, expected=before, at=NOW)
    kept = db.session.get(Snapshot, board.snapshot_id)
    rows = snapshots.list_all_rows(kept.id)
    assert kept.method == "fair"
    assert kept.rules["tie_order"][0] == "heaviest_criterion"
    (fit,) = kept.fits
    assert (fit["ballots"], fit["jurors"], float(fit["ratio"]) > 0) == (12, 3, True)
    assert (kept.top, kept.seed) == (3, 20_261_123)
    assert kept.sha256 == hash_rows(boards.compute_rows(event, view_of(event)))
    assert all(row.low < row.score < row.high and row.rank_low <= row.rank <= row.rank_high for row in rows)
    assert {row.raw_rank for row in rows} >= {1}
    explained = explain_frozen(view_of(event), found["A"][0].public_id)
    assert len(explained.steps[0]["ballots"]) == 2
    make_ballot(make_assignment(round_, found["A"][0], make_user()), [1] * 5)
    again = explain_frozen(view_of(event), found["A"][0].public_id)
    assert again.steps == explained.steps, "late ballots change nothing shown"
    services.move_board(actor, 1, S.PROVISIONAL, expected=S.FROZEN, reason="Nilai terlambat masuk", at=NOW)
    assert len(explain_open(event, view_of(event), found["A"][0].public_id).steps[0]["ballots"]) == 3


def test_the_chair_settles_a_tie_with_a_reason_and_may_take_it_back(event: Event) -> None:
    round_ = make_round(event)
    set_rules(
        person(event, Role.ORGANIZER), 1, ScoringRules(Method.RAW, (TieRule.PLENARY, TieRule.SHARED)), at=NOW
    )
    group = next(g.id for g in get_actor(event.slug, None).event.groups if g.code == "A")
    ideas = [make_idea(make_team(event, group_id=group), state=IdeaState.ELIGIBLE) for _ in range(3)]
    for idea in ideas:
        make_ballot(make_assignment(round_, idea, make_user()), [4] * 5)
    chair, staff = person(event, Role.CHAIR), person(event, Role.ORGANIZER)
    order = [idea.public_id for idea in reversed(ideas)]
    with pytest.raises(Refused, match="sementara"):
        plenary.rule_tie(chair, 1, order, reason=WHY, at=NOW)
    services.move_board(staff, 1, S.PROVISIONAL, expected=S.COLLECTING, at=NOW)
    assert [len(tie) for tie in list_waiting_ties(event, view_of(event))] == [3]
    with pytest.raises(NotAllowed):
        plenary.rule_tie(staff, 1, order, reason=WHY, at=NOW)
    for wrong in (order[:2], [order[0]] * 3, []):
        with pytest.raises(Refused) as refusal:
            plenary.rule_tie(chair, 1, wrong, reason=WHY, at=NOW)
        assert refusal.value.field == "order"
    with pytest.raises(Refused) as refusal:
        plenary.rule_tie(chair, 1, order, reason="singkat", at=NOW)
    assert refusal.value.field == "reason"
    ruling = plenary.rule_tie(chair, 1, order, reason=WHY, at=NOW)
    rows = boards.compute_rows(event, view_of(event))
    assert [(row.idea_public_id, row.rank) for row in rows] == [(key, n) for n, key in enumerate(order, 1)]
    assert rows[0].tie["reason"] == WHY
    assert list_waiting_ties(event, view_of(event)) == []
    plenary.withdraw_ruling(chair, 1, ruling.id, reason="Salah membaca berita acara", at=NOW)
    assert [len(tie) for tie in list_waiting_ties(event, view_of(event))] == [3]
    with pytest.raises(NotFound):
        plenary.withdraw_ruling(chair, 1, ruling.id, reason="Salah membaca berita acara", at=NOW)


def test_a_ballot_is_taken_out_and_back_and_both_rankings_are_seen(event: Event) -> None:
    round_ = make_round(event)
    begin_rules(round_, None)
    found = judge(event, round_)
    chair = person(event, Role.CHAIR)
    seat = found["B"][1][1].public_id
    before = {row.title: row.rank for row in boards.compute_rows(event, view_of(event))}
    effect = compare(event, view_of(event), get_panel_sheet(event.id, seat))
    assert effect.own.counted.rank == before["B"]
    exclusion.count_out(chair, 1, seat, reason="Terbukti benturan kepentingan", at=NOW)
    rows = {row.title: row for row in boards.compute_rows(event, view_of(event))}
    assert (rows["B"].ballots, rows["B"].rank) == (1, effect.own.left_out.rank)
    after = compare(event, view_of(event), get_panel_sheet(event.id, seat))
    assert after.own.counted.rank == before["B"]
    with pytest.raises(Refused):
        exclusion.count_out(chair, 1, seat, reason="Sekali lagi", at=NOW)
    exclusion.count_in(chair, 1, seat, reason="Ternyata keliru", at=NOW)
    assert {row.title: row.rank for row in boards.compute_rows(event, view_of(event))} == before
    staff = person(event, Role.ORGANIZER)
    for state, to in ((S.COLLECTING, S.PROVISIONAL), (S.PROVISIONAL, S.FROZEN)):
        services.move_board(staff, 1, to, expected=state, at=NOW)
    with pytest.raises(Refused, match="dibekukan"):
        exclusion.count_out(chair, 1, seat, reason="Terlambat", at=NOW)
    with pytest.raises(NotAllowed):
        exclusion.count_out(person(event, Role.JUROR), 1, seat, reason="Bukan haknya", at=NOW)


def test_the_report_on_the_jury_names_the_strict_one_and_what_more_ballots_buy(event: Event) -> None:
    round_ = make_round(event)
    assert report_jury(view_of(event)) is None
    judge(event, round_)
    report = report_jury(view_of(event))
    assert [juror.severity for juror in report.jurors] == sorted(juror.severity for juror in report.jurors)
    assert sum(juror.ballots for juror in report.jurors) == report.ballots == 12
    values = [value for _k, value in report.buys]
    assert values == sorted(values)
    assert {question.flag.code.value for question in report.questions} >= {"straight"}
