"""Weights, values and totals."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain import rubric


@dataclass(frozen=True)
class Crit:
    weight: Decimal
    name: str = "Manfaat"
    minimum: Decimal = Decimal(1)
    maximum: Decimal = Decimal(5)
    step: Decimal = Decimal(1)


def criteria(*weights):
    return {n: Crit(Decimal(w), name=f"K{n}") for n, w in enumerate(weights, 1)}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("88", Decimal(88)),
        ("88,5", Decimal("88.5")),
        ("88.5", Decimal("88.5")),
        (" 0,25 ", Decimal("0.25")),
        ("100000", Decimal(100000)),
        ("", None),
        ("  ", None),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, value):
    assert rubric.parse_value(typed) == value


@pytest.mark.parametrize(
    "typed", ["1.234", "1,234", "1.234,5", "88,", ",5", "-3", "8 8", "lima", "١", "1e2", "NaN"]
)
def test_what_could_mean_two_things_is_refused(typed):
    with pytest.raises(ValueError, match=re.escape(typed)):
        rubric.parse_value(typed)


@pytest.mark.parametrize(
    ("value", "problem"),
    [("1", None), ("5", None), ("0", "range"), ("6", "range"), ("2.5", "step"), ("0.99", "range")],
)
def test_a_value_stands_on_its_scale(value, problem):
    assert rubric.check_value(Crit(Decimal(20)), Decimal(value)) == problem


def test_steps_count_from_the_minimum():
    scale = Crit(Decimal(1), minimum=Decimal("0.5"), maximum=Decimal("5.5"), step=Decimal("0.5"))
    assert rubric.check_value(scale, Decimal("1.5")) is None
    assert rubric.check_value(scale, Decimal("1.2")) == "step"


def test_short_scales_have_buttons_long_ones_do_not():
    assert rubric.list_values(Crit(Decimal(1))) == [Decimal(n) for n in range(1, 6)]
    half = Crit(Decimal(1), minimum=Decimal(0), maximum=Decimal(5), step=Decimal("0.5"))
    assert len(rubric.list_values(half)) == 11
    assert rubric.list_values(Crit(Decimal(1), minimum=Decimal(0), maximum=Decimal(100))) == []


def test_the_worked_example():
    """The numbers of the module's text, computed by hand."""
    values = {1: 4, 2: 4, 3: 3, 4: 2, 5: 5}
    given_values = {k: Decimal(v) for k, v in values.items()}
    assert rubric.total(criteria(25, 20, 25, 15, 15), given_values) == 65


@pytest.mark.parametrize(
    ("weights", "values", "expected"),
    [
        ((100,), (1,), 0),
        ((100,), (5,), 100),
        ((50, 50), (5, 1), 50),
        ((1, 1), (5, 1), 50),  # weights that do not sum to 100 count in proportion
        ((30, 30), (5, 3), 75),
        ((20, 30, 50), (2, 3, 4), Fraction(115, 2)),
    ],
)
def test_totals(weights, values, expected):
    given_values = {n: Decimal(v) for n, v in enumerate(values, 1)}
    assert rubric.total(criteria(*weights), given_values) == expected


def test_a_ballot_with_a_missing_criterion_has_no_total():
    assert rubric.total(criteria(50, 50), {1: Decimal(5)}) is None
    assert rubric.total({}, {}) is None


def test_running_points_count_only_what_was_given():
    """As on the drawn scorecard: 4, 4, 3 on the first three of five is 46.25 of 70."""
    given_values = {1: Decimal(4), 2: Decimal(4), 3: Decimal(3)}
    found = rubric.running(criteria(25, 20, 25, 15, 15), given_values)
    assert (found.points, found.possible, found.complete) == (Decimal("46.25"), Decimal(70), False)


def test_equal_totals_are_equal_floats():
    """0.1 + 0.2 style errors would break ties: different roads to the same total give the same number."""
    scales = criteria(10, 20, 30, 40)
    one = rubric.total(scales, {1: Decimal(5), 2: Decimal(4), 3: Decimal(2), 4: Decimal(3)})
    two = rubric.total(scales, {1: Decimal(3), 2: Decimal(5), 3: Decimal(2), 4: Decimal(3)})
    assert one == two
    assert float(one) == float(two)


@pytest.mark.parametrize(
    ("weights", "shown"),
    [
        (["25", "25", "50"], ["25", "25", "50"]),
        (["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        (["10", "20"], ["33.33", "66.67"]),
        (["0", "0"], ["0", "0"]),
    ],
)
def test_weights_are_shown_as_shares_of_a_hundred(weights, shown):
    assert rubric.normalised([Decimal(w) for w in weights]) == [Decimal(s) for s in shown]


weights = st.lists(st.decimals("0.01", "100", places=2), min_size=1, max_size=12)


@given(weights)
def test_shown_weights_always_sum_to_exactly_a_hundred(values):
    shown = rubric.normalised(values)
    assert sum(shown) == 100
    assert all(abs(s - 100 * w / sum(values)) < Decimal("0.01") for s, w in zip(shown, values, strict=True))


@st.composite
def filled(draw):
    scales, values = {}, {}
    for key in range(draw(st.integers(1, 8))):
        step = draw(st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(5)]))
        low = draw(st.integers(0, 10))
        count = draw(st.integers(1, 20))
        weight = draw(st.decimals("0.01", "100", places=2))
        scales[key] = Crit(weight, str(key), Decimal(low), low + step * count, step)
        values[key] = low + step * draw(st.integers(0, count))
    return scales, values


@given(filled())
def test_totals_stay_between_nought_and_a_hundred_and_agree_with_the_running_points(case):
    scales, values = case
    total = rubric.total(scales, values)
    assert 0 <= total <= 100
    assert abs(rubric.running(scales, values).points - Decimal(float(total))) <= Decimal("0.0051")


@given(filled(), st.data())
def test_a_better_value_never_lowers_the_total(case, data):
    scales, values = case
    key = data.draw(st.sampled_from(sorted(scales)))
    better = {**values, key: scales[key].maximum}
    assert rubric.total(scales, better) >= rubric.total(scales, values)


@given(st.decimals("0", "999999.99", places=2))
def test_every_number_is_read_back_with_comma_or_point(value):
    assert rubric.parse_value(str(value)) == value
    assert rubric.parse_value(str(value).replace(".", ",")) == value


@pytest.mark.parametrize(
    ("crits", "problems"),
    [
        ([], [(-1, "empty")]),
        ([Crit(Decimal(100))], []),
        ([Crit(Decimal(0))], [(0, "weight")]),
        ([Crit(Decimal(101))], [(0, "weight")]),
        ([Crit(Decimal(50), name=" ")], [(0, "name")]),
        ([Crit(Decimal(50)), Crit(Decimal(50), name="MANFAAT")], [(1, "same_name")]),
        ([Crit(Decimal(50), minimum=Decimal(5), maximum=Decimal(5))], [(0, "range")]),
        ([Crit(Decimal(50), minimum=Decimal(-1))], [(0, "range")]),
        ([Crit(Decimal(50), step=Decimal(3))], [(0, "step")]),
        ([Crit(Decimal(50), step=Decimal(0))], [(0, "step")]),
    ],
)
def test_problems_of_a_rubric(crits, problems):
    assert rubric.find_problems(crits) == problems


def test_too_many_criteria():
    crits = [Crit(Decimal(1), name=str(n)) for n in range(21)]
    assert rubric.find_problems(crits) == [(-1, "too_many")]


def test_criteria_are_carried_over_where_name_and_scale_stay():
    old = {1: Crit(Decimal(50), "Kebaruan"), 2: Crit(Decimal(50), "Manfaat"), 3: Crit(Decimal(50), "Dampak")}
    new = {
        11: Crit(Decimal(30), "kebaruan "),  # another weight only
        12: Crit(Decimal(50), "Manfaat", maximum=Decimal(10)),  # another scale
        13: Crit(Decimal(20), "Jangkauan"),
    }
    assert rubric.carry_over(old, new) == {1: 11}
