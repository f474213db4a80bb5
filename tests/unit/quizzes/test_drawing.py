"""Draws by tag and orders: told by the seed alone; and when a sheet is over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.quizzes.domain.content import Option, make_content
from innovate.quizzes.domain.drawing import Draw, draw_questions, lacking, order_options
from innovate.quizzes.domain.kinds import QuestionKind, QuizState, Stage, due_of, is_over, stage_of

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
POOL = {1: ["a"], 2: ["a", "b"], 3: ["b"], 4: ["a"], 5: []}
SCALE = make_content(QuestionKind.SCALE, "Soal", [Option(str(n)) for n in range(7)])
SINGLE = make_content(QuestionKind.SINGLE, "Soal", [Option(str(n), right=not n) for n in range(7)])


def test_the_same_seed_draws_the_same() -> None:
    drawn = [draw_questions("biji", [5], [Draw("a", 2)], POOL, shuffled=True) for _ in range(2)]
    assert drawn[0] == drawn[1]
    seeds = {tuple(draw_questions(str(n), [5], [Draw("a", 2)], POOL, shuffled=True)) for n in range(40)}
    assert len(seeds) > 5


def test_without_shuffling_the_fixed_ones_keep_their_order() -> None:
    assert draw_questions("x", [5, 3], [], POOL, shuffled=False) == [5, 3]


@given(st.text(max_size=5), st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_what_is_not_lacking_is_drawn(seed: str, a: int, b: int, shuffled: bool) -> None:
    draws = [Draw("a", a), Draw("b", b)]
    chosen = draw_questions(seed, [5], draws, POOL, shuffled=shuffled)
    assert len(chosen) == len(set(chosen))
    if lacking(draws, [5], POOL) is None:
        assert len(chosen) == 1 + a + b


@pytest.mark.parametrize(
    ("draws", "fixed", "short"),
    [
        ([Draw("a", 3)], [], None),
        ([Draw("a", 4)], [], Draw("a", 4)),
        ([Draw("a", 3)], [1], Draw("a", 3)),
        ([Draw("a", 1), Draw("b", 1)], [], None),
        ([Draw("a", 1), Draw("b", 2)], [], Draw("b", 2)),  # the one drawn first may carry both tags
        ([Draw("c", 1)], [], Draw("c", 1)),
    ],
)
def test_lacking(draws, fixed, short) -> None:
    assert lacking(draws, fixed, POOL) == short


@given(st.text(max_size=5), st.integers(1, 200))
def test_options_are_a_permutation_and_scales_keep_their_steps(seed: str, position: int) -> None:
    assert sorted(order_options(seed, position, SINGLE, shuffled=True)) == list(range(7))
    assert list(order_options(seed, position, SCALE, shuffled=True)) == list(range(7))
    assert list(order_options(seed, position, SINGLE, shuffled=False)) == list(range(7))


def test_the_stage_of_a_test() -> None:
    later = NOW + timedelta(hours=1)
    assert stage_of(QuizState.DRAFT, NOW, later, NOW) is Stage.DRAFT
    assert stage_of(QuizState.PUBLISHED, NOW, later, NOW - timedelta(seconds=1)) is Stage.WAITING
    assert stage_of(QuizState.PUBLISHED, NOW, later, NOW) is Stage.OPEN
    assert stage_of(QuizState.PUBLISHED, NOW, later, later) is Stage.CLOSED


def test_a_sheet_is_due_after_its_minutes_and_never_after_the_closing() -> None:
    closing = NOW + timedelta(minutes=30)
    assert due_of(NOW, 20, closing) == NOW + timedelta(minutes=20)
    assert due_of(NOW, 45, closing) == closing
    assert due_of(NOW, None, closing) == closing


def test_twenty_seconds_are_for_the_network() -> None:
    assert not is_over(None, NOW, NOW + timedelta(seconds=20))
    assert is_over(None, NOW, NOW + timedelta(seconds=21))
    assert is_over(NOW, NOW + timedelta(hours=1), NOW)
