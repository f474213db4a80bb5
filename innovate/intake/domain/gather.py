"""From the rows of the files to ballots, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from innovate.intake.domain.cells import address, read_score
from innovate.intake.domain.columns import (
    CRITERION,
    IDEA,
    JUROR,
    SCORE,
    SINGLE,
    TO_JURY,
    TO_TEAM,
    Row,
    criterion_of,
    name_criteria,
    target_of,
)
from innovate.intake.domain.faults import CellFault, Code
from innovate.intake.domain.names import Names, bare_criterion
from innovate.intake.domain.plan import Given, Unmatched
from innovate.intake.domain.reading import SKIPPED, Reading, Upload
from innovate.intake.domain.world import Pair, World, entry_ways, juror_ways
from innovate.results.domain.sheets.numbers import Cell
from innovate.results.domain.sheets.table import plain_name, say_cell
from innovate.scoring.domain.rubric import check_value

MOST_FAULTS = 2_000  # of them a list is still a help
LONGEST_NOTE = 5_000
NOTES = (TO_TEAM, TO_JURY)


class _Enough(Exception):
    """There are more faults than anybody reads."""


class _Skip(Exception):
    """The row is left out, or something in it was no name."""


@dataclass
class Gathered:
    """What was read so far."""

    world: World
    reading: Reading
    entries: Names[int] = field(init=False)
    jurors: Names[int] = field(init=False)
    criteria: Names[int] = field(init=False)
    given: dict[Pair, Given] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)
    strange: dict[tuple[str, str], Unmatched] = field(default_factory=dict)
    skipped: int = 0

    def __post_init__(self) -> None:
        world = self.world
        self.entries, self.jurors = world.name_entries(), world.name_jurors()
        self.criteria = name_criteria([(c.id, c.name) for c in world.criteria.values()])

    def add(self, code: Code, cell: tuple[int, int, int], value: object = "", hint: str = "") -> None:
        """Keep one fault."""
        self.faults.append(CellFault(code, *cell, str(value)[:200], hint))
        if len(self.faults) >= MOST_FAULTS:
            raise _Enough


def gather(files: Sequence[Upload], reading: Reading, world: World) -> Gathered:
    """Every ballot of the files, with whatever is wrong in single cells."""
    found = Gathered(world, reading)
    try:
        for number, upload in enumerate(files):
            _read_file(found, number, upload)
    except _Enough:
        pass
    return found


def list_titles(upload: Upload) -> list[str]:
    """The titles of a file's columns, "" where there is none."""
    head = next((row for row in upload.rows if row[0] == upload.head), None)
    return [say_cell(cell) for cell in head[1]] if head else []


def _read_file(found: Gathered, number: int, upload: Upload) -> None:
    places = _find_places(found, number, upload)
    if places is None:
        return
    below = [row for row in upload.rows if row[0] > upload.head and any(say_cell(c) for c in row[1])]
    if not below:
        found.add(Code.EMPTY, (number, upload.head + 1, 0))
    for row in below:
        try:
            _read_row(found, number, upload, places, row)
        except _Skip:
            continue


def _find_places(found: Gathered, number: int, upload: Upload) -> dict[str, int] | None:
    """The column of each meaning; None, with faults, where the file cannot be read."""
    before, titles = len(found.faults), list_titles(upload)
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        target = found.reading.columns.get(plain_name(title), "") if title else ""
        known = target in SINGLE or criterion_of(target) in found.world.criteria
        if known and target in places:
            found.add(Code.COLUMN_TWICE, (number, upload.head, place), title, titles[places[target]])
        elif known:
            places[target] = place
    _check_untitled(found, number, upload, titles)
    _check_needed(found, number, upload, places)
    return places if len(found.faults) == before else None


def _check_untitled(found: Gathered, number: int, upload: Upload, titles: Sequence[str]) -> None:
    named = [place for place, title in enumerate(titles) if title]
    below = [row for row in upload.rows if row[0] > upload.head]
    for place in range(named[0] if named else 0, max([len(r[1]) for r in below], default=0)):
        if (place >= len(titles) or not titles[place]) and any(say_cell(_at(row, place)) for row in below):
            found.add(Code.NO_TITLE, (number, upload.head, place))


def _check_needed(found: Gathered, number: int, upload: Upload, places: Mapping[str, int]) -> None:
    head = (number, upload.head or 1, 0)
    if IDEA not in places:
        found.add(Code.NO_COLUMN, head, IDEA)
    if JUROR not in places and upload.juror_id not in found.world.jurors:
        found.add(Code.NO_JUROR, head, upload.name)
    own = {criterion_of(target) for target in places} - {None}
    is_long = SCORE in places or CRITERION in places
    wanted = {SCORE: SCORE, CRITERION: CRITERION}
    if not is_long:
        wanted = {target_of(each.id): each.name for each in found.world.criteria.values()}
    for target, name in wanted.items():
        if target not in places:
            found.add(Code.NO_COLUMN, head, name)
    if is_long and own:
        found.add(Code.COLUMN_TWICE, (number, upload.head, places.get(SCORE, 0)), SCORE, CRITERION)


def _read_row(found: Gathered, number: int, upload: Upload, places: Mapping[str, int], row: Row) -> None:
    line = _Line(found, number, places, row)
    scores = list(line.scores())
    notes = {kind: line.text(kind) for kind in NOTES if kind in places}
    is_empty = not any(cell is not None for _key, cell, _place in scores) and not any(notes.values())
    if is_empty and line.is_named_in_vain():
        return
    idea = line.find(IDEA, found.entries.find, entry_ways, Code.UNKNOWN_IDEA)
    juror = upload.juror_id
    if JUROR in places:
        juror = line.find(JUROR, found.jurors.find, juror_ways, Code.UNKNOWN_JUROR)
    if juror is None:
        raise _Skip
    given = found.given.setdefault((idea, juror), Given(number, row[0], places[IDEA]))
    for key, cell, place in scores:
        _put(found, given, key, cell, (number, row[0], place))
    for kind, text in notes.items():
        _put_note(found, given, kind, text, (number, row[0], places[kind]))


@dataclass(frozen=True)
class _Line:
    """One row and what its columns mean."""

    found: Gathered
    number: int
    places: Mapping[str, int]
    row: Row

    def text(self, meaning: str) -> str:
        return say_cell(_at(self.row, self.places[meaning]))

    def scores(self) -> Iterator[tuple[int, Cell, int]]:
        """(criterion, cell, column) of the row; in the long form one."""
        if SCORE not in self.places:
            for target, place in self.places.items():
                if (key := criterion_of(target)) is not None:
                    yield key, _at(self.row, place), place
            return
        if not self.text(CRITERION) and _at(self.row, self.places[SCORE]) is None:
            return
        key = self.find(
            CRITERION,
            self.found.criteria.find,
            lambda text: (text, bare_criterion(text)),
            Code.UNKNOWN_CRITERION,
        )
        yield key, _at(self.row, self.places[SCORE]), self.places[SCORE]

    def is_named_in_vain(self) -> bool:
        """A row without any score whose entry or juror is no name either: a heading, a signature, a line of remarks."""
        idea = self.found.entries.find(*entry_ways(self.text(IDEA)))
        juror = JUROR not in self.places or self.found.jurors.find(*juror_ways(self.text(JUROR))) is not None
        return idea is None or not juror

    def find(
        self,
        kind: str,
        find: Callable[..., int | None],
        ways: Callable[[str], tuple[str, ...]],
        code: Code,
    ) -> int:
        """What the cell of this kind names: by itself, or as somebody said."""
        found, text = self.found, self.text(kind)
        cell = (self.number, self.row[0], self.places[kind])
        if not text:
            found.add(Code.MISSING, cell)
            raise _Skip
        chosen = found.reading.chosen(kind, plain_name(text))
        if chosen == SKIPPED:
            found.skipped += 1
            raise _Skip
        key = int(chosen) if chosen.isdecimal() else find(*ways(text))
        known = {IDEA: found.world.entries, JUROR: found.world.jurors, CRITERION: found.world.criteria}[kind]
        if key is None or key not in known:
            _note_strange(found, kind, text, cell)
            found.add(code, cell, text)
            raise _Skip
        return key


def _note_strange(found: Gathered, kind: str, text: str, cell: tuple[int, int, int]) -> None:
    before = found.strange.get((kind, plain_name(text)))
    count, first = (before.count + 1, before.cell) if before else (1, cell)
    found.strange[kind, plain_name(text)] = Unmatched(kind, text, count, first)


def _put(found: Gathered, given: Given, key: int, cell: Cell, at: tuple[int, int, int]) -> None:
    if cell is None:
        return
    if key in given.cells:
        found.add(Code.TWICE, at, say_cell(cell), address(*given.cells[key][1:]))
        return
    given.cells[key] = at
    value = read_score(cell)
    if isinstance(value, Code):
        found.add(value, at, say_cell(cell))
        return
    scale = found.world.criteria[key].scale
    problem = check_value(scale, value)
    if problem == "range":
        found.add(Code.OUT_OF_RANGE, at, say_cell(cell), f"{_short(scale.minimum)}–{_short(scale.maximum)}")
    elif problem:
        found.add(Code.OFF_STEP, at, say_cell(cell), _short(scale.step))
    else:
        given.values[key] = value


def _short(value: object) -> str:
    return f"{float(str(value)):g}".replace(".", ",")


def _put_note(found: Gathered, given: Given, kind: str, text: str, at: tuple[int, int, int]) -> None:
    """In the long form the same remark may stand in every row of a ballot."""
    if not text:
        return
    if len(text) > LONGEST_NOTE:
        found.add(Code.LONG_NOTE, at, f"{text[:40]}…")
    elif given.notes.get(kind, text) != text:
        found.add(Code.OTHER_NOTE, at, text[:80], address(*given.note_cells[kind][1:]))
    else:
        given.notes[kind] = text
        given.note_cells.setdefault(kind, at)


def _at(row: Row, place: int) -> Cell:
    value = row[1][place] if place < len(row[1]) else None
    return (value.strip() or None) if isinstance(value, str) else value
