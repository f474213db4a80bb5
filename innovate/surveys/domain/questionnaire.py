"""A questionnaire: sections of questions in both languages, as values and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from innovate.surveys.domain.kinds import Part, QuestionKind


@dataclass(frozen=True)
class Text:
    """What is said, in Indonesian, and in English where somebody wrote it."""

    id: str = ""
    en: str = ""

    def say(self, locale: str) -> str:
        """In the reader's language; Indonesian where there is no English."""
        return (self.en or self.id) if locale == "en" else self.id

    def __bool__(self) -> bool:
        return bool(self.id)


@dataclass(frozen=True)
class Option:
    """One choice; answers keep its key."""

    key: str
    text: Text


@dataclass(frozen=True)
class Condition:
    """Shown only if the answer to an earlier question is, or holds, one of the values."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """`key` never changes and joins the results of all versions. `top`: end of a scale (4 or 5).

    `low` and `high` label its ends; `element`: which of the nine unsur it asks (u1…u9); `skill`: code in the framework.
    """

    key: str
    kind: QuestionKind
    text: Text
    help: Text = Text()
    required: bool = False
    options: tuple[Option, ...] = ()
    top: int = 5
    low: Text = Text()
    high: Text = Text()
    element: str = ""
    skill: str = ""
    show: Condition | None = None

    @property
    def values(self) -> tuple[tuple[str, Text], ...]:
        """What can be chosen, as (value, words); empty where something is written."""
        if self.kind is QuestionKind.SCALE:
            ends = {1: self.low, self.top: self.high}
            named = {int(each.key): each.text for each in self.options}
            return tuple(
                (str(n), named.get(n) or ends.get(n) or Text(str(n))) for n in range(1, self.top + 1)
            )
        return tuple((each.key, each.text) for each in self.options)


@dataclass(frozen=True)
class Section:
    """A page of questions. `parts`: who gets it (nobody named: everybody)."""

    key: str
    title: Text
    text: Text = Text()
    parts: tuple[Part, ...] = ()
    questions: tuple[Question, ...] = ()

    def is_for(self, part: Part | None) -> bool:
        """Whether somebody answering as `part` sees it."""
        return not self.parts or (part or Part.ALUMNUS) in self.parts


@dataclass(frozen=True)
class Questionnaire:
    """Sections in their order."""

    sections: tuple[Section, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        for section in self.sections:
            yield from section.questions

    def find(self, key: str) -> Question | None:
        """A question by its key."""
        return next((each for each in self.questions() if each.key == key), None)

    def section(self, key: str) -> Section | None:
        """A section by its key."""
        return next((each for each in self.sections if each.key == key), None)

    def before(self, key: str) -> list[Question]:
        """The questions that stand before one: those it may depend on."""
        found: list[Question] = []
        for each in self.questions():
            if each.key == key:
                return found
            found.append(each)
        return found

    def with_section(self, section: Section) -> Questionnaire:
        """The same with a section put in the place of the one with its key."""
        return Questionnaire(tuple(section if each.key == section.key else each for each in self.sections))


def pack(whole: Questionnaire) -> dict[str, Any]:
    """As JSON holds it."""
    return {"sections": [_pack_section(each) for each in whole.sections]}


def _pack_text(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}


def _pack_section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": _pack_text(section.title),
        "text": _pack_text(section.text),
        "parts": [part.value for part in section.parts],
        "questions": [_pack_question(each) for each in section.questions],
    }


def _pack_question(question: Question) -> dict[str, Any]:
    packed: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind.value,
        "required": question.required,
        "top": question.top,
        "element": question.element,
        "skill": question.skill,
        "options": [{"key": each.key, "text": _pack_text(each.text)} for each in question.options],
        **{name: _pack_text(getattr(question, name)) for name in ("text", "help", "low", "high")},
    }
    if question.show:
        packed["show"] = {"question": question.show.question, "values": list(question.show.values)}
    return packed


def unpack(content: Mapping[str, Any]) -> Questionnaire:
    """Out of JSON (or a ready-made file, where keys may be left out)."""
    return Questionnaire(tuple(_unpack_section(each) for each in content["sections"]))


def _text(value: Any) -> Text:
    return Text(str(value.get("id", "")), str(value.get("en", ""))) if isinstance(value, Mapping) else Text()


def _unpack_section(content: Mapping[str, Any]) -> Section:
    return Section(
        key=str(content["key"]),
        title=_text(content.get("title")),
        text=_text(content.get("text")),
        parts=tuple(Part(each) for each in content.get("parts", ())),
        questions=tuple(_unpack_question(each) for each in content.get("questions", ())),
    )


def _unpack_question(content: Mapping[str, Any]) -> Question:
    show = content.get("show")
    return Question(
        key=str(content["key"]),
        kind=QuestionKind(content["kind"]),
        text=_text(content.get("text")),
        help=_text(content.get("help")),
        required=bool(content.get("required", False)),
        options=tuple(Option(str(each["key"]), _text(each["text"])) for each in content.get("options", ())),
        top=int(content.get("top", 5)),
        low=_text(content.get("low")),
        high=_text(content.get("high")),
        element=str(content.get("element", "")),
        skill=str(content.get("skill", "")),
        show=Condition(str(show["question"]), tuple(map(str, show["values"]))) if show else None,
    )
