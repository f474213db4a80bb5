"""What can be wrong with a spreadsheet of ballots, and in which cell."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Code(enum.StrEnum):
    """One fault of one cell. Any of them keeps the whole import from being saved."""

    EMPTY = "empty"  # no row below the head
    NO_COLUMN = "no_column"  # what must be there was not named: value says which
    NO_TITLE = "no_title"  # a column with content has no title: often a merged cell
    COLUMN_TWICE = "column_twice"  # two columns stand for the same
    NO_JUROR = "no_juror"  # neither a column nor the file names the juror
    MISSING = "missing"
    UNKNOWN_IDEA = "unknown_idea"
    UNKNOWN_JUROR = "unknown_juror"
    UNKNOWN_CRITERION = "unknown_criterion"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"
    OUT_OF_RANGE = "out_of_range"
    OFF_STEP = "off_step"
    TWICE = "twice"  # said before: hint is the cell
    LONG_NOTE = "long_note"
    OTHER_NOTE = "other_note"  # two different notes for one ballot: hint is the cell before
    NOT_JUDGED = "not_judged"  # the entry is none of the round
    NOT_SERVING = "not_serving"  # the juror does not serve in the round
    CONFLICT = "conflict"  # a conflict of interest stands between them
    OWN = "own"  # the ballots of whoever imports
    OWN_CONFLICT = "own_conflict"  # whoever imports has a conflict of interest with the entry
    LOCKED = "locked"  # the entry's ballots are locked


@dataclass(frozen=True)
class CellFault:
    """A fault with its place: which file (from 0), the row as a spreadsheet counts it, the column from 0.

    `value` is what stands there, `hint` what its sentence needs besides.
    """

    code: Code
    file: int
    row: int
    column: int
    value: str = ""
    hint: str = ""
