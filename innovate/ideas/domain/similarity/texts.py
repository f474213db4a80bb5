"""What of an entry is compared: every written answer; and what of its form is nobody's own text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from innovate.events.domain.kinds import FieldKind
from innovate.ideas.domain.answers import choices_of
from innovate.ideas.domain.reading import SectionField
from innovate.ideas.domain.similarity.hashes import fingerprint_all
from innovate.ideas.domain.similarity.passages import Span

WRITTEN = frozenset({FieldKind.SHORT, FieldKind.LONG})
_BETWEEN = "\n\n"
_AROUND = 120  # characters shown before and behind a passage


class AskedField(SectionField, Protocol):
    """A field with its help."""

    help: str


@dataclass(frozen=True)
class Cut:
    """A passage with the words around it, and the label of the answer it stands in."""

    label: str
    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Written:
    """The written answers of an entry as one text; `labels` and `starts` (rising) say which answer begins where."""

    text: str
    labels: tuple[str, ...]
    starts: tuple[int, ...]

    def cut(self, span: Span) -> Cut:
        """A passage to be shown, with words around it. Of one that runs on into the next answer, the larger part."""
        number = max(range(len(self.starts)), key=lambda n: self._inside(n, span))
        first, last = self._bounds(number)
        start, end = max(first, span.start), min(last, span.end)
        before, after = self.text[first:start], self.text[end:last]
        if len(before) > _AROUND:
            before = f"…{before[-_AROUND:].partition(' ')[2]}"
        if len(after) > _AROUND:
            after = f"{after[:_AROUND].rpartition(' ')[0]}…"
        return Cut(self.labels[number], before, self.text[start:end], after)

    def _bounds(self, number: int) -> tuple[int, int]:
        after = self.starts[number + 1] - len(_BETWEEN) if number + 1 < len(self.starts) else len(self.text)
        return self.starts[number], after

    def _inside(self, number: int, span: Span) -> int:
        first, last = self._bounds(number)
        return min(last, span.end) - max(first, span.start)


def join_answers(fields: Sequence[AskedField], answers: Mapping[str, Any]) -> Written:
    """The written answers in the order of the form."""
    parts = [(f.label, answers[f.key]) for f in fields if f.kind in WRITTEN and answers.get(f.key)]
    parts = [(label, text) for label, text in parts if isinstance(text, str)]
    starts, place = [], 0
    for _label, text in parts:
        starts.append(place)
        place += len(text) + len(_BETWEEN)
    return Written(
        _BETWEEN.join(text for _label, text in parts), tuple(label for label, _text in parts), tuple(starts)
    )


def mark_answers(fields: Sequence[AskedField], answers: Mapping[str, Any]) -> frozenset[int]:
    """The fingerprint of an entry: of each written answer by itself, without the words of the form."""
    texts = [answers[f.key] for f in fields if f.kind in WRITTEN and isinstance(answers.get(f.key), str)]
    return fingerprint_all(texts) - mark_form(fields)


def mark_form(fields: Sequence[AskedField]) -> frozenset[int]:
    """What stands in the form itself: labels, sections, help and choices, dropped for good."""
    own = [text for f in fields for text in (f.label, f.section, f.help, *choices_of(f))]
    return fingerprint_all(own)
