"""Requests to adopt, and the tree of replications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.impact.domain.kinds import Asked
from innovate.impact.models import AdoptionRequest, Innovation


@dataclass(frozen=True)
class Branch:
    """An innovation with what grew out of it. `depth` counts from 0."""

    innovation: Innovation
    children: Sequence[Branch]
    depth: int

    @property
    def total(self) -> int:
        """Every replication below it."""
        return sum(1 + child.total for child in self.children)


def read_tree(innovation: Innovation) -> Branch:
    """The whole tree an innovation belongs to, from its root. One query."""
    root_id = innovation.root_id or innovation.id
    query = select(Innovation).where(or_(Innovation.id == root_id, Innovation.root_id == root_id))
    rows = list(db.session.scalars(query.options(joinedload(Innovation.unit)).order_by(Innovation.id)))
    below: dict[int, list[Innovation]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            below[row.parent_id].append(row)

    def grow(row: Innovation, depth: int) -> Branch:
        return Branch(row, [grow(child, depth + 1) for child in below[row.id]], depth)

    return grow(next(row for row in rows if row.id == root_id), 0)


def list_requests(innovation_id: int) -> list[AdoptionRequest]:
    """Everybody who asked, the latest first."""
    query = select(AdoptionRequest).where(AdoptionRequest.innovation_id == innovation_id)
    query = query.options(joinedload(AdoptionRequest.asker), joinedload(AdoptionRequest.child))
    return list(db.session.scalars(query.order_by(AdoptionRequest.id.desc())))


def find_own(innovation_id: int, user_id: int) -> AdoptionRequest | None:
    """A person's latest request."""
    query = select(AdoptionRequest).where(
        AdoptionRequest.innovation_id == innovation_id, AdoptionRequest.asker_id == user_id
    )
    query = query.options(joinedload(AdoptionRequest.child)).order_by(AdoptionRequest.id.desc())
    return db.session.scalar(query.limit(1).execution_options(populate_existing=True))


def count_own(innovation_id: int, user_id: int) -> int:
    """How often a person asked."""
    query = select(func.count(AdoptionRequest.id)).where(
        AdoptionRequest.innovation_id == innovation_id, AdoptionRequest.asker_id == user_id
    )
    return db.session.scalar(query) or 0


def get_request(innovation_id: int, public_id: str) -> AdoptionRequest:
    """One request that still waits for an answer, or NotFound."""
    query = select(AdoptionRequest).where(
        AdoptionRequest.innovation_id == innovation_id,
        AdoptionRequest.public_id == public_id,
        AdoptionRequest.state == Asked.WAITING,
    )
    query = query.options(joinedload(AdoptionRequest.asker)).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found
