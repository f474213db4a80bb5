"""What every page with a ranking says about its rows."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from innovate.events.models import Event
from innovate.results.domain.fair.codes import Note, NoteCode
from innovate.results.domain.method import Method
from innovate.results.models import Snapshot
from innovate.results.queries.boards import BoardView, Standing
from innovate.results.words.notes import say_note
from innovate.results.words.rows import say_rows
from innovate.scoring.queries.jury import list_jurors


def say_frozen(kept: Snapshot, rows: Sequence[Any], *, scores: bool) -> dict[str, Any]:
    """Words for rows of a snapshot, and what must be told about all of them, without anybody's name."""
    method = Method(kept.method)
    words = say_rows(rows, method=method, criteria=kept.criteria or [], top=kept.top, scores=scores)
    return {
        "words": words,
        "remarks": [say_note(_read(note)) for note in kept.notes or []],
        "span": find_span(rows),
        "method": method,
        "explained": kept.rules is not None,
    }


def say_open(
    event: Event, view: BoardView, standing: Standing, hidden: Collection[int] = ()
) -> dict[str, Any]:
    """The same for a board that is computed; its remarks name who would have to score what, but no `hidden` entry."""
    computed = standing.computed
    rows = standing.rows.items
    if computed is None:
        kept = view.board.snapshot if view.board else None
        return say_frozen(kept, rows, scores=True) if kept else {}
    method = computed.basis.rules.method
    words = say_rows(rows, method=method, criteria=computed.criteria, top=computed.top)
    titles = {row.idea_id: row.title for row in computed.rows if row.idea_id not in hidden}
    return {
        "words": words,
        "remarks": [say_note(_name(event, note, titles)) for note in computed.notes],
        "span": find_span(rows),
        "method": method,
        "explained": True,
    }


def _read(note: Mapping[str, Any]) -> Note:
    """A note that was kept, without what would name jurors."""
    values = {key: value for key, value in note["values"].items() if key != "bridges"}
    return Note(NoteCode(note["code"]), values)


def _name(event: Event, note: Note, titles: Mapping[int, str]) -> Note:
    """Ballots that would join groups, with the names of entries and jurors."""
    if note.code is NoteCode.NOT_JUDGED:
        ideas: Any = note.values["ideas"]
        known = set(titles.values())
        return Note(note.code, {**note.values, "ideas": [title for title in ideas if title in known]})
    if note.code is not NoteCode.SEPARATE_GROUPS:
        return note
    jurors = {row.user.id: row.user.name for row in list_jurors(event.id)}
    pairs: Any = note.values["bridges"]
    named = [(titles.get(idea, "–"), jurors.get(juror, "?")) for idea, juror in pairs]
    return Note(note.code, {**note.values, "bridges": named})


def find_span(rows: Sequence[Any]) -> tuple[int, int]:
    """The tens between which all ranges and scores of some rows lie: the common scale of their pictures."""
    found = [value for row in rows for value in (row.low, row.high, row.score, row.raw) if value is not None]
    if not found:
        return 0, 100
    return math.floor(min(found) / 10) * 10, math.ceil(max(found) / 10) * 10 or 10
