"""What is believed while votes come in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovate.pairwise.domain.bradley_terry import Comparisons, fit_map
from innovate.pairwise.domain.posterior import BATCH, Vote, believe, damped_chance, settle
from innovate.pairwise.domain.reliability import HIGHEST, fit_crowd

KEYS = (11, 12, 13, 14, 15)
votes = st.lists(
    st.builds(Vote, st.sampled_from(KEYS), st.sampled_from(KEYS), st.integers(1, 3)).filter(
        lambda vote: vote.winner != vote.loser
    ),
    max_size=60,
)


@settings(max_examples=40)
@given(votes, st.randoms())
def test_the_order_of_votes_does_not_matter_for_results(made, luck):
    mixed = list(made)
    luck.shuffle(mixed)
    one, other = settle(KEYS, made), settle(KEYS, mixed)
    assert other.fit.ability == pytest.approx(one.fit.ability, abs=1e-9)
    assert other.reliability == pytest.approx(one.reliability)


@settings(max_examples=40)
@given(votes, st.sampled_from(KEYS[:2]), st.sampled_from(KEYS[2:]))
def test_taking_the_last_vote_back_restores_exactly_what_was_believed(made, winner, loser):
    before = believe(KEYS, made)
    kept_mean, kept_covariance = before.fit.ability.copy(), before.fit.covariance.copy()
    believe(KEYS, [*made, Vote(winner, loser, 1)])
    again = believe(KEYS, made)
    assert (again.fit.ability == kept_mean).all()
    assert (again.fit.covariance == kept_covariance).all()


@settings(max_examples=40)
@given(votes)
def test_a_vote_never_makes_anything_less_sure_and_never_speaks_against_its_winner(made):
    belief = believe(KEYS, made)
    after = belief.after(Vote(12, 14, 1))
    assert (after.fit.covariance.diagonal() <= belief.fit.covariance.diagonal() + 1e-12).all()
    a, b = belief.index(12), belief.index(14)
    assert after.fit.ability[a] - after.fit.ability[b] >= belief.fit.ability[a] - belief.fit.ability[b]
    assert np.linalg.eigvalsh(after.fit.covariance).min() > 0


def test_one_vote_moves_nearly_as_a_new_fit_would():
    made = [Vote(11, 12, 1), Vote(12, 13, 1), Vote(14, 13, 2), Vote(15, 11, 2), Vote(13, 15, 1)] * 5
    assert len(made) == BATCH
    step = believe(KEYS, [*made, Vote(11, 13, 2)])
    whole = settle(KEYS, [*made, Vote(11, 13, 2)])
    assert step.fit.ability == pytest.approx(whole.fit.ability, abs=0.12)
    assert step.fit.error == pytest.approx(whole.fit.error, abs=0.12)


def test_the_numbers_of_the_worked_table():
    """docs/algorithms/pairwise.md"""
    votes = [Vote(1, 2, 9), Vote(3, 1, 9)]
    rows = [
        (believe((1, 2, 3), []), [0, 0, 0], [4, 4, 4]),
        (believe((1, 2, 3), votes[:1]), [0.667, -0.667, 0], [2.668, 2.668, 4]),
        (believe((1, 2, 3), votes), [0.069, -0.966, 0.897], [2.010, 2.504, 2.520]),
        (settle((1, 2, 3), votes), [0, -1.042, 1.042], [2.141, 2.667, 2.667]),
    ]
    for belief, means, variances in rows:
        assert belief.fit.ability == pytest.approx(means, abs=6e-4)
        assert belief.fit.error**2 == pytest.approx(variances, abs=6e-4)
    assert damped_chance(2.0, 8.0) == pytest.approx(0.7277, abs=1e-4)


def test_without_votes_everybody_is_equal():
    belief = settle(KEYS, [])
    assert not belief.fit.ability.any()
    assert belief.fit.covariance == pytest.approx(4.0 * np.eye(5))


def test_honest_jurors_leave_the_fit_as_it_is():
    rng = np.random.default_rng(3)
    truth = np.linspace(2, -2, 8)
    pairs = [tuple(rng.choice(8, 2, replace=False)) for _ in range(600)]
    pairs = [(a, b) if rng.random() < 1 / (1 + np.exp(truth[b] - truth[a])) else (b, a) for a, b in pairs]
    made = Comparisons.of(8, pairs)
    found = fit_crowd(made, np.arange(600) % 4, 4)
    assert found.reliability.min() > 0.9
    assert found.fit.ability == pytest.approx(fit_map(made).ability, abs=0.25)


def test_a_juror_who_votes_against_everybody_is_found_and_weighs_nothing_to_the_wrong_side():
    rng = np.random.default_rng(5)
    truth = np.linspace(3, -3, 8)
    pairs, juror = [], []
    for n in range(900):
        a, b = rng.choice(8, 2, replace=False)
        better, worse = (a, b) if rng.random() < 1 / (1 + np.exp(truth[b] - truth[a])) else (b, a)
        contrary = n % 3 == 2
        pairs.append((worse, better) if contrary else (better, worse))
        juror.append(n % 3)
    made = Comparisons.of(8, pairs)
    found = fit_crowd(made, np.asarray(juror), 3)
    assert found.reliability[2] < 0.2
    assert found.reliability[:2].min() > 0.9
    assert (np.argsort(-found.fit.ability) == np.arange(8)).all()
    honest = fit_map(Comparisons.of(8, [p for p, j in zip(pairs, juror, strict=True) if j < 2]))
    assert (
        np.abs(found.fit.ability - honest.ability).max()
        < np.abs(fit_map(made).ability - honest.ability).max()
    )


def test_a_juror_without_votes_is_trusted():
    found = fit_crowd(Comparisons.of(2, [(0, 1)]), np.asarray([0]), 2)
    assert found.reliability[1] == HIGHEST
