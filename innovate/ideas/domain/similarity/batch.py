"""All pairs among many texts at once, with numpy. Import it only where it is used: see `flask ideas similar`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innovate.ideas.domain.similarity.hashes import BASE, FIRST, KEEP, RUN, SECOND, WordHashes
from innovate.ideas.domain.similarity.likeness import LEAST_SHARE, LEAST_SHARED, Likeness, cap_of
from innovate.ideas.domain.similarity.words import split_encoded

Hashes = NDArray[np.int64]
_BLOCK_CELLS = 8_000_000  # counters of pairs held at a time: 64 MB


@dataclass(frozen=True)
class Pair:
    """Two texts by their places in the order given, `a` < `b`."""

    a: int
    b: int
    likeness: Likeness


@dataclass(frozen=True)
class Found:
    """The flagged pairs, the most contained first; hashes over the cap with the number of texts that have them."""

    pairs: list[Pair]
    common: dict[int, int]


def fingerprint_many(texts: Iterable[str]) -> Iterator[Hashes]:
    """The kept hashes of each text, rising, each once: what `hashes.fingerprint` gives, 20 times as fast."""
    known = WordHashes()
    for text in texts:
        yield _kept(np.array([known[word] for word in split_encoded(text)], dtype=np.uint64))


def _kept(words: NDArray[np.uint64]) -> Hashes:
    count = len(words) - RUN + 1
    if count < 1:
        return np.empty(0, np.int64)
    total = words[:count].copy()
    for j in range(1, RUN):
        total *= np.uint64(BASE)
        total += words[j : j + count]
    total = (total ^ (total >> np.uint64(30))) * np.uint64(FIRST)
    total = (total ^ (total >> np.uint64(27))) * np.uint64(SECOND)
    total ^= total >> np.uint64(31)
    return np.unique(total[total % np.uint64(KEEP) == 0].view(np.int64))


def find_pairs(fingerprints: Sequence[Hashes], cap: int | None = None) -> Found:
    """Flagged pairs among fingerprints (each rising, without repeats). `cap`: see `likeness.cap_of`, its default.

    Memory: 40 bytes for each hash of all the texts, and the counters of one block of pairs.
    """
    count = len(fingerprints)
    limit = cap_of(count) if cap is None else cap
    sizes = np.array([len(each) for each in fingerprints], np.int64)
    if not sizes.sum():
        return Found([], {})
    value = np.concatenate(list(fingerprints))
    idea = np.repeat(np.arange(count, dtype=np.int32), sizes)
    order = np.argsort(value, kind="stable")  # within a hash the ideas rise
    value, idea = value[order], idea[order]
    del order
    first = np.flatnonzero(np.concatenate(([True], value[1:] != value[:-1])))
    spread = np.diff(np.append(first, len(value)))
    common = dict(zip(value[first[spread > limit]].tolist(), spread[spread > limit].tolist(), strict=True))
    spreads = np.repeat(spread, spread)
    sizes -= np.bincount(idea[spreads > limit], minlength=count)
    left = (spreads > 1) & (spreads <= limit)
    group = np.repeat(np.arange(len(first)), spread)[left]
    pairs = [pair for block in _count(group, idea[left], count, limit) for pair in _flag(*block, sizes)]
    pairs.sort(key=lambda pair: (-pair.likeness.containment, -pair.likeness.shared, pair.a, pair.b))
    return Found(pairs, common)


def _count(
    group: NDArray[np.int64], idea: NDArray[np.int32], count: int, limit: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """For blocks of ideas: a, b and how many hashes they share, where that is enough to be flagged."""
    by_idea = np.argsort(idea, kind="stable")
    ends = np.cumsum(np.bincount(idea, minlength=count))
    step = max(1, _BLOCK_CELLS // count)
    for begin in range(0, count, step):
        stop = min(count, begin + step)
        rows = by_idea[ends[begin - 1] if begin else 0 : ends[stop - 1]]
        shared = np.zeros((stop - begin) * count, np.int64)
        for distance in range(1, limit):
            rows = rows[rows + distance < len(group)]
            rows = rows[group[rows + distance] == group[rows]]
            if not len(rows):
                break
            cells = (idea[rows].astype(np.int64) - begin) * count + idea[rows + distance]
            shared += np.bincount(cells, minlength=len(shared))
        found = np.flatnonzero(shared >= LEAST_SHARED)
        yield found // count + begin, found % count, shared[found]


def _flag(
    a: NDArray[np.int64], b: NDArray[np.int64], shared: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[Pair]:
    containment = shared / np.minimum(sizes[a], sizes[b])
    for n in np.flatnonzero(containment >= LEAST_SHARE):
        yield Pair(int(a[n]), int(b[n]), Likeness(int(shared[n]), float(containment[n])))
