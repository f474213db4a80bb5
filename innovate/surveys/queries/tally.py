"""Counting answers: what was chosen how often, means, words by the alphabet, and a question by groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from innovate.core.suppression import MINIMUM, suppress
from innovate.surveys.domain.kinds import MEASURED, WRITTEN, QuestionKind
from innovate.surveys.domain.questionnaire import Question

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Tally:
    """`n` people answered; `counts` by value in the question's order; `mean` where it is measured.

    `words` stand by the alphabet: an order that was drawn could be undone, and would join one person's answers.
    """

    question: Question
    n: int
    counts: Mapping[str, int]
    mean: Fraction | None = None
    words: tuple[str, ...] = ()
    hidden: bool = False  # too few to show anything


def tally(question: Question, rows: Iterable[Answers], *, anonymous: bool) -> Tally:
    """Everything about one question. In an anonymous survey less than five answers are not shown."""
    given = [row[question.key] for row in rows if question.key in row]
    if anonymous and len(given) < MINIMUM:
        return Tally(question, len(given), {}, hidden=bool(given))
    counter: Counter[str] = Counter()
    for value in given:
        counter.update(map(str, value) if isinstance(value, list) else [str(value)])
    known = [value for value, _words in question.values]
    shown = {value: counter[value] for value in known}
    words: list[str] = []
    if question.kind in WRITTEN:
        words = sorted(map(str, given), key=lambda each: (each.casefold(), each))
    elif question.kind is QuestionKind.DATE:
        shown = dict(sorted(counter.items()))
    return Tally(question, len(given), shown, _mean_of(question, given), tuple(words))


def _mean_of(question: Question, given: Sequence[Any]) -> Fraction | None:
    if question.kind not in MEASURED or not given:
        return None
    return sum((Fraction(str(each)) for each in given), Fraction()) / len(given)


@dataclass(frozen=True)
class Cell:
    """One group: how many answered and their mean, or None for both where it is too small to be shown."""

    group: Hashable
    n: int | None
    mean: Fraction | None


def cross(question: Question, rows: Iterable[tuple[Hashable, Answers]]) -> list[Cell]:
    """A measured question by group. Groups under five are hidden, and a second one where one alone would be told."""
    given: dict[Hashable, list[Any]] = {}
    for group, answers in rows:
        values = given.setdefault(group, [])
        if question.key in answers:
            values.append(answers[question.key])
    hidden = suppress({group: len(values) for group, values in given.items()})
    total = sum(map(len, given.values()))
    if total < MINIMUM:
        return [Cell(group, None, None) for group in given]
    return [
        Cell(group, None, None) if group in hidden else Cell(group, len(values), _mean_of(question, values))
        for group, values in given.items()
    ]
