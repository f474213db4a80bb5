"""What an answer is worth: exact, in fractions of points (docs/algorithms/n-gain.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from innovate.quizzes.domain.content import LONGEST_ANSWER, Content
from innovate.quizzes.domain.kinds import QuestionKind
from innovate.quizzes.domain.texts import normalise, squeeze

Answer = Sequence[Any]  # indexes of the options chosen, or one text


def read_answer(content: Content, given: Sequence[str]) -> list[Any] | None:
    """What was sent, as it is kept: ascending indexes (one where one may be chosen), or a text. None: nothing."""
    if not content.has_options:
        text = squeeze(given[0].replace("\x00", ""))[:LONGEST_ANSWER] if given else ""
        return [text] if text else None
    chosen = sorted({int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 3})
    chosen = [index for index in chosen if index < len(content.options)]
    if content.kind is not QuestionKind.MULTIPLE:
        chosen = chosen[:1]
    return chosen or None


def share_right(content: Content, answer: Answer | None) -> Fraction:
    """The part of its points an answer earns, 0 to 1.

    Several choices: each right one earns 1/R of R right ones, each wrong one takes as much away, never below 0.
    """
    if not answer or content.kind is QuestionKind.SCALE:
        return Fraction(0)
    if content.kind is QuestionKind.SHORT:
        accepted = {normalise(each) for each in content.accepted}
        return Fraction(int(normalise(str(answer[0])) in accepted))
    right = {index for index, option in enumerate(content.options) if option.right}
    hits = len(right & set(answer))
    if content.kind is QuestionKind.SINGLE:
        return Fraction(hits)
    return max(Fraction(0), Fraction(hits - (len(set(answer)) - hits), len(right)))


def score(content: Content, answer: Answer | None) -> Fraction:
    """The points an answer earns."""
    return content.most * share_right(content, answer)


def total(contents: Mapping[int, Content], answers: Mapping[int, Answer | None]) -> tuple[Fraction, int]:
    """The points of a sheet by position, and how many there are to win."""
    won = sum((score(content, answers.get(key)) for key, content in contents.items()), Fraction(0))
    return won, sum(content.most for content in contents.values())
