"""G9 in small: `python -m bench.judging` measures it over thirty halls."""

from bench.hall import PRECISION, measure_precision


def test_four_hundred_votes_find_the_first_ten_of_a_hundred():
    assert measure_precision(range(2, 4)) >= PRECISION
