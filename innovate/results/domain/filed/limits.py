"""What a page computes while somebody waits; longer work belongs on the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from innovate.results.domain.sheets.scores import Scores

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_UNPACKED = 24 * 1024 * 1024  # of a spreadsheet
MOST_ROWS = 30_000
MOST_IDEAS = 2_000
MOST_JURORS = 150  # the fit's work grows with their cube
MOST_ITEMS = 300  # compared two at a time


def is_long(scores: Scores) -> bool:
    """Whether ranking a file may take more than a few seconds."""
    return len(scores.tracks) > MOST_IDEAS or _count(juror for _idea, juror in scores.ballots) > MOST_JURORS


def is_long_voting(votes: Collection[tuple[str, str, float]]) -> bool:
    """The same for comparisons."""
    return _count(name for vote in votes for name in vote[:2]) > MOST_ITEMS


def _count(names: Iterable[str]) -> int:
    return len(set(names))
