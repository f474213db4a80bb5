"""Keys by which the evidence of an entry finds its criterion, through every version and renaming of a rubric."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from innovate.events.domain.naming import free_name, slugify

LIMIT = 60


class Keyed(NamedTuple):
    """A criterion as it was."""

    name: str
    key: str


def give_keys(names: Sequence[str], before: Sequence[Keyed] = ()) -> list[str]:
    """A key for each criterion of a rubric.

    One whose name was there before keeps its key. One that is new at the place of one that is gone was renamed and
    takes over its key, provided that the rubric has as many criteria as before. All others get one made of their name.
    """
    known = {was.name.strip().casefold(): was.key for was in before if was.key}
    keys = [known.pop(name.strip().casefold(), "") for name in names]
    if len(names) == len(before):
        left = set(known.values())
        for place, was in enumerate(before):
            if not keys[place] and was.key in left:
                keys[place] = was.key
    taken = {was.key for was in before} | set(keys)
    for place, name in enumerate(names):
        if not keys[place]:
            keys[place] = free_name(slugify(name, limit=LIMIT) or "kriteria", taken, limit=LIMIT)
            taken.add(keys[place])
    return keys
