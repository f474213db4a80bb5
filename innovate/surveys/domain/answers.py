"""What was answered: which questions are asked of somebody, and whether what came fits them.

Answers are kept by the question's key: an option's key, a list of keys, a number, an ISO day, or words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from innovate.surveys.domain.kinds import Part, QuestionKind
from innovate.surveys.domain.questionnaire import Question, Questionnaire, Section

SHORT, LONG = 300, 5000  # characters
LARGEST = Decimal(10) ** 12
PREFIX = "q-"
_DIGITS = re.compile(r"[+-]?[0-9]{0,15}([.,][0-9]{0,15})?")
Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Reading:
    """What is asked of somebody, in sections that hold anything; the answers that fit; what is wrong, by key."""

    sections: tuple[Section, ...]
    shown: frozenset[str]
    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def faults_in(self, section: Section) -> bool:
        """Whether something on this page is wrong."""
        return any(each.key in self.faults for each in section.questions)


def collect(whole: Questionnaire, getlist: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """What a form sent for the questions, trimmed, without what is empty."""
    found = {}
    for question in whole.questions():
        values = [each.replace("\x00", "").strip() for each in getlist(PREFIX + question.key)]
        if values := [each for each in values if each]:
            found[question.key] = values
    return found


def read(whole: Questionnaire, raw: Raw, part: Part | None = None) -> Reading:
    """Ask every question in order: one whose condition does not hold is not asked, whatever came for it."""
    sections, shown = [], set()
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for section in whole.sections:
        if not section.is_for(part):
            continue
        asked = False
        for question in section.questions:
            if not holds(question, answers):
                continue
            asked = True
            shown.add(question.key)
            value, fault = take(question, raw.get(question.key, ()))
            if fault:
                faults[question.key] = fault
            elif value is not None:
                answers[question.key] = value
        may_open = any(each.show for each in section.questions)
        if asked or (may_open and not section.questions[0].show):
            sections.append(section)
    return Reading(tuple(sections), frozenset(shown), answers, faults)


def holds(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether a question is asked after these answers."""
    if question.show is None:
        return True
    given = answers.get(question.show.question)
    chosen = {str(each) for each in given} if isinstance(given, list) else {str(given)}
    return given is not None and bool(chosen & set(question.show.values))


def take(question: Question, values: Sequence[str]) -> tuple[Any, str]:
    """The answer (None: none was given) and the code of what is wrong with it, or ""."""
    if not values:
        return None, "missing" if question.required else ""
    readers: dict[QuestionKind, Callable[[Question, Sequence[str]], tuple[Any, str]]] = {
        QuestionKind.SINGLE: _one,
        QuestionKind.SEVERAL: _several,
        QuestionKind.SCALE: _level,
        QuestionKind.SKILL: _level,
        QuestionKind.NUMBER: _number,
        QuestionKind.DATE: _day,
        QuestionKind.SHORT: lambda _q, v: _words(v[0], SHORT),
        QuestionKind.LONG: lambda _q, v: _words(v[0], LONG),
    }
    return readers[question.kind](question, values)


def _one(question: Question, values: Sequence[str]) -> tuple[Any, str]:
    known = {value for value, _words in question.values}
    return (values[0], "") if values[0] in known else (None, "unknown")


def _several(question: Question, values: Sequence[str]) -> tuple[Any, str]:
    known = [value for value, _words in question.values]
    if not set(values) <= set(known):
        return None, "unknown"
    return [each for each in known if each in values], ""


def _level(question: Question, values: Sequence[str]) -> tuple[Any, str]:
    value, fault = _one(question, values)
    return (None, fault) if fault else (int(value), "")


def _number(_question: Question, values: Sequence[str]) -> tuple[Any, str]:
    """88,5 and 88.5 are numbers; 1.234 may be either, so it is refused."""
    text = values[0].replace(" ", "")
    if not _DIGITS.fullmatch(text):
        return None, "no_number"
    head, dot, tail = text.partition(".")
    if dot and len(tail) == 3 and head.lstrip("-") not in {"0", ""}:
        return None, "ambiguous"
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None, "no_number"
    if abs(number) > LARGEST:
        return None, "no_number"
    return int(number) if number == int(number) else float(number), ""


def _day(_question: Question, values: Sequence[str]) -> tuple[Any, str]:
    try:
        day = date.fromisoformat(values[0])
    except ValueError:
        return None, "no_day"
    return (day.isoformat(), "") if 1900 <= day.year <= 2999 else (None, "no_day")


def _words(text: str, most: int) -> tuple[Any, str]:
    return (text, "") if len(text) <= most else (None, "long")
