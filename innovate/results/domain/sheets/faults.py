"""What can be wrong with a table, and where."""

from __future__ import annotations

import enum
from dataclasses import dataclass

MOST_FAULTS = 20  # enough to see what is the matter


class FaultCode(enum.StrEnum):
    """What is wrong with one cell."""

    EMPTY = "empty"  # no row below the head
    NO_COLUMN = "no_column"
    COLUMN_TWICE = "column_twice"
    NO_CRITERION = "no_criterion"  # not one column of scores
    EXTRA_CELL = "extra_cell"  # more cells than the head has; often `88,5` in a file separated by commas
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"  # exactly three digits after a point: thousands or decimals?
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_CRITERION = "unknown_criterion"
    NEEDS_RUBRIC = "needs_rubric"  # a second criterion, but no weights
    TWICE = "twice"  # the same ballot, criterion or vote said in another row
    OTHER_TRACK = "other_track"  # an idea in two tracks
    NO_BALLOT = "no_ballot"  # not one ballot is complete
    BAD_RANGE = "bad_range"  # the smallest score is not below the largest
    BAD_WEIGHT = "bad_weight"  # below 0, or all of them 0
    ITSELF = "itself"  # compared with itself
    BAD_COUNT = "bad_count"  # below 0


@dataclass(frozen=True)
class Fault:
    """A fault with its place: the row as a spreadsheet counts it (1 is the head), the column as the file calls it.

    `value` is what stands there, `hint` what its sentence needs besides: the limits of a range, an earlier row.
    """

    code: FaultCode
    row: int
    column: str
    value: str = ""
    hint: str = ""


class BadTable(ValueError):
    """The table cannot be used; `faults` has at least one."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(f"row {each.row}, column {each.column}: {each.code}" for each in faults))
        self.faults = faults


class Faults:
    """Faults as they are found."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, code: FaultCode, row: int, column: str, value: object = "", hint: object = "") -> None:
        """Keep one; with the twentieth the reading ends."""
        self.found.append(Fault(code, row, column, str(value), str(hint)))
        if len(self.found) >= MOST_FAULTS:
            self.stop()

    def stop(self) -> None:
        """End the reading if anything is wrong."""
        if self.found:
            raise BadTable(self.found)
