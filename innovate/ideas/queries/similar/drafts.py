"""What a team is told about its own text: passages only of what everybody may read, or of what is its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from innovate.core.db import db
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.similarity.passages import find_passages
from innovate.ideas.domain.similarity.texts import Cut, Written, join_answers, mark_answers
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.similar.former import FormerPassages, cut_passages, find_former
from innovate.ideas.queries.similar.lookup import find_alike
from innovate.ideas.queries.similar.pairs import load_ideas, written_of

_NAMED = 3  # entries named with their passages
_PASSAGES = 3  # of each


@dataclass(frozen=True)
class Named:
    """An entry that everybody may read (`is_own`: or that is the reader's), and the passages on both sides."""

    title: str
    event: Event
    public_id: str
    is_own: bool
    passages: list[tuple[Cut, Cut]]


@dataclass(frozen=True)
class DraftCheck:
    """What a draft shares: entries that may be named, and how many others there are."""

    named: list[Named]
    others: int
    former: list[FormerPassages] = field(default_factory=list)  # of past editions


def check_draft(actor: Actor, idea: Idea) -> DraftCheck:
    """Compare the working copy with everything handed in, in this and past editions, except by the same team."""
    fields = list_fields(actor.event.id, with_removed=True)
    own = select(Idea.id).where(Idea.team_id == idea.team_id)
    hashes = mark_answers(fields, idea.answers)
    if not hashes:
        return DraftCheck([], 0)
    found = find_alike(hashes, besides=set(db.session.scalars(own)))
    mine = join_answers(fields, idea.answers)
    past = find_former(hashes)
    former = [cut_passages(mine, each, hashes - found.common, _PASSAGES) for each in past if each.is_public]
    hidden = len(past) - len(former)
    if not found.alike:
        return DraftCheck([], hidden, former[:_NAMED])
    ideas = load_ideas([alike.idea_id for alike in found.alike])
    shown = policy.list_shown(ideas.keys())
    others = [ideas[alike.idea_id] for alike in found.alike]
    named = [other for other in others if other.id in shown or policy.is_member(actor, other)]
    rows = [_name(actor, other, mine, hashes - found.common) for other in named[:_NAMED]]
    return DraftCheck([row for row in rows if row], len(others) - len(named) + hidden, former[:_NAMED])


def _name(actor: Actor, other: Idea, mine: Written, hashes: frozenset[int]) -> Named | None:
    revision = other.submitted_revision
    if revision is None:
        return None
    theirs = written_of(revision, other.event_id)
    found = find_passages(mine.text, theirs.text, hashes, most=_PASSAGES)
    return Named(
        title=revision.title,
        event=other.event,
        public_id=other.public_id,
        is_own=policy.is_member(actor, other),
        passages=[(mine.cut(passage.a), theirs.cut(passage.b)) for passage in found],
    )
