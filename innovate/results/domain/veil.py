"""A ranking for somebody from whom some entries are kept: no gap in it tells where those stand.

A chair with a conflict of interest does not see that entry until the result is public. Were the others shown with their
ranks, 1 3 4 would say that the absent one is second. So the rest is ranked among itself, and whatever else is said
relative to all entries (prizes, who passes, ranges of ranks, chances, what decided a tie) is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from innovate.results.domain.standing import Row

_RELATIVE: dict[str, Any] = {
    "award": "",
    "passed": None,
    "rank_low": None,
    "rank_high": None,
    "p_top": None,
    "near_low": None,
    "near_high": None,
    "tie": None,
}
_COPIED = [name for name in Row._fields if name != "working"]


@dataclass(frozen=True)
class Veil:
    """`kept`: the rows kept from a person, as they stand in the whole ranking."""

    kept: Sequence[Any] = ()

    def over(self, row: Any, working: Sequence[Any] | None = None) -> Row:
        """A row that is shown, with its ranks among what is shown."""
        copy = Row(**{name: getattr(row, name) for name in _COPIED}, working=working)
        return copy._replace(
            rank=self._among(row, "rank"),
            raw_rank=self._among(row, "raw_rank"),
            track_rank=self._among(row, "track_rank", "track_code"),
            **_RELATIVE,
        )

    def _among(self, row: Any, rank: str, *more: str) -> int | None:
        """A rank less the kept rows before it. Ranks count within a group and a pool."""
        own = getattr(row, rank)
        if own is None:
            return None
        same = ("group_code", "pool", *more)
        ahead = (
            1
            for other in self.kept
            if all(getattr(other, name) == getattr(row, name) for name in same)
            and getattr(other, rank) is not None
            and getattr(other, rank) < own
        )
        return int(own) - sum(ahead)


def veil(rows: Sequence[Any], hidden: Collection[int]) -> Sequence[Any]:
    """A whole ranking without the `hidden` ideas; the same rows where none is hidden."""
    if not hidden:
        return rows
    over = Veil([row for row in rows if row.idea_id in hidden])
    return [over.over(row, _working_of(row)) for row in rows if row.idea_id not in hidden]


def _working_of(row: Any) -> Sequence[Any] | None:
    """The steps of a computed row; those of a kept one are read by whoever needs them."""
    return row.working if isinstance(row, Row) else None
