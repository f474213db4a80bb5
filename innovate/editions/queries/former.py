"""What features below are told of past editions: entries that share passages, and former winners."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from innovate.core.db import db
from innovate.editions.domain.ranks import read_rank
from innovate.editions.models import PastEdition, PastEntry, PastPrint
from innovate.events.models import Event
from innovate.ideas.domain.eligibility.facts import FormerWin
from innovate.ideas.domain.similarity.hashes import unpack
from innovate.ideas.domain.similarity.likeness import LEAST_SHARED, cap_of, likeness_of
from innovate.ideas.queries.similar.former import Former
from innovate.ideas.queries.similar.lookup import MOST_CLOSE, Shelf, count_shared, find_common

_SHELF = Shelf(PastPrint.hash, PastPrint.entry_id)


def find_past_alike(hashes: Collection[int]) -> list[Former]:
    """Past entries that are flagged beside a fingerprint, the most contained first. Five statements at most."""
    kept = select(func.count()).select_from(PastEntry).where(PastEntry.hashes.is_not(None))
    cap = cap_of(db.session.scalar(kept) or 0)
    rare = set(hashes) - find_common(hashes, cap, _SHELF)
    shared = count_shared(rare, _SHELF)
    likely = [key for key, count in shared.most_common(MOST_CLOSE) if count >= LEAST_SHARED]
    if not likely:
        return []
    query = select(PastEntry).where(PastEntry.id.in_(likely), PastEntry.removed_at.is_(None))
    entries = list(
        db.session.scalars(query.options(undefer(PastEntry.hashes), joinedload(PastEntry.edition)))
    )
    marks = {entry.id: unpack(entry.hashes or b"") for entry in entries}
    common = find_common(frozenset().union(*marks.values()), cap, _SHELF)
    found = [
        Former(
            title=entry.title,
            source=f"{entry.edition.name} ({entry.edition.year})",
            text=entry.summary,
            is_public=entry.edition.is_public and bool(entry.award),
            likeness=likeness_of(shared[entry.id], len(rare), len(marks[entry.id] - common)),
        )
        for entry in entries
    ]
    flagged = [each for each in found if each.likeness.is_flagged]
    return sorted(flagged, key=lambda each: (-each.likeness.containment, each.title))


def list_former_wins(_event: Event, unit_ids: Collection[int]) -> list[FormerWin]:
    """Winners of past editions that belong to one of these units, the latest first. One statement.

    Where a sheet had no column of ranks, the award says it: Juara I. Other awards have rank 0.
    """
    query = select(
        PastEdition.name,
        PastEdition.year,
        PastEntry.title,
        PastEntry.unit_id,
        PastEntry.rank,
        PastEntry.award,
    ).join(PastEntry.edition)
    query = query.where(
        PastEntry.unit_id.in_(unit_ids), PastEntry.award != "", PastEntry.removed_at.is_(None)
    )
    rows = db.session.execute(query.order_by(PastEdition.year.desc(), PastEntry.id)).tuples()
    return [
        FormerWin(name, year, title, unit_id, rank or read_rank(award) or 0, award)
        for name, year, title, unit_id, rank, award in rows
    ]
