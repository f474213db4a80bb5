"""The draw of jurors to entries."""

import random
from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovate.scoring.domain.assignment.candidates import Candidates
from innovate.scoring.domain.assignment.draw import STAGES, draw
from innovate.scoring.domain.assignment.places import DrawInputs, EntryPlace, Gap, JurorPlace, Why
from innovate.scoring.domain.assignment.transport import SHORT, UNEVEN, fill, find_level


def entries(n, tracks=("a",)):
    return [EntryPlace(i, tracks[i % len(tracks)]) for i in range(1, n + 1)]


def jurors(n, **more):
    return [JurorPlace(100 + i, **more) for i in range(1, n + 1)]


def experts(n, tracks):
    """As many jurors, each at home in one track."""
    return [JurorPlace(100 + i, None, frozenset({tracks[i % len(tracks)]})) for i in range(1, n + 1)]


def run(ideas, people, *, k, seed=1, forbidden=(), existing=()):
    return draw(DrawInputs(ideas, people, k, frozenset(forbidden), frozenset(existing)), seed=seed)


def whys(found):
    return {(pair.idea_id, pair.juror_id): pair.why for pair in found.panel}


def test_the_citys_own_size():
    """49 entries x 3 jurors = 147 among 12: nobody has fewer than 12 or more than 13."""
    found = run(entries(49, "abcd"), experts(12, "abcd"), k=3)
    assert len(found.pairs) == found.wanted == 147
    assert (found.least, found.most) == (12, 13)
    assert found.hard == ()
    assert found.components == 1
    assert sum(Why.BRIDGE in why for why in whys(found).values()) == 12
    assert found.efficiency == pytest.approx(0.69, abs=0.02)
    assert found.mean_affinity == pytest.approx(0.92, abs=0.01)


def test_without_bridges_tracks_would_stay_apart():
    """Two tracks with jurors of their own: one entry judged from both sides is what makes them comparable."""
    found = run(entries(8, "ab"), experts(4, "ab"), k=2)
    assert found.components == 1
    assert (found.least, found.most) == (4, 4)
    assert 0 < found.efficiency < 1


def test_groups_left_by_standing_pairs_are_joined():
    stood = {(1, 101), (1, 102), (2, 103), (2, 104)}
    found = run(entries(4), jurors(4), k=2, existing=stood)
    assert found.components == 1
    assert stood <= set(whys(found))


def test_the_same_seed_gives_the_same_draw_in_any_order_of_input():
    ideas, people = entries(30, ("a", "b")), jurors(8)
    one = run(ideas, people, k=3, seed=7)
    two = run(list(reversed(ideas)), list(reversed(people)), k=3, seed=7)
    assert one == two
    assert run(ideas, people, k=3, seed=8).pairs != one.pairs


def test_inputs_come_back_from_what_is_stored():
    ideas = [EntryPlace(1, "a", frozenset({"air bersih", "loket"})), EntryPlace(2)]
    people = [JurorPlace(7, 3, frozenset("ab"), frozenset({"loket"})), JurorPlace(8)]
    inputs = DrawInputs(ideas, people, 1, frozenset({(1, 8)}), frozenset({(2, 7)}))
    assert DrawInputs.from_json(inputs.as_json()) == inputs
    assert draw(DrawInputs.from_json(inputs.as_json()), seed=3) == draw(inputs, seed=3)


def test_jurors_get_their_subject_where_loads_allow_and_a_tenth_is_bridged():
    people = [JurorPlace(n, None, frozenset({"a" if n < 105 else "b"})) for n in range(101, 109)]
    found = run(entries(80, ("a", "b")), people, k=2, seed=3)
    assert (found.least, found.most) == (20, 20)
    assert found.mean_affinity == pytest.approx(
        1 - 8 / 160, abs=0.01
    )  # eight entries have a stranger on purpose
    assert found.components == 1


def test_every_pair_says_why():
    ideas = [EntryPlace(1, "a", frozenset({"air"})), EntryPlace(2, "b"), EntryPlace(3, "b")]
    people = [
        JurorPlace(11, None, frozenset("a"), frozenset({"air", "loket"})),
        JurorPlace(12, None, frozenset("b")),
        JurorPlace(13),
    ]
    found = run(ideas, people, k=3, existing={(3, 11)})
    why = whys(found)
    assert why[3, 11] == (Why.KEPT,)
    assert why[1, 11][-2:] == (Why.TRACK, Why.WORDS)
    assert why[2, 12][-1] is Why.TRACK
    assert why[3, 13][-1] in {Why.ANY, Why.BRIDGE}
    assert found.pairs == tuple(sorted(pair for pair in why if pair != (3, 11)))
    plain = whys(run([EntryPlace(1, "a")], [JurorPlace(12, None, frozenset("b"))], k=1))
    assert plain == {(1, 12): (Why.BALANCE,)}


def test_keywords_decide_where_the_track_does_not():
    ideas = [EntryPlace(n, "a", frozenset({"air"} if n % 2 else {"loket"})) for n in range(20)]
    people = [
        JurorPlace(100 + n, None, frozenset("a"), frozenset({"air" if n < 2 else "loket"})) for n in range(4)
    ]
    found = run(ideas, people, k=1)
    assert {(i % 2, j < 102) for i, j in found.pairs} == {(1, True), (0, False)}


def test_top_up_keeps_what_stands():
    first = run(entries(10), jurors(5), k=2)
    again = run(entries(12), jurors(5), k=3, seed=2, existing=first.pairs)
    assert not set(first.pairs) & set(again.pairs)
    per_idea = Counter(i for i, _ in (*first.pairs, *again.pairs))
    assert set(per_idea.values()) == {3}
    assert again.most - again.least <= 1


def test_nothing_to_do():
    first = run(entries(4), jurors(3), k=2)
    assert run(entries(4), jurors(3), k=2, seed=5, existing=first.pairs).pairs == ()


def test_a_seat_of_somebody_who_no_longer_judges_counts_but_is_not_drawn_with():
    found = run(entries(2), jurors(2), k=2, existing={(1, 999)})
    assert Counter(i for i, _ in found.pairs) == {1: 1, 2: 2}
    assert set(found.loads) == {101, 102}


def test_an_entry_with_too_many_conflicts_is_named():
    found = run(entries(2), jurors(3), k=3, forbidden={(1, 101), (1, 102)})
    assert [(h.idea_id, h.short, h.reason, h.free) for h in found.hard] == [(1, 2, Gap.CONFLICTS, 1)]


def test_a_gap_of_capacity_is_named():
    found = run(entries(4), jurors(2, capacity=3), k=2)
    assert sum(h.short for h in found.hard) == found.capacity_gap == 2
    assert {h.reason for h in found.hard} == {Gap.CAPACITY}
    assert (found.least, found.most) == (3, 3)


def test_a_standing_pair_that_became_a_conflict_is_counted():
    assert run(entries(2), jurors(2), k=1, forbidden={(1, 101)}, existing={(1, 101)}).conflict_violations == 1


def test_without_jurors_every_entry_is_hard():
    found = run(entries(2), [], k=1)
    assert found.pairs == ()
    assert len(found.hard) == 2
    assert run([], jurors(2), k=1).hard == ()


def test_room_is_made_by_handing_over():
    """Juror 102 may only judge entry 1."""
    for seed in range(20):
        found = run(entries(2), jurors(2, capacity=1), k=1, seed=seed, forbidden={(2, 102)})
        assert found.pairs == ((1, 102), (2, 101))


def test_stages_are_told_in_order():
    told = []
    draw(DrawInputs(entries(3), jurors(3), 2), seed=1, tell=told.append)
    assert tuple(told) == STAGES


def test_a_large_draw_is_sifted_and_keeps_the_rules():
    """1,500 x 60 x 5 is over the size at which every pair is tried."""
    rng = random.Random(5)
    ideas = [EntryPlace(n, rng.choice("abcdef")) for n in range(1500)]
    people = [JurorPlace(10_000 + n, None, frozenset(rng.sample("abcdef", 2))) for n in range(60)]
    forbidden = {(idea.id, 10_000 + rng.randrange(60)) for idea in ideas}
    found = run(ideas, people, k=5, forbidden=forbidden)
    assert set(Counter(i for i, _ in found.pairs).values()) == {5}
    assert len(set(found.pairs)) == 7500
    assert not forbidden.intersection(found.pairs)
    assert found.most - found.least <= 1
    assert found.mean_affinity >= 0.95
    assert found.efficiency >= 0.97
    assert found.components == 1


# -- properties ------------------------------------------------------------------------------------------------------


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


@settings(max_examples=150)
@given(problems())
def test_the_hard_rules_hold_and_nothing_better_is_possible(case):
    ideas, people, k, seed, forbidden, existing = case
    found = run(ideas, people, k=k, seed=seed, forbidden=forbidden, existing=existing)
    every = [*existing, *found.pairs]
    assert len(set(every)) == len(every)
    assert not forbidden.intersection(found.pairs)
    assert found.conflict_violations == 0
    new = Counter(j for _, j in found.pairs)
    stood = Counter(j for _, j in existing)
    for juror in people:
        if juror.capacity is not None and new[juror.id]:
            assert new[juror.id] + stood[juror.id] <= juror.capacity
    short = {h.idea_id: h.short for h in found.hard}
    per_idea = Counter(i for i, _ in every)
    assert all(short.get(i.id, 0) == max(0, k - per_idea[i.id]) for i in ideas)
    assert all(pair in whys(found) for pair in existing)
    places, unevenness = best_possible(ideas, people, k, forbidden, existing)
    assert len(found.pairs) == places
    assert sum((new[p.id] + stood[p.id]) ** 2 for p in people) == unevenness


def best_possible(ideas, people, k, forbidden, existing):
    """The most places that can be filled, and the least sum of squared loads, by networkx's minimum cost flow."""
    stood, had = Counter(j for _, j in existing), Counter(i for i, _ in existing)
    graph = nx.DiGraph()
    graph.add_node("source")
    graph.add_node("sink")
    for idea in ideas:
        graph.add_edge("source", idea.id, capacity=max(0, k - had[idea.id]), weight=0)
        for person in people:
            if (idea.id, person.id) not in forbidden | existing:
                graph.add_edge(idea.id, person.id, capacity=1, weight=0)
    for person in people:
        held = stood[person.id]
        room = len(ideas) if person.capacity is None else person.capacity - held
        for step in range(max(0, min(room, len(ideas)))):
            graph.add_edge(person.id, (person.id, step), capacity=1, weight=2 * (held + step) + 1)
            graph.add_edge((person.id, step), "sink", capacity=1, weight=0)
    flow = nx.max_flow_min_cost(graph, "source", "sink")
    cost = nx.cost_of_flow(graph, flow)
    return sum(flow["source"].values()), cost + sum(stood[p.id] ** 2 for p in people)


@settings(max_examples=60)
@given(st.integers(2, 9), st.integers(2, 6), st.integers(1, 3), st.integers(0, 10**6))
def test_the_linear_program_costs_what_networkx_finds(n, m, k, seed):
    rng = np.random.default_rng(seed)
    allowed = rng.random((n, m)) < 0.7
    cost = rng.integers(-50, 50, (n, m))
    rows, columns = np.nonzero(allowed)
    need, held = np.full(n, k), rng.integers(0, 3, m)
    capacity = held + rng.integers(0, n + 1, m)
    taken = fill(Candidates(rows, columns, cost[allowed].astype(float)), need, held, capacity)
    given = np.bincount(columns[taken], minlength=m)
    assert (np.bincount(rows[taken], minlength=n) <= k).all()
    assert (held + given <= np.maximum(held, capacity)).all()
    level = find_level(held, capacity, int(need.sum()))
    low, high = int(np.floor(level + 1e-6)), int(np.ceil(level - 1e-6))

    def step(load):  # the price of the unit that lifts a column from `load` to one more
        return int(UNEVEN) * (max(0, load + 1 - high) - max(0, low - load))

    graph = nx.DiGraph()
    graph.add_node("source", demand=-int(need.sum()))
    graph.add_node("sink", demand=int(need.sum()))
    for i in range(n):
        graph.add_edge("source", ("idea", i), capacity=k, weight=0)
        graph.add_edge(("idea", i), "sink", capacity=k, weight=int(SHORT))
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        graph.add_edge(("idea", i), ("juror", j), capacity=1, weight=int(cost[i, j]))
    for j in range(m):
        for load in range(int(held[j]), int(capacity[j])):
            graph.add_edge(("juror", j), ("step", j, load), capacity=1, weight=step(load))
            graph.add_edge(("step", j, load), "sink", capacity=1, weight=0)
    ours = int(cost[rows[taken], columns[taken]].sum()) + int(SHORT) * int(need.sum() - taken.sum())
    ours += sum(step(load) for j in range(m) for load in range(int(held[j]), int(held[j] + given[j])))
    assert ours == nx.min_cost_flow_cost(graph)
