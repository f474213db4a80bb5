"""From ballots to a board: rounds combined, groups and pools apart, ties, minimum, passing grade and quota."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.ideas.domain.entries import BoardEntry
from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.method import PLAIN, Method, ScoringRules
from innovate.results.domain.placing import Unplaced, read_decision
from innovate.results.domain.rows import build_rows
from innovate.results.domain.scored.places import choose_top, gather, place_groups, settle_groups
from innovate.results.domain.scored.rounds import score_rounds
from innovate.results.domain.scored.working import show_workings
from innovate.results.domain.standing import Row, divide, find_cuts, hash_rows
from innovate.results.domain.ties.rules import Facts, Plenary, Rules, TieRule

# docs/algorithms/fair-score.md: eight ideas, three jurors of different severity
WORKED = {
    3: {2: 84, 3: 87},
    1: {1: 74, 2: 83},
    2: {1: 72, 3: 84},
    8: {2: 76, 3: 86},
    7: {1: 69, 2: 77},
    4: {1: 66, 2: 75},
    6: {1: 64, 3: 76},
    5: {2: 71, 3: 74},
}


class Line(NamedTuple):
    idea_id: int
    group_code: str


def entry(idea_id: int, group: str = "A", track: str = "t") -> BoardEntry:
    return BoardEntry(
        idea_id, f"p{idea_id}", idea_id, f"INOVASI {idea_id}", group, track, "Tim", "Dinas", True
    )


def ballots(table: dict[int, dict[int, float]]):
    return collect([(idea, juror, total) for idea, given in table.items() for juror, total in given.items()])


def board(
    *rounds: tuple[float, dict[int, dict[int, float]]],
    entries: list[BoardEntry] | None = None,
    rules: ScoringRules = PLAIN,
    facts: dict[int, Facts] | None = None,
    plenaries: tuple[Plenary, ...] = (),
    awards: dict[int, str] | None = None,
) -> list[Row]:
    scoring = score_rounds([(w, ballots(t)) for w, t in rounds], rules.method, joint=rules.joint)
    entries = entries or [entry(idea) for idea in sorted({key for _w, table in rounds for key in table})]
    labels = {each.idea_id: each.group_code for each in entries}
    groups = gather(scoring, labels, list(labels), minimum=rules.minimum_ballots)
    order = Rules(order=rules.tie_order, plenaries=plenaries)
    found = settle_groups(
        scoring, groups, order, lambda tied: {n: (facts or {}).get(n, Facts()) for n in tied}
    )
    places = place_groups(scoring, groups, found, top=choose_top(groups, rules.quota), ranges=True)
    members = np.concatenate([group.members for group in groups]) if groups else np.zeros(0, int)
    known = {int(n): Unplaced(ballots=int(c)) for n, c in zip(scoring.ideas, scoring.ballots, strict=True)}
    workings = show_workings(scoring, members)
    return build_rows(entries, places, known, rules=rules, awards=awards or {}, workings=workings)


def three(value: float) -> dict[int, float]:
    return {1: value, 2: value, 3: value}


def test_worked_table() -> None:
    """The numbers of docs/algorithms/ranking.md."""
    desk = {1: three(80), 2: three(86), 3: three(74), 4: three(80)}
    talk = {1: three(90), 2: three(76), 3: three(95)}
    rows = board((70, desk), (30, talk), entries=[entry(n) for n in (1, 2, 3, 4)])
    found = [(r.idea_id, r.score and round(r.score, 6), r.rank, r.position) for r in rows]
    assert found == [(1, 83.0, 1, 1), (2, 83.0, 1, 2), (3, 80.3, 3, 3), (4, None, None, 4)]


def test_the_fair_board_of_the_worked_jury() -> None:
    """The numbers of docs/algorithms/fair-score.md, both ranks side by side."""
    rows = board((100, WORKED), rules=ScoringRules())
    assert [r.idea_id for r in rows] == [3, 1, 2, 8, 7, 4, 6, 5]
    assert [r.raw_rank for r in rows] == [1, 3, 4, 2, 5, 7, 8, 6]
    assert [round(r.score, 2) for r in rows[:3]] == [82.08, 81.37, 78.55]
    assert [(round(r.low, 1), round(r.high, 1)) for r in rows[:2]] == [(79.1, 85.0), (78.4, 84.3)]
    assert [(r.near_low, r.near_high) for r in rows] == [
        *((1, 3), (1, 4), (1, 5), (2, 6), (3, 6), (4, 8), (6, 8), (6, 8)),
    ]
    assert all(r.rank_low <= r.rank <= r.rank_high for r in rows)
    assert rows[0].p_top > 0.95 > rows[3].p_top


def test_the_working_leads_from_ballots_to_the_score() -> None:
    rows = board((70, WORKED), (30, WORKED), rules=ScoringRules())
    for row in rows:
        total = 0.0
        for step in row.working:
            left = [value - shift for value, shift in step["ballots"]]
            assert sum(left) / len(left) == pytest.approx(step["score"], abs=1e-5)
            assert [value for value, _shift in step["ballots"]] == sorted(
                (value for value, _shift in step["ballots"]), reverse=True
            )
            total += step["share"] * step["score"]
        assert total == pytest.approx(row.score, abs=1e-5)
    assert [round(shift, 2) for _value, shift in rows[1].working[0]["ballots"]] == [1.09, -6.84]
    assert all(shift is None for _value, shift in board((1, WORKED))[0].working[0]["ballots"])


def test_rounds_are_combined_by_weight_and_their_doubt_with_it() -> None:
    one = board((100, WORKED), rules=ScoringRules())
    both = board((50, WORKED), (50, WORKED), rules=ScoringRules())
    for row, twice in zip(one, both, strict=True):
        assert twice.score == pytest.approx(row.score)
        assert twice.se == pytest.approx(row.se / 2**0.5)


def test_jurors_and_ideas_that_nothing_connects_are_ranked_apart_and_nobody_wins() -> None:
    table = {1: {1: 80, 2: 90}, 2: {1: 70, 2: 75}, 3: {3: 60, 4: 65}, 4: {3: 50, 4: 52}}
    rows = board((100, table), rules=ScoringRules(), awards={1: "Juara I"})
    assert [(r.idea_id, r.pool, r.rank, r.position, r.award) for r in rows] == [
        (1, 0, 1, 1, ""),
        (2, 0, 2, 2, ""),
        (3, 1, 1, 3, ""),
        (4, 1, 2, 4, ""),
    ]
    assert [(run.pool, len(run.rows)) for run in divide(rows)] == [(0, 2), (1, 2)]
    for rules in (ScoringRules(joint=True), PLAIN):
        joined = board((100, table), rules=rules, awards={1: "Juara I"})
        assert (joined[0].pool, joined[0].rank, joined[0].award) == (0, 1, "Juara I")
        assert [r.rank for r in joined] == [1, 2, 3, 4]


def test_one_ballot_each_is_the_plain_mean_without_ranges() -> None:
    rows = board((100, {1: {1: 80}, 2: {2: 90}}), rules=ScoringRules())
    assert [(r.idea_id, r.rank, r.score, r.raw, r.low, r.p_top) for r in rows] == [
        (2, 1, 90, 90, None, None),
        (1, 2, 80, 80, None, None),
    ]


def test_too_few_ballots_is_listed_apart_without_rank() -> None:
    table = {1: {1: 99.0}, 2: three(50)}
    rows = board((100, table), rules=replace(PLAIN, minimum_ballots=2), entries=[entry(n) for n in (1, 2, 3)])
    assert [(r.idea_id, r.rank, r.ballots) for r in rows] == [(2, 1, 3), (1, None, 1), (3, None, 0)]


def test_groups_and_categories_rank_separately_and_prizes_follow_the_group() -> None:
    entries = [entry(1), entry(2, track="u"), entry(3, "B"), entry(4)]
    table = {1: three(70), 2: three(90), 3: three(60), 4: three(65)}
    rows = board((100, table), entries=entries, awards={1: "Juara I", 2: "Juara II"})
    assert [(r.idea_id, r.rank, r.track_rank, r.award) for r in rows] == [
        (2, 1, 1, "Juara I"),
        (1, 2, 1, "Juara II"),
        (4, 3, 2, ""),
        (3, 1, 1, "Juara I"),
    ]


def test_a_tie_is_settled_by_the_rules_in_their_order() -> None:
    table = {1: three(80), 2: three(80), 3: three(80), 4: three(70)}
    facts = {1: Facts([0.5, 0.9]), 2: Facts([0.6, 0.1]), 3: Facts([0.5, 0.9])}
    rows = board(
        (100, table), rules=replace(ScoringRules(), tie_order=(TieRule.HEAVIEST, TieRule.SHARED)), facts=facts
    )
    assert [(r.idea_id, r.rank) for r in rows] == [(2, 1), (1, 2), (3, 2), (4, 4)]
    decisions = [read_decision(r.tie) for r in rows]
    assert [(d and d.rule, d and d.won) for d in decisions] == [
        (TieRule.HEAVIEST, True),
        (TieRule.SHARED, False),
        (TieRule.SHARED, False),
        (None, None),
    ]
    rules = replace(ScoringRules(), tie_order=(TieRule.PLENARY, TieRule.SHARED))
    waiting = board((100, table), rules=rules)
    assert read_decision(waiting[0].tie).awaits_plenary
    decided = board((100, table), rules=rules, plenaries=(Plenary((3, 1, 2), "Sidang 4 Desember"),))
    assert [(r.idea_id, r.rank) for r in decided] == [(3, 1), (1, 2), (2, 3), (4, 4)]
    assert read_decision(decided[0].tie).reason == "Sidang 4 Desember"


def test_a_passing_grade_and_a_quota_say_who_passes_and_who_may_win() -> None:
    table = {1: three(90), 2: three(86), 3: three(84)}
    awards = {1: "Juara I", 2: "Juara II", 3: "Juara III"}
    rows = board((100, table), rules=replace(PLAIN, passing=85.0), awards=awards)
    assert [(r.passed, r.award) for r in rows] == [(True, "Juara I"), (True, "Juara II"), (False, "")]
    rows = board((100, table), rules=replace(PLAIN, passing=85.0, quota=1), awards=awards)
    assert [r.passed for r in rows] == [True, False, False]
    assert [r.passed for r in board((100, table))] == [None, None, None]


def test_the_hash_changes_with_any_score() -> None:
    before, again = board((100, WORKED)), board((100, WORKED))
    assert hash_rows(before) == hash_rows(again)
    assert hash_rows(before) != hash_rows(board((100, {**WORKED, 5: {2: 71, 3: 74.00001}})))


totals = st.dictionaries(
    st.integers(1, 12),
    st.dictionaries(st.integers(1, 4), st.integers(0, 100).map(float), min_size=1),
    min_size=1,
)


@given(totals, st.integers(1, 3), st.sampled_from(list(Method)))
def test_ranks_agree_with_counting_who_is_better(table, minimum: int, method: Method) -> None:
    rules = ScoringRules(method, (TieRule.SHARED,), minimum)
    rows = board((100, table), rules=rules)
    ranked = [row for row in rows if row.rank is not None]
    assert {row.idea_id for row in ranked} == {idea for idea, given in table.items() if len(given) >= minimum}
    for row in ranked:
        own = [other for other in ranked if other.pool == row.pool]
        assert row.rank == 1 + sum(round(other.score, 6) > round(row.score, 6) for other in own)
    assert [row.position for row in rows] == list(range(1, len(table) + 1))
    if method is Method.RAW:
        assert all(row.score == row.raw and row.pool == 0 for row in ranked)


class Listed(NamedTuple):
    group_code: str
    rank: int | None
    pool: int = 0


def test_the_line_of_those_who_went_on_stands_below_the_last_of_them_in_each_group() -> None:
    rows = [Line(1, "A"), Line(2, "A"), Line(3, "A"), Line(4, "B"), Line(5, "B")]
    assert find_cuts(rows, {1, 2, 4}) == {2: 2, 4: 1}
    assert find_cuts(rows, {1, 3}) == {}, "no line where somebody above it stayed behind"
    assert find_cuts(rows, {4, 5}) == {}, "no line where nobody stands below"
    assert find_cuts(rows, set()) == {}


def test_a_list_is_divided_into_ties_and_the_unranked() -> None:
    rows = [
        *(Listed("A", rank) for rank in (1, 2, 3, 3, 5, None, None)),
        *(Listed("B", rank) for rank in (1, 1, 3, None)),
    ]
    runs = divide(rows)
    assert [(r.group_code, r.ranked, r.rank, len(r.rows)) for r in runs] == [
        ("A", True, None, 2),
        ("A", True, 3, 2),
        ("A", True, None, 1),
        ("A", False, None, 2),
        ("B", True, 1, 2),
        ("B", True, None, 1),
        ("B", False, None, 1),
    ]
    assert [row for run in runs for row in run.rows] == rows
    assert divide([]) == []
