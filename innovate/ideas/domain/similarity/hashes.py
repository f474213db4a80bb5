"""Fingerprints: a quarter of the 64-bit hashes of all runs of five words (Broder 1997, sampling `h mod 4 = 0`).

The hash of a run is `mix(sum_j B^(4-j) w_j mod 2^64)`, with `w_j` the first 8 bytes of BLAKE2b of a word and `mix` the
finaliser of splitmix64. Sums and products modulo 2^64 are what numpy's integers do by themselves, so `batch` has the
same hashes. They are handled as signed numbers, -2^63 .. 2^63-1, as both databases keep them.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

from innovate.ideas.domain.similarity.words import split_words

RUN = 5  # words
KEEP = 4  # one hash of this many is kept
BASE = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_MASK = 2**64 - 1
_POWERS = tuple(pow(BASE, RUN - 1 - j, 2**64) for j in range(RUN))


class WordHashes(dict[bytes, int]):
    """The hash of each word (in UTF-8), 0 .. 2^64-1, computed once. `most` bounds how many are remembered."""

    def __init__(self, most: int = 2_000_000) -> None:
        self.most = most

    def __missing__(self, word: bytes) -> int:
        if len(self) >= self.most:
            self.clear()
        found = self[word] = int.from_bytes(blake2b(word, digest_size=8).digest(), "little")
        return found


def hash_runs(words: Sequence[str]) -> list[int]:
    """The hash of each run of five words, kept or not: max(0, len(words) - 4) signed numbers, in order."""
    known = WordHashes()
    parts = [known[word.encode("utf-8", "surrogatepass")] for word in words]
    total, found = 0, []
    for place, part in enumerate(parts):
        if place >= RUN:
            total -= parts[place - RUN] * _POWERS[0]
        total = (total * BASE + part) & _MASK
        if place >= RUN - 1:
            found.append(_mix(total))
    return found


def _mix(value: int) -> int:
    value = ((value ^ (value >> 30)) * FIRST) & _MASK
    value = ((value ^ (value >> 27)) * SECOND) & _MASK
    value ^= value >> 31
    return value - 2**64 if value >> 63 else value


def is_kept(value: int) -> bool:
    """Whether a hash belongs to the sample."""
    return value % KEEP == 0


def fingerprint(text: str, without: Collection[int] = frozenset()) -> frozenset[int]:
    """The kept hashes of a text, less those in `without` (the form's own words)."""
    return frozenset(filter(is_kept, hash_runs(split_words(text)))).difference(without)


def fingerprint_all(texts: Iterable[str]) -> frozenset[int]:
    """The kept hashes of several texts, each by itself: no run crosses from one into the next."""
    return frozenset().union(*map(fingerprint, texts))


def pack(hashes: Collection[int]) -> bytes:
    """Hashes as bytes, 8 for each, rising."""
    return array("q", sorted(hashes)).tobytes()


def unpack(content: bytes) -> frozenset[int]:
    """The hashes of `pack`."""
    return frozenset(array("q", content))
