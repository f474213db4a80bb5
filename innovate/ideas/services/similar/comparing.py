"""The runner compares what was handed in with everything handed in before. Doing it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from innovate.core.db import db, locked, transaction
from innovate.ideas.domain.similarity.clusters import Cluster, find_clusters
from innovate.ideas.domain.similarity.hashes import pack, unpack
from innovate.ideas.domain.similarity.likeness import LEAST_SHARED
from innovate.ideas.models import FingerprintSet, Idea, IdeaRevision, SharedText, SimilarPair
from innovate.ideas.queries.ideas import lock_idea
from innovate.ideas.queries.similar.lookup import (
    Alike,
    count_common,
    find_alike,
    list_uncompared,
    list_unmarked,
)
from innovate.ideas.queries.similar.pairs import written_of
from innovate.ideas.services.similar.fingerprints import keep_fingerprint

_AT_ONCE = 200


def compare_waiting(*, at: datetime, most: int = _AT_ONCE) -> int:
    """Fingerprint what has none, then compare what was not compared; how many ideas were compared."""
    with transaction():
        unmarked = list_unmarked(most)
    for idea_id in unmarked:
        with transaction():
            idea = lock_idea(idea_id)
            if idea.submitted_revision is not None:
                keep_fingerprint(idea, idea.submitted_revision)
    with transaction():
        waiting = list_uncompared(most)
    for idea_id in waiting:
        with transaction():
            compare_idea(idea_id, at=at)
    return len(waiting)


def compare_idea(idea_id: int, *, at: datetime) -> None:
    """Find the idea's pairs: new ones are written, known ones measured again, those that are none any more ended."""
    idea = db.session.get_one(Idea, idea_id)
    own = db.session.scalars(select(Idea.id).where(Idea.team_id == idea.team_id))
    row = locked(FingerprintSet, idea_id)
    if row.compared_at is not None:
        return
    hashes = unpack(row.hashes)
    found = find_alike(hashes, besides=set(own)) if hashes else None
    alike = found.alike if found else []
    _hold([idea_id, *(each.idea_id for each in alike)])
    _write_pairs(row, alike, at)
    row.compared_at = at
    if found and len(found.common) >= LEAST_SHARED:
        _write_shared(idea, row, found.common, at)


def _hold(idea_ids: list[int]) -> None:
    """Two runners that found the same pair from both sides write it one after the other."""
    query = select(FingerprintSet.idea_id).where(FingerprintSet.idea_id.in_(idea_ids))
    db.session.execute(query.order_by(FingerprintSet.idea_id).with_for_update())


def _write_pairs(row: FingerprintSet, alike: list[Alike], at: datetime) -> None:
    key = row.idea_id
    query = select(SimilarPair).where(or_(SimilarPair.first_id == key, SimilarPair.second_id == key))
    fresh = query.execution_options(populate_existing=True)
    known = {frozenset((pair.first_id, pair.second_id)): pair for pair in db.session.scalars(fresh)}
    for other in alike:
        pair = known.pop(frozenset((key, other.idea_id)), None)
        if pair is None:
            pair = SimilarPair(
                first_id=min(key, other.idea_id), second_id=max(key, other.idea_id), found_at=at
            )
            db.session.add(pair)
        revisions = (row.revision_id, other.revision_id)
        pair.first_revision_id, pair.second_revision_id = (
            revisions if pair.first_id == key else revisions[::-1]
        )
        pair.shared, pair.containment = other.likeness.shared, other.likeness.containment
        pair.ended_at = None
    for pair in known.values():
        pair.ended_at = pair.ended_at or at
    db.session.flush()


def _write_shared(idea: Idea, row: FingerprintSet, common: frozenset[int], at: datetime) -> None:
    """Keep what is too common for pairs as the passages it is, each once for an event."""
    text = written_of(db.session.get_one(IdeaRevision, row.revision_id), idea.event_id).text
    query = select(SharedText).where(SharedText.event_id == idea.event_id)
    known = [(shared, unpack(shared.hashes)) for shared in db.session.scalars(query)]
    for cluster in find_clusters(count_common(common), lambda _rest: text):
        if len(cluster.hashes) >= LEAST_SHARED:
            _keep_shared(idea.event_id, cluster, known, at)
    db.session.flush()


def _keep_shared(
    event_id: int, cluster: Cluster, known: list[tuple[SharedText, frozenset[int]]], at: datetime
) -> None:
    for shared, hashes in known:
        if len(hashes & cluster.hashes) * 2 >= min(len(hashes), len(cluster.hashes)):
            shared.ideas, shared.at = cluster.ideas, at
            return
    shared = SharedText(
        event_id=event_id, text=cluster.text, hashes=pack(cluster.hashes), ideas=cluster.ideas, at=at
    )
    db.session.add(shared)
    known.append((shared, cluster.hashes))
