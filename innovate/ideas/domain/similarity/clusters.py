"""Text that many ideas share, as the few passages it is instead of every pair it makes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from innovate.ideas.domain.similarity.hashes import RUN, hash_runs
from innovate.ideas.domain.similarity.words import locate_words

MOST_CLUSTERS = 20
_GAP = 20  # words; a quarter of the hashes is kept, so wider gaps within one passage are rare (0.3 %)


@dataclass(frozen=True)
class Cluster:
    """A passage as one of the texts has it, its `hashes`, and in how many `ideas` the most common of them was found."""

    text: str
    ideas: int
    hashes: frozenset[int] = frozenset()


def find_clusters(
    common: Mapping[int, int], pick: Callable[[Collection[int]], str | None], most: int = MOST_CLUSTERS
) -> list[Cluster]:
    """The passages made of `common` hashes (hash: number of ideas), the most common first.

    `pick` gives a text with as many of the hashes as possible, or None; it is asked until all are told or `most` found.
    """
    rest = dict(common)
    found: list[Cluster] = []
    while rest and len(found) < most:
        text = pick(rest.keys())
        told = _tell(text, rest) if text else []
        if not told:
            break
        for cluster in told:
            found.append(cluster)
            for value in cluster.hashes:
                rest.pop(value, None)
    return sorted(found, key=lambda cluster: (-cluster.ideas, cluster.text))[:most]


def _tell(text: str, common: Mapping[int, int]) -> list[Cluster]:
    words = locate_words(text)
    hashes = hash_runs([word.text for word in words])
    places = [place for place, value in enumerate(hashes) if value in common]
    told = []
    for first, last in _stretches(places):
        inside = frozenset(value for value in hashes[first : last + 1] if value in common)
        passage = text[words[first].start : words[last + RUN - 1].end]
        told.append(Cluster(passage, max(common[value] for value in inside), inside))
    return told


def _stretches(places: list[int]) -> list[tuple[int, int]]:
    """First and last of the places that lie close together."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place - found[-1][1] <= _GAP:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
