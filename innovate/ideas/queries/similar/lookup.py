"""One indexed look-up: which ideas of all editions share hashes with these."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, bindparam, cast, column, func, select

from innovate.core.db import db
from innovate.ideas.domain.similarity.hashes import unpack
from innovate.ideas.domain.similarity.likeness import LEAST_SHARED, Likeness, cap_of, likeness_of
from innovate.ideas.models import Fingerprint, FingerprintSet, Idea

_AT_ONCE = 10_000  # parameters of one statement
MOST_CLOSE = 50  # ideas with the most shared hashes are looked at closely


@dataclass(frozen=True)
class Shelf:
    """A table of hashes and whose they are; past editions have one of their own."""

    hash: Any
    owner: Any


IDEAS = Shelf(Fingerprint.hash, Fingerprint.idea_id)


@dataclass(frozen=True)
class Alike:
    """Another idea that shares enough, by the revision that was compared."""

    idea_id: int
    revision_id: int
    likeness: Likeness


@dataclass(frozen=True)
class Lookup:
    """What was found: the ideas that share enough, most contained first, and the hashes too common to count."""

    alike: list[Alike]
    common: frozenset[int]


def find_alike(hashes: Collection[int], *, besides: Collection[int] = ()) -> Lookup:
    """Every idea handed in that is flagged beside a fingerprint, except those with the keys `besides`.

    Containment is shared / smaller set, both without the hashes over the cap. Four statements, whatever is stored.
    """
    cap = cap_of(count_sets())
    common = find_common(hashes, cap)
    rare = set(hashes) - common
    shared = count_shared(rare)
    likely = [
        pair for pair in shared.most_common(MOST_CLOSE) if pair[1] >= LEAST_SHARED and pair[0] not in besides
    ]
    sets = _load_sets([idea_id for idea_id, _count in likely])
    marks = {row.idea_id: unpack(row.hashes) for row in sets}
    theirs = find_common(frozenset().union(*marks.values()), cap)
    found = [
        Alike(
            row.idea_id,
            row.revision_id,
            likeness_of(shared[row.idea_id], len(rare), len(marks[row.idea_id] - theirs)),
        )
        for row in sets
    ]
    flagged = [alike for alike in found if alike.likeness.is_flagged]
    flagged.sort(key=lambda alike: (-alike.likeness.containment, alike.idea_id))
    return Lookup(flagged, common)


def count_sets() -> int:
    """How many ideas have a fingerprint."""
    return db.session.scalar(select(func.count()).select_from(FingerprintSet)) or 0


def find_common(hashes: Collection[int], cap: int, shelf: Shelf = IDEAS) -> frozenset[int]:
    """Which of these hashes more than `cap` entries have. Of each hash no more than cap + 1 entries are touched."""
    found: set[int] = set()
    for some in _parts(hashes):
        found.update(db.session.scalars(_over_cap(some, cap, shelf)))
    return frozenset(found)


def _over_cap(hashes: tuple[int, ...], cap: int, shelf: Shelf) -> Select[tuple[int]]:
    """One statement whatever the number of hashes, so that it is compiled once."""
    if db.session.get_bind().dialect.name == "sqlite":
        asked = func.json_each(json.dumps(hashes)).table_valued(column("value", BigInteger))
    else:
        given = cast(bindparam("hashes", list(hashes), ARRAY(BigInteger)), ARRAY(BigInteger))
        asked = func.unnest(given).table_valued(column("value", BigInteger)).render_derived()
    few = select(shelf.owner).where(shelf.hash == asked.c.value).limit(cap + 1).correlate(asked)
    count = select(func.count()).select_from(few.subquery()).scalar_subquery()
    return select(asked.c.value).where(count > cap)


def count_common(hashes: Collection[int]) -> dict[int, int]:
    """In how many ideas each of these hashes is."""
    found: dict[int, int] = {}
    for some in _parts(hashes):
        query = select(Fingerprint.hash, func.count()).where(Fingerprint.hash.in_(some))
        found.update(db.session.execute(query.group_by(Fingerprint.hash)).tuples().all())
    return found


def count_shared(hashes: Collection[int], shelf: Shelf = IDEAS) -> Counter[int]:
    """By entry: how many of these hashes it has."""
    shared: Counter[int] = Counter()
    for some in _parts(hashes):
        shared.update(db.session.scalars(select(shelf.owner).where(shelf.hash.in_(some))))
    return shared


def _parts(hashes: Collection[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(hashes)
    while some := tuple(islice(rest, _AT_ONCE)):
        yield some


def _load_sets(idea_ids: Collection[int]) -> list[FingerprintSet]:
    query = select(FingerprintSet).where(FingerprintSet.idea_id.in_(idea_ids))
    return list(db.session.scalars(query.order_by(FingerprintSet.idea_id))) if idea_ids else []


def list_unmarked(most: int) -> list[int]:
    """Ideas whose pinned revision has no fingerprint yet: entered by other ways, or before fingerprints were kept."""
    query = select(Idea.id).outerjoin(FingerprintSet, FingerprintSet.idea_id == Idea.id)
    query = query.where(
        Idea.number.is_not(None),
        Idea.submitted_revision_id.is_not(None),
        FingerprintSet.revision_id.is_distinct_from(Idea.submitted_revision_id),
    )
    return list(db.session.scalars(query.order_by(Idea.id).limit(most)))


def list_uncompared(most: int) -> list[int]:
    """Ideas whose fingerprint was not compared with the others yet."""
    query = select(FingerprintSet.idea_id).where(FingerprintSet.compared_at.is_(None))
    return list(db.session.scalars(query.order_by(FingerprintSet.idea_id).limit(most)))
