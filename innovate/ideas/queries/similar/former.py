"""Entries of editions that this product never held: a feature above keeps them and is asked here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import select

from innovate.core.db import db
from innovate.ideas.domain.similarity.hashes import unpack
from innovate.ideas.domain.similarity.likeness import Likeness
from innovate.ideas.domain.similarity.passages import find_passages
from innovate.ideas.domain.similarity.texts import Cut, Written, join_answers, mark_answers
from innovate.ideas.models import FingerprintSet, Idea
from innovate.ideas.queries.completeness import list_fields

_LABEL = ""


@dataclass(frozen=True)
class Former:
    """A past entry that shares passages. `is_public`: everybody may know what it says."""

    title: str
    source: str
    text: str
    is_public: bool
    likeness: Likeness


@dataclass(frozen=True)
class FormerPassages:
    """A past entry with the passages on both sides."""

    title: str
    source: str
    likeness: Likeness
    passages: list[tuple[Cut, Cut]]


# Filled by the feature that keeps past editions: from a fingerprint to its entries that are flagged beside it.
sources: list[Callable[[Collection[int]], list[Former]]] = []


def find_former(hashes: Collection[int]) -> list[Former]:
    """Past entries that share enough, the most contained first of each source."""
    return [former for source in sources for former in source(hashes)] if hashes else []


def find_former_of(idea: Idea) -> list[Former]:
    """Past entries that share enough with what the idea handed in, by the fingerprint kept of it."""
    if not sources:
        return []
    packed = db.session.scalar(select(FingerprintSet.hashes).where(FingerprintSet.idea_id == idea.id))
    return find_former(unpack(packed)) if packed else []


def cut_former(idea: Idea, event_id: int) -> list[FormerPassages]:
    """Those entries with the passages on both sides, as the idea was handed in."""
    found = find_former_of(idea)
    if not found or idea.submitted_revision is None:
        return []
    fields = list_fields(event_id, with_removed=True)
    answers = idea.submitted_revision.answers
    mine, hashes = join_answers(fields, answers), mark_answers(fields, answers)
    return [cut_passages(mine, former, hashes, most=20) for former in found]


def cut_passages(mine: Written, former: Former, hashes: Collection[int], most: int = 3) -> FormerPassages:
    """Both sides of the longest passages."""
    theirs = Written(former.text, (_LABEL,), (0,))
    found = find_passages(mine.text, former.text, hashes, most=most)
    cuts = [(mine.cut(passage.a), theirs.cut(passage.b)) for passage in found]
    return FormerPassages(former.title, former.source, former.likeness, cuts)
