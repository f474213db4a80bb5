"""Squeezed variances: between their own value and the common one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import polygamma

from innovate.results.domain.fair.variances import squeeze, trigamma_inverse


@given(st.floats(1e-4, 1e4))
def test_the_inverse_of_trigamma_is_its_inverse(value):
    assert float(polygamma(1, trigamma_inverse(value))) == pytest.approx(value, rel=1e-8)


def test_variances_that_differ_only_by_chance_become_one():
    assert squeeze(np.array([9.0, 10, 11]), np.full(3, 10.0)) == pytest.approx([1, 1, 1])


def test_variances_that_differ_are_drawn_together_but_keep_their_order():
    degrees = np.full(6, 10.0)
    own = np.array([0.1, 0.5, 1, 2, 5, 20])
    found = squeeze(own * degrees, degrees)
    assert (np.diff(found) > 0).all()
    assert own[0] < found[0] < found[-1] < own[-1]
    little = squeeze(own * degrees, np.array([10.0, 10, 10, 10, 10, 2]))
    assert little[-1] / own[-1] < found[-1] / own[-1] * 5


def test_without_anything_to_go_by_all_are_one():
    assert squeeze(np.zeros(3), np.full(3, 5.0)).tolist() == [1, 1, 1]
    assert squeeze(np.array([4.0, 0]), np.array([4.0, 0])).tolist() == [1, 1]
    assert np.isfinite(squeeze(np.array([0.0, 1, 5]), np.array([0.0, 5, 5]))).all()
