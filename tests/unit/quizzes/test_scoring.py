"""What answers earn, which short answers are the same, and what single questions tell."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.quizzes.domain.content import Option, make_content
from innovate.quizzes.domain.items import LEAST, Mark, discrimination, mean_share
from innovate.quizzes.domain.kinds import QuestionKind
from innovate.quizzes.domain.scoring import read_answer, score, share_right, total
from innovate.quizzes.domain.texts import normalise


def choice(kind: QuestionKind, *right: bool, points: int = 1):
    options = [Option(f"Pilihan {number}", each) for number, each in enumerate(right)]
    return make_content(kind, "Soal", options, points=points)


SINGLE = choice(QuestionKind.SINGLE, False, True, False, points=3)
MULTIPLE = choice(QuestionKind.MULTIPLE, True, True, True, False, False, points=2)
SCALE = choice(QuestionKind.SCALE, False, False, False)
SHORT = make_content(QuestionKind.SHORT, "Soal", accepted=["e-Government", "0,7"], points=5)


@pytest.mark.parametrize(
    ("content", "answer", "points"),
    [
        (SINGLE, [1], 3),
        (SINGLE, [0], 0),
        (SINGLE, None, 0),
        (MULTIPLE, [0, 1, 2], 2),
        (MULTIPLE, [0, 1], Fraction(4, 3)),
        (MULTIPLE, [0], Fraction(2, 3)),
        (MULTIPLE, [0, 1, 3], Fraction(2, 3)),
        (MULTIPLE, [0, 3], 0),
        (MULTIPLE, [3, 4], 0),  # never below nought
        (MULTIPLE, [0, 1, 2, 3, 4], Fraction(2, 3)),
        (SCALE, [2], 0),
        (SHORT, ["  E GOVERNMENT. "], 5),
        (SHORT, ["0.7"], 5),
        (SHORT, ["7"], 0),
    ],
)
def test_points(content, answer, points) -> None:
    assert score(content, answer) == points


def test_a_sheet_counts_what_there_is_to_win() -> None:
    contents = {1: SINGLE, 2: MULTIPLE, 3: SCALE, 4: SHORT}
    assert total(contents, {1: [1], 2: [0], 3: [0]}) == (Fraction(11, 3), 10)


@given(st.sets(st.integers(0, 4)))
def test_several_choices_earn_from_nought_to_all(chosen: set[int]) -> None:
    share = share_right(MULTIPLE, sorted(chosen))
    assert 0 <= share <= 1
    assert (share == 1) == (chosen == {0, 1, 2})


@pytest.mark.parametrize(
    ("content", "given_", "kept"),
    [
        (SINGLE, ["1"], [1]),
        (SINGLE, ["1", "0"], [0]),
        (SINGLE, ["7"], None),
        (SINGLE, ["²"], None),
        (SINGLE, [], None),
        (MULTIPLE, ["4", "0", "0", "-1", "x"], [0, 4]),
        (SHORT, ["  a  b "], ["a b"]),
        (SHORT, ["x" * 500], ["x" * 200]),
        (SHORT, ["a\x00b"], ["ab"]),
        (SHORT, [" "], None),
    ],
)
def test_what_was_sent_is_kept_in_one_shape(content, given_, kept) -> None:
    assert read_answer(content, given_) == kept


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SPBE", " spbe. "),
        ("0,75", "0.75"),
        ("Café", "cafe"),
        ("Ｐontianak", "pontianak"),
        ("e-Gov", "e gov"),
        ("−5", "-5"),
    ],
)
def test_the_same_short_answers(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("7", "0,7"), ("10%", "10"), ("5", "-5")])
def test_other_short_answers(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_discrimination() -> None:
    able = [Mark(Fraction(n % 2), Fraction(n % 2, 2)) for n in range(LEAST)]
    assert discrimination(able) == pytest.approx(1)
    assert discrimination([Mark(1 - mark.share, mark.rest) for mark in able]) == pytest.approx(-1)
    assert discrimination(able[: LEAST - 1]) is None
    assert discrimination([Mark(Fraction(1), mark.rest) for mark in able]) is None  # everybody did alike
    assert mean_share(able) == Fraction(1, 2)
    assert mean_share([]) is None
