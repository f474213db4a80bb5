"""What a question says, and what is wrong with it."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from innovate.quizzes.domain.kinds import QuestionKind
from innovate.quizzes.domain.texts import normalise, squeeze

LONGEST_TEXT, LONGEST_OPTION, LONGEST_ANSWER, LONGEST_TAG = 2000, 300, 200, 40
MOST_OPTIONS, MOST_STEPS, MOST_ANSWERS, MOST_TAGS, MOST_POINTS = 10, 7, 20, 10, 100


class Option(NamedTuple):
    """Something to choose, and whether it is right."""

    text: str
    right: bool = False


@dataclass(frozen=True)
class Content:
    """A question as it is asked. `options` of a scale are its steps from low to high; `accepted` belongs to short."""

    kind: QuestionKind
    text: str
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    explanation: str = ""
    points: int = 1
    tags: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """The points there are to win."""
        return 0 if self.kind is QuestionKind.SCALE else self.points

    @property
    def has_options(self) -> bool:
        """Whether it is answered by choosing."""
        return self.kind is not QuestionKind.SHORT


class Code(enum.StrEnum):
    """What is wrong with a part of a question."""

    MISSING = "missing"
    LONG = "long"
    FEW_OPTIONS = "few_options"
    MANY_OPTIONS = "many_options"
    TWICE = "twice"
    ONE_RIGHT = "one_right"
    SOME_RIGHT = "some_right"
    NO_ANSWER = "no_answer"
    MANY = "many"
    POINTS = "points"
    KIND = "kind"
    UNKNOWN_RIGHT = "unknown_right"


class Fault(NamedTuple):
    """What is wrong with which part (`text`, `options`, `right`, `accepted`, `explanation`, `points`, `tags`)."""

    part: str
    code: Code
    value: str = ""


def make_content(
    kind: QuestionKind,
    text: str,
    options: Sequence[Option] = (),
    accepted: Sequence[str] = (),
    explanation: str = "",
    points: int = 1,
    tags: Sequence[str] = (),
) -> Content:
    """A question with its texts trimmed, empty ones left out, and nothing that does not belong to its kind."""
    is_choice = kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}
    chosen = [Option(squeeze(option.text), option.right and is_choice) for option in options]
    return Content(
        kind=kind,
        text=text.strip(),
        options=tuple(option for option in chosen if option.text) if kind is not QuestionKind.SHORT else (),
        accepted=tuple(dict.fromkeys(filter(None, map(squeeze, accepted))))
        if kind is QuestionKind.SHORT
        else (),
        explanation=explanation.strip(),
        points=0 if kind is QuestionKind.SCALE else points,
        tags=tuple(dict.fromkeys(filter(None, (squeeze(tag).casefold() for tag in tags)))),
    )


def check(content: Content) -> list[Fault]:
    """Everything wrong with a question, in the order of its parts."""
    faults = [] if content.text else [Fault("text", Code.MISSING)]
    texts = (("text", content.text), ("explanation", content.explanation))
    faults += [Fault(part, Code.LONG, str(LONGEST_TEXT)) for part, text in texts if len(text) > LONGEST_TEXT]
    faults += _check_options(content) if content.has_options else _check_accepted(content)
    if content.kind is not QuestionKind.SCALE and not 1 <= content.points <= MOST_POINTS:
        faults.append(Fault("points", Code.POINTS, str(MOST_POINTS)))
    if len(content.tags) > MOST_TAGS:
        faults.append(Fault("tags", Code.MANY, str(MOST_TAGS)))
    if any(len(tag) > LONGEST_TAG for tag in content.tags):
        faults.append(Fault("tags", Code.LONG, str(LONGEST_TAG)))
    return faults


def _check_options(content: Content) -> list[Fault]:
    most = MOST_STEPS if content.kind is QuestionKind.SCALE else MOST_OPTIONS
    texts = [option.text.casefold() for option in content.options]
    faults = []
    if len(texts) < 2:
        faults.append(Fault("options", Code.FEW_OPTIONS))
    if len(texts) > most:
        faults.append(Fault("options", Code.MANY_OPTIONS, str(most)))
    if len(set(texts)) < len(texts):
        faults.append(Fault("options", Code.TWICE))
    if any(len(text) > LONGEST_OPTION for text in texts):
        faults.append(Fault("options", Code.LONG, str(LONGEST_OPTION)))
    right = sum(option.right for option in content.options)
    if content.kind is QuestionKind.SINGLE and right != 1:
        faults.append(Fault("right", Code.ONE_RIGHT))
    if content.kind is QuestionKind.MULTIPLE and not right:
        faults.append(Fault("right", Code.SOME_RIGHT))
    return faults


def _check_accepted(content: Content) -> list[Fault]:
    if not content.accepted or not all(map(normalise, content.accepted)):
        return [Fault("accepted", Code.NO_ANSWER)]
    if len(content.accepted) > MOST_ANSWERS:
        return [Fault("accepted", Code.MANY, str(MOST_ANSWERS))]
    if any(len(answer) > LONGEST_ANSWER for answer in content.accepted):
        return [Fault("accepted", Code.LONG, str(LONGEST_ANSWER))]
    return []


def pack(content: Content) -> dict[str, Any]:
    """The columns of a version."""
    return {
        "kind": content.kind,
        "text": content.text,
        "options": [{"text": option.text, "right": option.right} for option in content.options],
        "accepted": list(content.accepted),
        "explanation": content.explanation,
        "points": content.points,
        "tags": list(content.tags),
    }


def unpack(columns: Mapping[str, Any]) -> Content:
    """The question that `pack` wrote."""
    return Content(
        kind=QuestionKind(columns["kind"]),
        text=columns["text"],
        options=tuple(Option(each["text"], each["right"]) for each in columns["options"]),
        accepted=tuple(columns["accepted"]),
        explanation=columns["explanation"],
        points=columns["points"],
        tags=tuple(columns["tags"]),
    )
