"""Which entry comes next, and how sure the ranking is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovate.pairwise.domain.certainty import place_all, say_share, sureness
from innovate.pairwise.domain.choosing import Situation, choose_next, find_cut
from innovate.pairwise.domain.posterior import Vote, believe, settle

KEYS = (1, 2, 3, 4, 5, 6)
MADE = [Vote(a, b, 1) for a in KEYS for b in KEYS if a < b] * 2
SEEN = dict.fromkeys(KEYS, 2)


def situation(**values):
    return Situation(**{"allowed": KEYS, "cut": 2, "current": 3, "seen": SEEN, "seed": "s", **values})


def test_the_clever_choice_by_hand():
    belief = settle(KEYS, MADE)
    mean, covariance = belief.fit.ability, belief.fit.covariance
    cut = (mean[1] + mean[2]) / 2
    worth = {}
    for n, key in enumerate(KEYS):
        d = covariance[2, 2] + covariance[n, n] - 2 * covariance[2, n]
        p = 1 / (1 + np.exp(-(mean[2] - mean[n]) / np.sqrt(1 + np.pi * d / 8)))
        worth[key] = p * (1 - p) * d * (0.3 + 0.7 * np.exp(-((mean[n] - cut) ** 2 / covariance[n, n]) / 2))
    worth[3] = -1
    assert choose_next(belief, situation()) == max(worth, key=worth.get)


def test_what_was_seen_less_than_twice_comes_first():
    assert choose_next(settle(KEYS, MADE), situation(seen={**SEEN, 6: 1})) == 6
    assert choose_next(settle(KEYS, MADE), situation(seen={**SEEN, 6: 1, 5: 0})) == 5


def test_busy_and_skipped_entries_are_offered_last_but_are_offered():
    belief = settle(KEYS, MADE)
    others = {1, 2, 4, 5}
    assert choose_next(belief, situation(busy=others)) == 6
    assert choose_next(belief, situation(passed=others)) == 6
    assert choose_next(belief, situation(busy={6}, passed=others)) == 6
    assert choose_next(belief, situation(allowed={3, 6}, busy={6}, passed={6}, visited={6})) == 6


def test_a_walk_back_must_pay():
    belief = settle(KEYS, MADE)
    best = choose_next(belief, situation())
    assert choose_next(belief, situation(visited={best})) != best
    assert choose_next(belief, situation(allowed={3, best}, visited={best})) == best


def test_a_pair_is_decided_once_and_then_somewhere_else_begins_anew():
    belief = settle(KEYS, MADE)
    done = {frozenset((3, key)) for key in KEYS if key != 3}
    assert choose_next(belief, situation(compared=done)) is None
    assert choose_next(belief, situation(current=None, compared=done)) in set(KEYS) - {3}
    everything = {frozenset((a, b)) for a in KEYS for b in KEYS if a != b}
    assert choose_next(belief, situation(current=None, compared=everything)) is None
    assert choose_next(belief, situation(current=None, allowed={3})) is None


def test_the_first_entry_is_the_least_seen():
    belief = settle(KEYS, [])
    assert choose_next(belief, situation(current=None, seen={**SEEN, 4: 1})) == 4


@settings(max_examples=50)
@given(
    st.sets(st.sampled_from(KEYS)),
    st.one_of(st.none(), st.sampled_from(KEYS)),
    st.sets(st.sampled_from(KEYS)),
    st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).map(frozenset)),
    st.text(max_size=3),
)
def test_only_allowed_open_pairs_are_ever_offered_and_the_same_asks_the_same(
    allowed, current, busy, done, seed
):
    at = situation(allowed=allowed, current=current, busy=busy, compared=done, seed=seed)
    if current is not None and current not in allowed:
        at = replace(at, allowed=allowed | {current})
    belief = believe(KEYS, MADE[:7])
    found = choose_next(belief, at)
    assert found == choose_next(belief, at)
    if found is not None:
        assert found in at.allowed
        assert found != at.current
        assert at.current is None or frozenset((found, at.current)) not in done
    elif current is not None:
        assert all(frozenset((current, key)) in done for key in at.allowed if key != current)


def test_the_cut_lies_between_two_ranks():
    assert find_cut([3.0, 1.0, 2.0], 1) == 2.5
    assert find_cut([3.0, 1.0, 2.0], 3) == 1.0


def test_places_intervals_and_chances():
    belief = settle(KEYS, MADE)
    places = place_all(belief, KEYS, 2)
    assert [place.key for place in places] == list(KEYS)
    assert [place.rank for place in places] == [1, 2, 3, 4, 5, 6]
    assert all(place.rank_low <= place.rank <= place.rank_high for place in places)
    assert sum(place.chance for place in places) == pytest.approx(2, abs=1e-9)
    assert places[0].chance > 0.9
    assert places[-1].chance < 0.1
    assert place_all(belief, KEYS, 2) == places
    assert place_all(belief, [5, 2], 1)[0].key == 2
    assert place_all(belief, [], 1) == []


def test_more_votes_make_the_first_surer():
    few, many = (sureness(place_all(settle(KEYS, MADE * n), KEYS, 2), 2) for n in (1, 10))
    assert 0.4 < few < many <= 1
    assert sureness(place_all(settle(KEYS, []), KEYS, 2), 6) is None
    assert sureness([], 2) is None


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "<5"), (0.02, "<5"), (0.031, "5"), (0.62, "60"), (0.96, "95"), (0.999, ">95")]
)
def test_shares_in_words(share, said):
    assert say_share(share) == said
