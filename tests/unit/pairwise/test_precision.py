"""G9: a hall of 100 entries and 20 jurors who compare each entry with the one just seen."""

import numpy as np
import pytest

from innovate.pairwise.domain.choosing import Situation, choose_next
from innovate.pairwise.domain.posterior import Vote, believe, settle

ITEMS, VOTES, JURORS, CUT, SPREAD = 100, 400, 20, 10, 2.0
SEEDS = range(30)


def simulate(seed: int) -> float:
    """The share of the true first ten that 400 logistic votes find."""
    luck = np.random.default_rng(seed)
    truth = luck.normal(0, SPREAD, ITEMS)
    keys = list(range(ITEMS))
    votes: list[Vote] = []
    seen = dict.fromkeys(keys, 0)
    here: list[int | None] = [None] * JURORS
    visited: list[set[int]] = [set() for _ in range(JURORS)]
    compared: list[set[frozenset[int]]] = [set() for _ in range(JURORS)]
    while len(votes) < VOTES:
        for juror in range(JURORS):
            current = here[juror]
            situation = Situation(
                allowed=keys,
                cut=CUT,
                current=current,
                seen=seen,
                visited=visited[juror],
                compared=compared[juror],
                seed=f"{seed} {len(votes)}",
            )
            coming = choose_next(believe(keys, votes), situation)
            assert coming is not None
            if current is not None:
                wins = luck.random() < 1 / (1 + np.exp(truth[coming] - truth[current]))
                votes.append(Vote(*((current, coming) if wins else (coming, current)), juror))
                compared[juror].add(frozenset((current, coming)))
            here[juror] = coming
            visited[juror].add(coming)
            seen[coming] += 1
    found = np.argsort(-settle(keys, votes[:VOTES]).fit.ability)[:CUT]
    return len(set(found) & set(np.argsort(-truth)[:CUT])) / CUT


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_four_hundred_votes_find_the_first_ten_of_a_hundred():
    precision = [simulate(seed) for seed in SEEDS]
    assert np.mean(precision) >= 0.78
