"""A sheet of questions turned into questions, or every cell that is wrong. All or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from innovate.quizzes.domain.content import Code, Content, Fault, Option, check, make_content
from innovate.quizzes.domain.kinds import QuestionKind
from innovate.quizzes.domain.texts import squeeze

MOST_ROWS = 500
LETTERS = "ABCDEFGHIJ"
KINDS: Mapping[QuestionKind, tuple[str, ...]] = {
    QuestionKind.SINGLE: ("tunggal", "pilihan tunggal", "pilihan ganda", "single"),
    QuestionKind.MULTIPLE: ("majemuk", "beberapa", "pilihan majemuk", "multiple"),
    QuestionKind.SCALE: ("skala", "scale"),
    QuestionKind.SHORT: ("isian", "jawaban singkat", "short"),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "kind": ("jenis", "kind", "type"),
    "text": ("soal", "pertanyaan", "question"),
    **{f"option {letter}": (f"pilihan {letter.lower()}", f"option {letter.lower()}") for letter in LETTERS},
    "key": ("kunci", "jawaban", "kunci jawaban", "answer", "key"),
    "explanation": ("penjelasan", "pembahasan", "explanation"),
    "points": ("poin", "bobot", "points"),
    "tags": ("label", "tag", "tags"),
}
_PARTS = {"options": "option A", "right": "key", "accepted": "key"}

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class CellFault:
    """A fault with its place: the row as a spreadsheet counts it, the column from 0 (None: the sheet has none)."""

    row: int
    column: int | None
    fault: Fault


@dataclass(frozen=True)
class Plan:
    """What saving would bring; with `faults` nothing is saved."""

    contents: Sequence[Content] = ()
    faults: Sequence[CellFault] = ()


def make_plan(rows: Sequence[Row], known: Iterable[str] = ()) -> Plan:
    """`rows` begin with the titles of the columns; `known`: texts of questions that are in the bank already."""
    if len(rows) < 2:
        return Plan(faults=[CellFault(1, None, Fault("text", Code.MISSING))])
    titles = [squeeze(re.sub(r"[^\w]+", " ", title.casefold())) for title in rows[0][1]]
    places = {
        part: next((titles.index(name) for name in names if name in titles), None)
        for part, names in COLUMNS.items()
    }
    missing = [part for part in ("kind", "text") if places[part] is None]
    if missing:
        return Plan(faults=[CellFault(rows[0][0], None, Fault(part, Code.MISSING)) for part in missing])
    reader = _Reader(places, {_same(text) for text in known})
    contents = [reader.read(number, cells) for number, cells in rows[1:]]
    faults = sorted(reader.faults, key=lambda each: (each.row, each.column or 0))
    return Plan([content for content in contents if content is not None], faults)


def _same(text: str) -> str:
    return squeeze(text).casefold()


class _Reader:
    """Reads rows, collecting what is wrong with single cells."""

    def __init__(self, places: Mapping[str, int | None], known: set[str]) -> None:
        self.faults: list[CellFault] = []
        self._places, self._seen = places, known

    def read(self, number: int, cells: Sequence[str]) -> Content | None:
        said = {part: self._said(place, cells) for part, place in self._places.items()}
        kind = next((kind for kind, names in KINDS.items() if _same(said["kind"]) in names), None)
        if kind is None:
            self._fault(number, Fault("kind", Code.KIND if said["kind"] else Code.MISSING, said["kind"]))
            return None
        letters = self._letters(number, kind, said)
        content = make_content(
            kind,
            said["text"],
            [Option(said[f"option {letter}"], letter in letters) for letter in LETTERS],
            said["key"].split("|"),
            said["explanation"],
            self._points(number, kind, said["points"]),
            re.split(r"[,;]", said["tags"]),
        )
        for fault in check(content):
            self._fault(number, fault)
        if content.text:
            if _same(content.text) in self._seen:
                self._fault(number, Fault("text", Code.TWICE, content.text[:60]))
            self._seen.add(_same(content.text))
        return content

    def _said(self, place: int | None, cells: Sequence[str]) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _fault(self, number: int, fault: Fault) -> None:
        place = self._places.get(_PARTS.get(fault.part, fault.part))
        self.faults.append(CellFault(number, place, fault))

    def _points(self, number: int, kind: QuestionKind, text: str) -> int:
        if not text or kind is QuestionKind.SCALE:
            return 1
        if re.fullmatch(r"[0-9]{1,3}", text):
            return int(text)
        return 0  # `check` refuses it

    def _letters(self, number: int, kind: QuestionKind, said: Mapping[str, str]) -> set[str]:
        if kind not in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
            return set()
        found = {each.upper() for each in re.split(r"[\s,;|]+", said["key"]) if each}
        for letter in sorted(found):
            if letter not in LETTERS or not said[f"option {letter}"]:
                self._fault(number, Fault("key", Code.UNKNOWN_RIGHT, letter[:20]))
        return found
