"""When what people typed from one sheet of paper may become a ballot."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from innovate.scoring.domain.rubric import Filled


class SheetState(enum.StrEnum):
    """blank: nobody typed it; keyed: one person did; differing: no two people typed the same yet; matched: the second
    person typed what the first had; confirmed: people differed, then two agreed. The last two are ballots.
    """

    BLANK = "blank"
    KEYED = "keyed"
    DIFFERING = "differing"
    MATCHED = "matched"
    CONFIRMED = "confirmed"

    @property
    def is_ballot(self) -> bool:
        """Whether it counts; nothing is typed any more."""
        return self in {SheetState.MATCHED, SheetState.CONFIRMED}


@dataclass(frozen=True)
class FromPaper:
    """A sheet as somebody typed it: the scorecard, of a spare the entry's number, and whether it is signed."""

    filled: Filled
    number: int | None = None
    signed: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Typed:
    """What one person typed: for which entry, and the value of each criterion as plain text (`4`, `4.5`)."""

    typist_id: int
    seat_id: int
    values: Mapping[str, str]

    def says_what(self, other: Typed) -> bool:
        """The same entry and the same values. Remarks are free text and are not compared."""
        return self.seat_id == other.seat_id and dict(self.values) == dict(other.values)


def find_partner(before: Sequence[Typed], last: Typed) -> int | None:
    """The index of the earliest typing by *another* person that says what `last` says; None while there is none."""
    for index, typed in enumerate(before):
        if typed.typist_id != last.typist_id and typed.says_what(last):
            return index
    return None


def state_after(before: Sequence[Typed], last: Typed) -> SheetState:
    """Where a sheet is once `last` was typed after `before`."""
    if find_partner(before, last) is None:
        return SheetState.DIFFERING if before else SheetState.KEYED
    return SheetState.MATCHED if len(before) == 1 else SheetState.CONFIRMED


def list_disputed(typed: Sequence[Mapping[str, str]]) -> set[str]:
    """The criteria that were not given the same value by all."""
    keys = {key for values in typed for key in values}
    return {key for key in keys if len({values.get(key) for values in typed}) > 1}
