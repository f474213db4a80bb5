"""Counting without giving anybody away, when it is sent, and what before and after may claim."""

import math
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.surveys.domain.comparing import compare_groups, compare_paired
from innovate.surveys.domain.kinds import QuestionKind, SurveyState
from innovate.surveys.domain.questionnaire import Option, Question, Text
from innovate.surveys.domain.timing import Stage, due_at, may_show_results, reminder_number, stage_of
from innovate.surveys.queries.tally import cross, tally
from tests.factories.build import NOW

SCALE = Question("p", QuestionKind.SCALE, Text("?"))
LONG = Question("p", QuestionKind.LONG, Text("?"))


def test_counts_and_mean() -> None:
    found = tally(SCALE, [{"p": n} for n in (1, 2, 2, 5, 5)] + [{}], anonymous=True)
    assert (found.n, found.counts) == (5, {"1": 1, "2": 2, "3": 0, "4": 0, "5": 2})
    assert found.mean == Fraction(3)


def test_words_of_fewer_than_five_are_not_shown_and_more_come_by_the_alphabet() -> None:
    four = tally(LONG, [{"p": str(n)} for n in range(4)], anonymous=True)
    assert (four.hidden, four.words) == (True, ())
    assert tally(LONG, [{"p": "x"}], anonymous=False).words == ("x",)


@given(st.lists(st.text("abCÉ ", min_size=1), min_size=5))
def test_the_order_of_words_tells_nothing(words) -> None:
    there, back = (
        tally(LONG, [{"p": each} for each in some], anonymous=True).words for some in (words, words[::-1])
    )
    assert there == back
    assert sorted(there) == sorted(words)


def test_several_choices_count_people_once() -> None:
    question = Question("p", QuestionKind.SEVERAL, Text("?"), options=tuple(Option(k, Text(k)) for k in "ab"))
    found = tally(question, [{"p": ["a", "b"]}, {"p": ["a"]}], anonymous=False)
    assert (found.n, found.counts, found.mean) == (2, {"a": 2, "b": 1}, None)


def test_a_small_group_hides_a_second_one() -> None:
    rows = [(unit, {"p": 4}) for unit, n in {"dinas": 9, "badan": 6, "bagian": 2}.items() for _ in range(n)]
    cells = {cell.group: cell.n for cell in cross(SCALE, rows)}
    assert cells == {"dinas": 9, "badan": None, "bagian": None}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12), min_size=1))
def test_no_group_shown_is_small(groups) -> None:
    rows = [(group, {"p": 3}) for group, n in groups.items() for _ in range(n)]
    cells = cross(SCALE, rows)
    assert all(cell.n is None or cell.n >= 5 for cell in cells)
    hidden = [groups[cell.group] for cell in cells if cell.n is None]
    assert not hidden or len(hidden) > 1 or len(cells) == 1 or sum(groups.values()) < 5


# -- when ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "sent", "closes", "stage"),
    [
        (SurveyState.DRAFT, None, None, Stage.DRAFT),
        (SurveyState.OPEN, None, None, Stage.WAITING),
        (SurveyState.OPEN, -1, 1, Stage.RUNNING),
        (SurveyState.OPEN, -2, 0, Stage.CLOSED),
        (SurveyState.CLOSED, -1, 5, Stage.CLOSED),
    ],
)
def test_stages(state, sent, closes, stage) -> None:
    instants = [None if days is None else NOW + timedelta(days=days) for days in (sent, closes)]
    assert stage_of(state, *instants, NOW) is stage


def test_reminders_stop_at_their_number() -> None:
    numbers = [reminder_number(NOW, 3, 2, NOW + timedelta(days=n)) for n in (0, 2, 3, 5, 6, 30)]
    assert numbers == [0, 0, 1, 1, 2, 2]
    assert due_at(NOW, 90) == NOW + timedelta(days=90)
    assert due_at(None, 90) is None


def test_anonymous_results_wait_for_the_end() -> None:
    assert not may_show_results(Stage.RUNNING, anonymous=True)
    assert may_show_results(Stage.RUNNING, anonymous=False)
    assert may_show_results(Stage.CLOSED, anonymous=True)
    assert not may_show_results(Stage.WAITING, anonymous=False)


# -- before and after ---------------------------------------------------------------------------------------------


def test_the_worked_pairs() -> None:
    before = dict(zip("abcdef", (1, 2, 2, 1, 3, 2), strict=True))
    after = dict(zip("abcdef", (2, 3, 2, 3, 3, 4), strict=True)) | {"z": 4}
    found = compare_paired(before, after)
    assert found is not None
    assert (found.n_before, found.n_after, found.difference) == (6, 6, 1.0)
    # sd of (1,1,0,2,0,2) = 0.8944, t(5; .975) = 2.5706, 2.5706 * 0.8944 / sqrt(6) = 0.9386
    assert (round(found.low, 4), round(found.high, 4)) == (0.0614, 1.9386)
    assert found.direction == "rose"
    assert "few" in found.limits
    assert "other_people" not in found.limits


def test_the_worked_groups() -> None:
    found = compare_groups([1, 2, 2, 1, 3], [3, 3, 2, 4, 3], rate=0.4)
    assert found is not None
    assert math.isclose(found.difference, 1.2)
    # both variances .7 and .5, error .4899, Welch's freedom 7.784, t = 2.3174
    assert (round(found.low, 2), round(found.high, 2)) == (0.06, 2.34)
    assert {"no_control", "other_people", "low_rate"} <= set(found.limits)


def test_one_pair_has_no_interval_and_nobody_nothing() -> None:
    one = compare_paired({"a": 1}, {"a": 3})
    assert one is not None
    assert (one.low, one.direction) == (None, "open")
    assert "no_interval" in one.limits
    assert compare_paired({"a": 1}, {"b": 1}) is None
    assert compare_groups([], [1]) is None


@given(st.dictionaries(st.integers(0, 40), st.integers(0, 4), min_size=2))
def test_no_change_claims_no_direction(before) -> None:
    found = compare_paired(before, before)
    assert found is not None
    assert (found.difference, found.direction) == (0, "open")
    assert found.low == found.high == 0


@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=30), st.lists(st.integers(0, 4), min_size=2, max_size=30)
)
def test_the_interval_holds_the_difference_and_turns_with_it(before, after) -> None:
    there, back = compare_groups(before, after), compare_groups(after, before)
    assert there is not None
    assert back is not None
    assert there.low <= there.difference <= there.high
    assert math.isclose(there.low, -back.high, abs_tol=1e-9)
