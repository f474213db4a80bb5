"""Where two texts agree: the longest runs of words they share, to be shown side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from innovate.ideas.domain.similarity.hashes import RUN, hash_runs
from innovate.ideas.domain.similarity.words import Word, locate_words

MOST_PASSAGES = 50
_MOST_PLACES = 30  # of one hash in one text; who repeats a sentence more often is found by the others


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text as it was typed."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Passage:
    """A run of `words` (>= 5) words that stands in both texts."""

    a: Span
    b: Span
    words: int


@dataclass(frozen=True)
class _Run:
    left: int
    right: int
    length: int


def find_passages(
    one: str, other: str, shared: Collection[int] | None = None, most: int = MOST_PASSAGES
) -> list[Passage]:
    """The passages around the `shared` hashes (None: all runs of five words), longest first, none overlapping another.

    Each begins at a shared run of five words and reaches as far as the words agree on both sides.
    """
    left, right = locate_words(one), locate_words(other)
    runs = _grow(left, right, _seeds(left, right, shared))
    chosen = _choose(runs)[:most]
    return [_passage(left, right, run) for run in chosen]


def _seeds(
    left: Sequence[Word], right: Sequence[Word], shared: Collection[int] | None
) -> list[tuple[int, int]]:
    """Pairs of places (in words) where the same run of five begins."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, value in enumerate(hash_runs([word.text for word in right])):
        if shared is None or value in shared:
            places[value].append(place)
    found = []
    for place, value in enumerate(hash_runs([word.text for word in left])):
        found += [(place, there) for there in places.get(value, ())[:_MOST_PLACES]]
    return found


def _grow(left: Sequence[Word], right: Sequence[Word], seeds: list[tuple[int, int]]) -> list[_Run]:
    """Each seed as far as it goes; a seed inside a run that was grown before on the same diagonal adds nothing."""
    reached: dict[int, int] = {}
    runs = []
    for i, j in seeds:  # rising i
        if i < reached.get(j - i, 0):
            continue
        first = 0
        while first < min(i, j) and left[i - first - 1].text == right[j - first - 1].text:
            first += 1
        last = RUN
        while i + last < len(left) and j + last < len(right) and left[i + last].text == right[j + last].text:
            last += 1
        reached[j - i] = i + last
        runs.append(_Run(i - first, j - first, first + last))
    return runs


def _choose(runs: list[_Run]) -> list[_Run]:
    """The longest first, each only where neither text was used by a longer one."""
    chosen: list[_Run] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for run in sorted(runs, key=lambda run: (-run.length, run.left, run.right)):
        here = range(run.left, run.left + run.length)
        there = range(run.right, run.right + run.length)
        if used_left.isdisjoint(here) and used_right.isdisjoint(there):
            used_left.update(here)
            used_right.update(there)
            chosen.append(run)
    return chosen


def _passage(left: Sequence[Word], right: Sequence[Word], run: _Run) -> Passage:
    return Passage(_span(left, run.left, run.length), _span(right, run.right, run.length), run.length)


def _span(words: Sequence[Word], first: int, length: int) -> Span:
    return Span(words[first].start, words[first + length - 1].end)
