"""The fingerprint of what was handed in, kept in the transaction of its submission and found again by a job."""

from __future__ import annotations

from sqlalchemy import delete, insert

from innovate.core import jobs
from innovate.core.db import after_commit, db
from innovate.ideas.domain.similarity.hashes import pack, unpack
from innovate.ideas.domain.similarity.texts import mark_answers
from innovate.ideas.models import Fingerprint, FingerprintSet, Idea, IdeaRevision
from innovate.ideas.queries.completeness import list_fields

COMPARE = "ideas.compare"


def keep_fingerprint(idea: Idea, revision: IdeaRevision) -> None:
    """Store the hashes of the pinned revision in place of the last one's, and have it compared once that is durable.

    The idea is held by the caller (`lock_idea`).
    """
    fresh = mark_answers(list_fields(idea.event_id, with_removed=True), revision.answers)
    row = db.session.get(FingerprintSet, idea.id, populate_existing=True)
    stale = unpack(row.hashes) if row else frozenset()
    if row is None:
        row = FingerprintSet(idea_id=idea.id)
        db.session.add(row)
    row.revision_id, row.hashes, row.compared_at = revision.id, pack(fresh), None
    gone = list(stale - fresh)
    for start in range(0, len(gone), 10_000):
        some = gone[start : start + 10_000]
        db.session.execute(
            delete(Fingerprint).where(Fingerprint.hash.in_(some), Fingerprint.idea_id == idea.id)
        )
    if come := sorted(fresh - stale):
        db.session.execute(insert(Fingerprint), [{"hash": value, "idea_id": idea.id} for value in come])
    db.session.flush()
    after_commit(_wake)


def _wake() -> None:
    jobs.wake(COMPARE)
