"""Changing a questionnaire: every act gives a new one, or a `Fault` that names what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from innovate.surveys.domain.kinds import CHOOSING, QuestionKind
from innovate.surveys.domain.questionnaire import Option, Question, Questionnaire, Section, Text

MOST_QUESTIONS = 120
MOST_OPTIONS = 40
DEPENDABLE = frozenset({QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.SKILL})
T = TypeVar("T", Section, Question)


class Fault(Exception):
    """Why a questionnaire cannot be so; `code` has its sentence in `words.FAULTS`."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field


def next_key(prefix: str, taken: Iterable[str]) -> str:
    """A key nobody had: one more than the highest number so far."""
    numbers = [int(each[len(prefix) :]) for each in taken if re.fullmatch(prefix + r"\d{1,6}", each)]
    return f"{prefix}{max(numbers, default=0) + 1}"


def read_options(lines: str, former: Iterable[Option] = ()) -> tuple[Option, ...]:
    """One option a line, `Indonesian | English`. An option keeps its key as long as its Indonesian words stay."""
    known = {each.text.id: each.key for each in former}
    taken = set(known.values())
    options: list[Option] = []
    for line in lines.splitlines():
        first, _bar, second = line.partition("|")
        text = Text(first.strip(), second.strip())
        if not text:
            continue
        key = known.get(text.id) or next_key("o", taken)
        taken.add(key)
        options.append(Option(key, text))
    if len({each.key for each in options}) < len(options):
        raise Fault("same_options", "options")
    return tuple(options)


def write_options(options: Iterable[Option]) -> str:
    """The options as they are typed."""
    return "\n".join(f"{each.text.id} | {each.text.en}" if each.text.en else each.text.id for each in options)


def answers_alike(former: Question, question: Question) -> bool:
    """Whether answers to one can be counted with those to the other: the same kind, on the same scale."""
    same_scale = question.kind is not QuestionKind.SCALE or former.top == question.top
    return former.kind is question.kind and same_scale


def move(items: tuple[T, ...], key: str, step: int) -> tuple[T, ...]:
    """The items with one of them moved by a step, as far as there is room."""
    rest = list(items)
    at = next((n for n, each in enumerate(rest) if each.key == key), None)
    if at is None or not 0 <= at + step < len(rest):
        return items
    rest.insert(at + step, rest.pop(at))
    return tuple(rest)


def put_question(whole: Questionnaire, section_key: str, question: Question) -> Questionnaire:
    """A new question at the end of a section, or the changed one in its place."""
    section = whole.section(section_key)
    if section is None:
        raise Fault("no_section")
    known = any(each.key == question.key for each in section.questions)
    rows = (
        tuple(question if each.key == question.key else each for each in section.questions)
        if known
        else (*section.questions, question)
    )
    return check(whole.with_section(replace(section, questions=rows)))


def move_question(whole: Questionnaire, key: str, step: int) -> Questionnaire:
    """One place up or down; over the edge of its section into the next one."""
    at = next(n for n, each in enumerate(whole.sections) if any(q.key == key for q in each.questions))
    section = whole.sections[at]
    moved = move(section.questions, key, step)
    if moved != section.questions:
        return check(whole.with_section(replace(section, questions=moved)))
    if not 0 <= at + step < len(whole.sections):
        return whole
    question = next(each for each in section.questions if each.key == key)
    left = replace(section, questions=tuple(each for each in section.questions if each.key != key))
    other = whole.sections[at + step]
    rows = (question, *other.questions) if step > 0 else (*other.questions, question)
    return check(whole.with_section(left).with_section(replace(other, questions=rows)))


def remove_question(whole: Questionnaire, key: str) -> Questionnaire:
    """Without it. What depends on it must be freed first."""
    sections = (
        replace(each, questions=tuple(q for q in each.questions if q.key != key)) for each in whole.sections
    )
    return check(Questionnaire(tuple(sections)))


def check(whole: Questionnaire) -> Questionnaire:
    """The questionnaire itself, if it can be asked; else a Fault."""
    seen: dict[str, Question] = {}
    for question in whole.questions():
        _check_question(question)
        if question.show:
            earlier = seen.get(question.show.question)
            if earlier is None or earlier.kind not in DEPENDABLE:
                raise Fault("depends_later", "show_question")
            possible = {value for value, _words in earlier.values}
            if not question.show.values or not set(question.show.values) <= possible:
                raise Fault("depends_nothing", "show_values")
        seen[question.key] = question
    if len(seen) > MOST_QUESTIONS:
        raise Fault("many_questions")
    return whole


def _check_question(question: Question) -> None:
    if not question.text:
        raise Fault("no_text", "text")
    if question.kind in CHOOSING and not 2 <= len(question.options) <= MOST_OPTIONS:
        raise Fault("few_options", "options")
    if question.kind is QuestionKind.SCALE and question.top not in {4, 5}:
        raise Fault("wrong_scale", "top")
