"""The draw of jurors to entries."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from innovate.scoring.domain.assignment import EntryPlace, JurorPlace, count_components, draw


def entries(n, tracks=("a",)):
    return [EntryPlace(i, tracks[i % len(tracks)]) for i in range(1, n + 1)]


def jurors(n, **more):
    return [JurorPlace(100 + i, **more) for i in range(1, n + 1)]


def test_the_citys_own_size():
    """49 entries x 3 jurors = 147 among 12: nobody has fewer than 12 or more than 13."""
    found = draw(entries(49), jurors(12), k=3, seed=1)
    assert len(found.pairs) == found.wanted == 147
    assert (found.least, found.most) == (12, 13)
    assert found.hard == ()
    assert found.components == 1


def test_the_same_seed_gives_the_same_draw_in_any_order_of_input():
    ideas, people = entries(30, ("a", "b")), jurors(8)
    one = draw(ideas, people, k=3, seed=7)
    two = draw(list(reversed(ideas)), list(reversed(people)), k=3, seed=7)
    assert one == two
    assert draw(ideas, people, k=3, seed=8).pairs != one.pairs


def test_jurors_get_their_subject_where_loads_allow_and_a_tenth_is_bridged():
    people = [JurorPlace(n, None, frozenset({"a" if n < 105 else "b"})) for n in range(101, 109)]
    found = draw(entries(80, ("a", "b")), people, k=2, seed=3)
    assert (found.least, found.most) == (20, 20)
    assert 0.85 <= found.expert_share < 1  # the bridges are strangers on purpose
    assert found.components == 1


def test_top_up_keeps_what_stands():
    first = draw(entries(10), jurors(5), k=2, seed=1)
    again = draw(entries(12), jurors(5), k=3, seed=2, existing=first.pairs)
    assert not set(first.pairs) & set(again.pairs)
    per_idea = Counter(i for i, _ in (*first.pairs, *again.pairs))
    assert set(per_idea.values()) == {3}
    assert again.most - again.least <= 1


def test_nothing_to_do():
    first = draw(entries(4), jurors(3), k=2, seed=1)
    assert draw(entries(4), jurors(3), k=2, seed=5, existing=first.pairs).pairs == ()


def test_an_entry_with_too_many_conflicts_is_named():
    people = jurors(3)
    found = draw(entries(2), people, k=3, seed=1, forbidden={(1, 101), (1, 102)})
    assert [(h.idea_id, h.short, h.reason) for h in found.hard] == [(1, 2, "conflicts")]


def test_a_gap_of_capacity_is_named():
    found = draw(entries(4), jurors(2, capacity=3), k=2, seed=1)
    assert sum(h.short for h in found.hard) == 2
    assert {h.reason for h in found.hard} == {"capacity"}
    assert (found.least, found.most) == (3, 3)


def test_without_jurors_every_entry_is_hard():
    found = draw(entries(2), [], k=1, seed=1)
    assert found.pairs == ()
    assert len(found.hard) == 2


def test_room_is_made_by_handing_over():
    """Juror 102 may only judge entry 1. A greedy draw that gives entry 1 to 101 must hand it over."""
    forbidden = {(2, 102)}
    for seed in range(20):
        found = draw(entries(2), jurors(2, capacity=1), k=1, seed=seed, forbidden=forbidden)
        assert found.pairs == ((1, 102), (2, 101))


def test_groups_that_share_no_ballot_are_counted():
    assert count_components([(1, 101), (2, 101), (3, 102)]) == 2
    assert count_components([]) == 0


@st.composite
def problems(draw_):
    n, m = draw_(st.integers(1, 14)), draw_(st.integers(1, 8))
    rng = random.Random(draw_(st.integers(0, 10**6)))
    ideas = [EntryPlace(i, rng.choice("ab")) for i in range(n)]
    people = [
        JurorPlace(100 + j, rng.choice([None, None, 0, 1, 3, 6]), frozenset(rng.choice(["", "a", "b", "ab"])))
        for j in range(m)
    ]
    pairs = [(i, 100 + j) for i in range(n) for j in range(m)]
    forbidden = {pair for pair in pairs if rng.random() < 0.2}
    existing = {pair for pair in pairs if pair not in forbidden and rng.random() < 0.1}
    return ideas, people, draw_(st.integers(1, 4)), draw_(st.integers(0, 99)), forbidden, existing


@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_hard_rules_hold_and_no_place_stays_open_that_could_be_filled(case):
    ideas, people, k, seed, forbidden, existing = case
    found = draw(ideas, people, k=k, seed=seed, forbidden=forbidden, existing=existing)
    every = [*existing, *found.pairs]
    assert len(set(every)) == len(every)
    assert not forbidden.intersection(found.pairs)
    new = Counter(j for _, j in found.pairs)
    stood = Counter(j for _, j in existing)
    for juror in people:
        if juror.capacity is not None and new[juror.id]:
            assert new[juror.id] + stood[juror.id] <= juror.capacity
    assert len(found.pairs) == best_possible(ideas, people, k, forbidden, existing)
    short = {h.idea_id: h.short for h in found.hard}
    per_idea = Counter(i for i, _ in every)
    assert all(short.get(i.id, 0) == max(0, k - per_idea[i.id]) for i in ideas)


def best_possible(ideas, people, k, forbidden, existing):
    """The largest number of new pairs, by plain augmenting over all of them."""
    stood = Counter(j for _, j in existing)
    rooms = {
        p.id: max(0, len(ideas) if p.capacity is None else min(p.capacity - stood[p.id], len(ideas)))
        for p in people
    }
    matching = Matching(rooms, forbidden | existing)
    had = Counter(i for i, _ in existing)
    return sum(matching.give(idea.id, set()) for idea in ideas for _ in range(max(0, k - had[idea.id])))


class Matching:
    def __init__(self, rooms, barred):
        self.rooms, self.barred = rooms, barred
        self.taken = {juror: [] for juror in rooms}

    def give(self, idea, seen):
        for juror, taken in self.taken.items():
            if juror in seen or idea in taken or (idea, juror) in self.barred:
                continue
            seen.add(juror)
            if len(taken) < self.rooms[juror] or self.hand_over(juror, seen):
                taken.append(idea)
                return True
        return False

    def hand_over(self, juror, seen):
        for other in list(self.taken[juror]):
            if self.give(other, seen):
                self.taken[juror].remove(other)
                return True
        return False
