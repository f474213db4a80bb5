"""Scores out of a table, in the long form (a row for each score) or the wide one (a row for each ballot)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from innovate.results.domain.sheets.faults import FaultCode, Faults
from innovate.results.domain.sheets.rubric import Criterion
from innovate.results.domain.sheets.table import Row, Table, plain_name, read_table, say_cell

WIDE = ("idea", "juror")
TRACK = "track"
Ballot = tuple[str, str]  # idea, juror


@dataclass(frozen=True)
class Scores:
    """What a file of scores says.

    `criteria` in the order of the rubric; without one there is a single criterion with `in_own_units`: no range, no
    weight. `ballots` holds for each (idea, juror) the scores by criterion, None where there is none: such a ballot does
    not count. `tracks` names every idea of the file, "" where it has no track.
    """

    criteria: tuple[Criterion, ...]
    ballots: dict[Ballot, list[float | None]]
    tracks: dict[str, str]
    in_own_units: bool = False

    @property
    def complete(self) -> dict[Ballot, list[float]]:
        """The ballots that count."""
        return {
            key: [x for x in found if x is not None]
            for key, found in self.ballots.items()
            if None not in found
        }


@dataclass
class _Reading:
    """The state of reading one table."""

    table: Table
    rubric: Sequence[Criterion] | None
    faults: Faults = field(default_factory=Faults)
    ballots: dict[Ballot, list[float | None]] = field(default_factory=dict)
    tracks: dict[str, str] = field(default_factory=dict)
    seen: dict[tuple[Ballot, int], int] = field(default_factory=dict)
    width: int = 1

    def ballot(self, row: Row) -> Ballot:
        """Whose ballot a row belongs to; its idea's track is kept."""
        table, faults = self.table, self.faults
        idea, juror = (table.name(row, column, faults) for column in WIDE)
        track = say_cell(table.cell(row, TRACK)) if TRACK in table.columns else ""
        known = self.tracks.get(idea) or track
        if idea and track and known != track:
            faults.add(FaultCode.OTHER_TRACK, row[0], table.columns[TRACK], track, known)
        self.tracks[idea] = known
        return idea, juror

    def put(self, ballot: Ballot, number: int, score: float | None, row: Row, column: str) -> None:
        """Keep one score, once it is on its scale and said for the first time."""
        if not all(ballot):
            return  # its name is missing, which is told already
        if (ballot, number) in self.seen:
            earlier = self.seen[ballot, number]
            self.faults.add(FaultCode.TWICE, row[0], column, " / ".join(ballot), earlier)
            return
        self.seen[ballot, number] = row[0]
        scale = self.rubric[number] if self.rubric else None
        if score is not None and scale and not scale.least <= score <= scale.most:
            self.faults.add(
                FaultCode.OUT_OF_RANGE, row[0], column, f"{score:g}", f"{scale.least:g}–{scale.most:g}"
            )
        self.ballots.setdefault(ballot, [None] * self.width)[number] = score


def read_scores(rows: Iterable[Row], rubric: Sequence[Criterion] | None = None) -> Scores:
    """The ballots of a file. BadTable names every cell that is wrong (twenty at most).

    Which form it is is seen from the head: `idea,juror,criterion,score` is long, in a wide one every column besides
    `idea`, `juror` and `track` is a criterion. An empty score is one not given.
    """
    faults = Faults()
    table = read_table(rows, faults, WIDE)
    is_long = "criterion" in table.columns
    if is_long and "score" not in table.columns:
        faults.add(FaultCode.NO_COLUMN, table.head, "score", ", ".join(table.columns.values()))
        faults.stop()
    reading = _Reading(table, rubric, faults, width=len(rubric) if rubric else 1)
    names = _read_long(reading) if is_long else _read_wide(reading)
    faults.stop()
    criteria = tuple(rubric) if rubric else (Criterion(names[0], 100.0, 0.0, 1.0),)
    found = Scores(criteria, reading.ballots, reading.tracks, in_own_units=not rubric)
    if not found.complete:
        faults.add(FaultCode.NO_BALLOT, table.head + 1, next(reversed(table.columns.values())))
        faults.stop()
    return found


def _read_long(reading: _Reading) -> list[str]:
    table, faults = reading.table, reading.faults
    known = {plain_name(each.name): n for n, each in enumerate(reading.rubric or ())}
    names: dict[str, str] = {}
    for row in table.rows:
        ballot = reading.ballot(row)
        criterion = table.name(row, "criterion", faults)
        plain = plain_name(criterion)
        names.setdefault(plain, criterion)
        score = table.number(row, "score", faults)
        if reading.rubric and plain not in known:
            if criterion:
                faults.add(FaultCode.UNKNOWN_CRITERION, row[0], table.columns["criterion"], criterion)
            continue
        if not reading.rubric and len(names) > 1:
            faults.add(FaultCode.NEEDS_RUBRIC, row[0], table.columns["criterion"], criterion)
            faults.stop()
        reading.put(ballot, known.get(plain, 0), score, row, table.columns["score"])
    return list(names.values())


def _read_wide(reading: _Reading) -> list[str]:
    table = reading.table
    columns = [name for name in table.columns if name not in (*WIDE, TRACK)]
    known = {plain_name(each.name): n for n, each in enumerate(reading.rubric or ())}
    _check_head(reading, columns)
    for row in table.rows:
        ballot = reading.ballot(row)
        for name in columns:
            score = table.number(row, name, reading.faults)
            reading.put(ballot, known.get(name, 0), score, row, table.columns[name])
    return [table.columns[name] for name in columns]


def _check_head(reading: _Reading, columns: Sequence[str]) -> None:
    """The columns of a wide form are the criteria of the rubric, no more and no fewer; without one there is one."""
    table, faults = reading.table, reading.faults
    shown = ", ".join(table.columns.values())
    if not columns:
        faults.add(FaultCode.NO_CRITERION, table.head, "score", shown)
    elif reading.rubric is None:
        for name in columns[1:]:
            faults.add(FaultCode.NEEDS_RUBRIC, table.head, table.columns[name], table.columns[name])
    else:
        wanted = {plain_name(each.name): each.name for each in reading.rubric}
        for name in (name for name in columns if name not in wanted):
            faults.add(FaultCode.UNKNOWN_CRITERION, table.head, table.columns[name], table.columns[name])
        for name in (name for name in wanted if name not in columns):
            faults.add(FaultCode.NO_COLUMN, table.head, wanted[name], shown)
    faults.stop()
