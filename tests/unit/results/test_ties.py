"""Ties: the rules in their order, what each decides, and what nobody can influence."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.ties.menu import draw_lot
from innovate.results.domain.ties.rules import HOUSE_ORDER, Decision, Facts, Plenary, Rules, TieRule
from innovate.results.domain.ties.settle import rank_with_ties, settle


def ranked(scores, facts, **rules):
    return [
        (each.idea, each.rank, each.decision and each.decision.rule, each.decision and each.decision.step)
        for each in rank_with_ties(scores, facts, Rules(**rules))
    ]


def test_worked_table():
    """The numbers of docs/algorithms/ties.md."""
    facts = {
        "A": Facts((0.70, 0.80, 0.60), {"x": 84.0, "y": 78, "z": 81}),
        "B": Facts((0.75, 0.70, 0.65), {"x": 80.0, "y": 82, "z": 81}),
        "C": Facts((0.70, 0.75, 0.70), {"x": 91.0, "y": 71, "z": 81}),
        "D": Facts((0.70, 0.75, 0.70), {"x": 79.0, "y": 83, "z": 81}),
        "E": Facts((0.90, 0.90, 0.90), {"x": 82.0, "y": 82, "z": 80}),
    }
    scores = {"A": 81.0, "B": 81.0, "C": 81.0, "D": 81.0, "E": 81.4}
    assert ranked(scores, facts) == [
        ("E", 1, None, None),
        ("B", 2, TieRule.HEAVIEST, 0),
        ("A", 3, TieRule.NEXT, 1),
        ("C", 4, TieRule.COUNT_BACK, 90.0),
        ("D", 5, TieRule.COUNT_BACK, 90.0),
    ]


def test_the_last_of_those_separated_did_not_win():
    facts = {"A": Facts((0.5,)), "B": Facts((0.9,)), "C": Facts((0.7,))}
    found = settle(["A", "B", "C"], facts, Rules(), first=4)
    assert [(each.idea, each.rank, each.decision.won) for each in found] == [
        ("B", 4, True),
        ("C", 5, True),
        ("A", 6, False),
    ]


def test_what_no_rule_separates_shares_its_rank_and_the_next_is_skipped():
    facts = dict.fromkeys("ABCD", Facts((0.5,), {"x": 70.0}))
    scores = {"A": 70.0, "B": 70.0000004, "C": 60, "D": 70.00001}
    found = rank_with_ties(scores, facts, Rules())
    assert [(each.idea, each.rank) for each in found] == [("D", 1), ("A", 2), ("B", 2), ("C", 4)]
    assert found[1].decision == Decision(TieRule.SHARED, awaits_plenary=True)
    without = settle(
        ["A", "B"], facts, Rules(order=(TieRule.HEAVIEST, TieRule.SHARED, TieRule.LOT), root=b"x")
    )
    assert [each.decision for each in without] == [Decision(TieRule.SHARED)] * 2


def test_head_to_head_asks_only_jurors_of_both():
    """x and y scored both; z would turn it round."""
    facts = {
        "A": Facts(totals={"x": 70.0, "y": 72, "z": 10}),
        "B": Facts(totals={"x": 60.0, "y": 71, "w": 99}),
    }
    found = settle(["B", "A"], facts, Rules(order=(TieRule.HEAD_TO_HEAD,)))
    assert [each.idea for each in found] == ["A", "B"]
    circle = {
        "A": Facts(totals={"x": 3.0, "y": 1, "z": 2}),
        "B": Facts(totals={"x": 2.0, "y": 3, "z": 1}),
        "C": Facts(totals={"x": 1.0, "y": 2, "z": 3}),
    }
    assert {each.rank for each in settle(list("ABC"), circle, Rules(order=(TieRule.HEAD_TO_HEAD,)))} == {1}


def test_the_part_of_the_ballots_above_a_mark_counts_not_their_number():
    facts = {
        "A": Facts(totals={"x": 91.0, "y": 50}),
        "B": Facts(totals=dict(zip("wxyz", [91.0, 92, 50, 50], strict=True))),
    }
    order = (TieRule.COUNT_BACK,)
    assert {each.rank for each in settle(["A", "B"], facts, Rules(order=order))} == {1}
    exactly = {"A": Facts(totals={"x": 90.0}), "B": Facts(totals={"x": 90.5})}
    assert [each.idea for each in settle(["A", "B"], exactly, Rules(order=order))] == ["B", "A"]


def test_a_later_round_decides_last_round_first():
    facts = {"A": Facts(later=(80.0, 90.0)), "B": Facts(later=(80.0, 95.0)), "C": Facts(later=(None, 99.0))}
    found = settle(list("ABC"), facts, Rules(order=(TieRule.LATER_ROUND,)))
    assert [(each.idea, each.decision.step) for each in found] == [("B", 1), ("A", 1), ("C", 0)]


def test_the_plenary_decides_with_its_reason_and_only_about_whom_it_names():
    facts = dict.fromkeys("ABC", Facts())
    plenary = Plenary(("B", "A"), "Sudah berjalan dua tahun")
    found = settle(["A", "B"], facts, Rules(plenaries=[plenary]))
    assert [(each.idea, each.decision.reason) for each in found] == [
        ("B", plenary.reason),
        ("A", plenary.reason),
    ]
    assert {each.rank for each in settle(list("ABC"), facts, Rules(plenaries=[plenary]))} == {1}


def test_the_lot_is_the_smallest_hash():
    root = hashlib.sha256(b"hasil").digest()
    facts = {name: Facts(public_id=name) for name in ("satu", "dua", "tiga")}
    order = (TieRule.PLENARY, TieRule.LOT, TieRule.SHARED)
    by_hand = sorted(facts, key=lambda idea: hashlib.sha256(root + idea.encode()).hexdigest())
    assert [each.idea for each in settle(list(facts), facts, Rules(order=order, root=root))] == by_hand
    assert draw_lot(bytes(range(32)), "k3m9x2p4qwtr").startswith("8e741ef3412fc525")  # the prose's example
    assert draw_lot(bytes(range(32)), "b7n4c8d2fghj").startswith("2f3e43b651992720")


@pytest.mark.parametrize(
    ("order", "plenary"), [((TieRule.PLENARY, TieRule.LOT), True), ((TieRule.LOT, TieRule.PLENARY), False)]
)
def test_before_the_freeze_a_tie_waits_for_its_lot_and_for_the_plenary_only_if_it_is_asked_first(
    order, plenary
):
    facts = {name: Facts(public_id=name) for name in "AB"}
    waiting = Decision(TieRule.SHARED, awaits_plenary=plenary, awaits_lot=True)
    assert [(each.rank, each.decision) for each in settle(["A", "B"], facts, Rules(order=order))] == [
        (1, waiting),
        (1, waiting),
    ]


@pytest.mark.parametrize("rule", list(TieRule))
def test_every_rule_can_be_asked_of_ideas_about_which_nothing_is_known(rule):
    facts = {"A": Facts(), "B": Facts()}
    assert len(settle(["A", "B"], facts, Rules(order=(rule,), root=b"r"))) == 2


cells = st.integers(0, 3).map(lambda n: n / 2)
ideas = st.dictionaries(
    st.integers(0, 9),
    st.tuples(
        st.tuples(cells, cells), st.dictionaries(st.sampled_from("xyz"), st.sampled_from([60.0, 85, 95]))
    ),
    min_size=1,
)


@given(ideas, st.permutations([*HOUSE_ORDER[:3], TieRule.HEAD_TO_HEAD]), st.randoms())
def test_ranks_are_whole_and_no_order_of_input_changes_them(given_ideas, order, luck):
    facts = {idea: Facts(criteria, totals) for idea, (criteria, totals) in given_ideas.items()}
    scores = {idea: 70.0 + idea % 2 for idea in facts}
    found = rank_with_ties(scores, facts, Rules(order=order))
    ranks = [each.rank for each in found]
    assert [sum(other < rank for other in ranks) + 1 for rank in ranks] == ranks
    mixed = list(scores.items())
    luck.shuffle(mixed)
    again = rank_with_ties(dict(mixed), facts, Rules(order=order))
    assert {each.idea: each.rank for each in again} == {each.idea: each.rank for each in found}
    by_score = [scores[each.idea] for each in found]
    assert by_score == sorted(by_score, reverse=True)
