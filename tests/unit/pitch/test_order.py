"""The draw by a published seed, and moving by hand."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from innovate.pitch.domain.order import Entrant, draw_order, label_of, lot, move, propose_seed

# docs/algorithms/pitch-order.md
WORKED = {"A-001": 0, "A-002": 0, "A-003": 0, "B-001": 1, "B-002": 1}


def entrants_of(labels):
    return [Entrant(n, label, group) for n, (label, group) in enumerate(labels.items())]


def test_the_worked_example():
    drawn = [e.label for e in draw_order("731904", entrants_of(WORKED))]
    by_group = [e.label for e in draw_order("731904", entrants_of(WORKED), by_group=True)]
    assert drawn == ["A-002", "B-001", "B-002", "A-001", "A-003"]
    assert by_group == ["A-002", "A-001", "A-003", "B-001", "B-002"]


def test_a_lot_is_the_hash_anybody_can_compute():
    assert lot("284917", "A-017") == hashlib.sha256(b"284917:A-017").hexdigest()


def test_labels_are_what_everybody_sees():
    assert [label_of("A", 17), label_of("", 3), label_of("B", None)] == ["A-017", "003", "B-000"]


labels = st.dictionaries(st.from_regex(r"[AB]-[0-9]{3}", fullmatch=True), st.integers(0, 3), max_size=30)


@given(st.text(max_size=20), labels, st.booleans(), st.randoms())
def test_same_seed_same_order_whatever_came_first(seed, found, by_group, shuffler):
    entrants = entrants_of(found)
    drawn = draw_order(seed, entrants, by_group=by_group)
    shuffled = shuffler.sample(entrants, len(entrants))
    assert draw_order(seed, shuffled, by_group=by_group) == drawn
    assert sorted(drawn) == sorted(entrants)
    if by_group:
        groups = [e.group for e in drawn]
        assert groups == sorted(groups)


def test_every_place_is_drawn_about_equally_often():
    """Of 3,000 seeds each of five entries comes first in a fifth: 600, and five standard deviations are 110."""
    entrants = entrants_of(WORKED)
    firsts = [draw_order(str(n), entrants)[0].label for n in range(3000)]
    assert all(490 < firsts.count(label) < 710 for label in WORKED)


def test_who_left_the_round_does_not_change_the_order_of_the_others():
    without = [e for e in entrants_of(WORKED) if e.label != "A-001"]
    assert [e.label for e in draw_order("731904", without)] == ["A-002", "B-001", "B-002", "A-003"]


@given(st.lists(st.integers(), min_size=1, unique=True), st.data())
def test_moving_changes_one_place_and_loses_nobody(items, data):
    item = data.draw(st.sampled_from(items))
    to = data.draw(st.integers(-2, len(items) + 2))
    moved = move(items, item, to)
    assert sorted(moved) == sorted(items)
    assert moved[max(0, min(to, len(items) - 1))] == item
    assert [i for i in moved if i != item] == [i for i in items if i != item]


def test_a_proposed_seed_is_six_digits():
    assert all(len(seed) == 6 and seed.isdigit() for seed in (propose_seed() for _ in range(20)))
