"""The pairs found, as somebody who screens may see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload, selectinload

from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import list_roles_of
from innovate.ideas import policy
from innovate.ideas.domain.revisions import format_number
from innovate.ideas.domain.similarity.likeness import cap_of
from innovate.ideas.domain.similarity.passages import find_passages
from innovate.ideas.domain.similarity.texts import Cut, Written, join_answers, mark_answers
from innovate.ideas.domain.similarity.words import split_words
from innovate.ideas.models import (
    Idea,
    IdeaRevision,
    SharedText,
    SimilarNote,
    SimilarPair,
)
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.similar.lookup import count_sets, find_common
from innovate.teams.models import Team

SHOWN = ("semua", "belum", "sudah")


@dataclass(frozen=True)
class Side:
    """One idea of a pair; without `is_open` it exists for the reader only as "an entry of another competition"."""

    idea: Idea
    revision: IdeaRevision
    event: Event
    number: str
    is_open: bool


@dataclass(frozen=True)
class PairView:
    """A pair with its sides, that of the reader's event first, and the note that still holds for these revisions."""

    pair: SimilarPair
    here: Side
    other: Side
    note: SimilarNote | None

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.here, self.other

    @property
    def is_open(self) -> bool:
        """Whether both passages may be read."""
        return self.here.is_open and self.other.is_open

    @property
    def seen(self) -> str:
        """Which revisions are before the reader."""
        return seen_of(self.pair)


def seen_of(pair: SimilarPair) -> str:
    """Changes with the revisions that were compared."""
    return f"{pair.first_revision_id}.{pair.second_revision_id}"


def list_pairs(actor: Actor, *, shown: str = "", page: int = 1, size: int = 25) -> Page[PairView]:
    """Pairs with an idea of the event, the most contained first. Constant number of statements."""
    query = _pairs(actor.event.id)
    checked = _holding_note().exists()
    if shown == "belum":
        query = query.where(~checked)
    elif shown == "sudah":
        query = query.where(checked)
    order = (SimilarPair.containment.desc(), SimilarPair.shared.desc(), SimilarPair.id)
    found = paginate(query.order_by(*order), page=page, size=size)
    return replace(found, items=_views(actor, found.items))


def count_open_pairs(event_id: int) -> int:
    """Pairs of the event about which nothing is noted that still holds."""
    waiting = _pairs(event_id).where(~_holding_note().exists()).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def list_pairs_of(actor: Actor, idea: Idea) -> list[PairView]:
    """The pairs of one idea."""
    query = _pairs(actor.event.id).where(
        or_(SimilarPair.first_id == idea.id, SimilarPair.second_id == idea.id)
    )
    found = db.session.scalars(query.order_by(SimilarPair.containment.desc(), SimilarPair.id).limit(10))
    return _views(actor, list(found.unique()), first=idea.id)


def get_pair(actor: Actor, public_id: str) -> PairView:
    """One pair both of whose passages the person may read, or NotFound."""
    pair = db.session.scalars(
        _pairs(actor.event.id, whole=True).where(SimilarPair.public_id == public_id)
    ).first()
    if pair is None:
        raise NotFound
    (view,) = _views(actor, [pair])
    require(view.is_open, NotFound())
    return view


def read_passages(view: PairView) -> list[tuple[Cut, Cut, int]]:
    """Both sides of every passage and its number of words, the longest first, in the revisions that were compared."""
    sides = [(side.revision.answers, list_fields(side.event.id, with_removed=True)) for side in view.sides]
    mine, theirs = (join_answers(fields, answers) for answers, fields in sides)
    shared = frozenset.intersection(*(mark_answers(fields, answers) for answers, fields in sides))
    shared -= find_common(shared, cap_of(count_sets()))
    found = find_passages(mine.text, theirs.text, shared)
    cuts = [(mine.cut(passage.a), theirs.cut(passage.b)) for passage in found]
    return [(one, other, len(split_words(one.found))) for one, other in cuts]


def written_of(revision: IdeaRevision, event_id: int) -> Written:
    """The written answers of a revision."""
    return join_answers(list_fields(event_id, with_removed=True), revision.answers)


def list_shared_texts(event_id: int) -> list[SharedText]:
    """Passages that more ideas hold than make pairs, the most common first."""
    query = select(SharedText).where(SharedText.event_id == event_id, SharedText.ideas > cap_of(count_sets()))
    return list(db.session.scalars(query.order_by(SharedText.ideas.desc(), SharedText.id).limit(20)))


def _holding_note() -> Select[Any]:
    return select(SimilarNote.id).where(
        SimilarNote.pair_id == SimilarPair.id,
        SimilarNote.first_revision_id == SimilarPair.first_revision_id,
        SimilarNote.second_revision_id == SimilarPair.second_revision_id,
    )


def _pairs(event_id: int, *, whole: bool = False) -> Select[Any]:
    """Standing pairs of the event; without `whole` their texts stay in the database."""
    first, second = aliased(Idea), aliased(Idea)
    texts = () if whole else (defer(IdeaRevision.answers, raiseload=True),)
    return (
        select(SimilarPair)
        .join(first, SimilarPair.first)
        .join(second, SimilarPair.second)
        .where(SimilarPair.ended_at.is_(None), or_(first.event_id == event_id, second.event_id == event_id))
        .options(
            contains_eager(SimilarPair.first.of_type(first)).options(
                defer(first.answers, raiseload=True),
                joinedload(first.event).selectinload(Event.groups),
                joinedload(first.team).selectinload(Team.memberships),
            ),
            contains_eager(SimilarPair.second.of_type(second)).options(
                defer(second.answers, raiseload=True),
                joinedload(second.event).selectinload(Event.groups),
                joinedload(second.team).selectinload(Team.memberships),
            ),
            joinedload(SimilarPair.first_revision).options(*texts),
            joinedload(SimilarPair.second_revision).options(*texts),
            selectinload(SimilarPair.notes).joinedload(SimilarNote.by),
        )
    )


def _views(actor: Actor, pairs: Sequence[SimilarPair], first: int = 0) -> list[PairView]:
    people = _people(
        actor, {idea.event_id: idea.event for pair in pairs for idea in (pair.first, pair.second)}
    )
    return [_view(actor, people, pair, first) for pair in pairs]


def _people(actor: Actor, events: dict[int, Event]) -> dict[int, Actor]:
    """The person as an actor in each of the events."""
    others = events.keys() - {actor.event.id}
    roles: dict[int, set[Role]] = {}
    for row in list_roles_of(actor.user_id) if others else ():
        roles.setdefault(row.event_id, set()).add(row.role)
    there = {key: Actor(events[key], actor.user, frozenset(roles.get(key, ()))) for key in others}
    return {**there, actor.event.id: actor}


def _view(actor: Actor, people: dict[int, Actor], pair: SimilarPair, first: int) -> PairView:
    sides = [_side(actor, people, pair.first, pair.first_revision)]
    sides.append(_side(actor, people, pair.second, pair.second_revision))
    if first == pair.second_id or (not first and pair.first.event_id != actor.event.id):
        sides.reverse()
    revisions = (pair.first_revision_id, pair.second_revision_id)
    holding = [n for n in pair.notes if (n.first_revision_id, n.second_revision_id) == revisions]
    return PairView(pair, sides[0], sides[1], holding[0] if holding else None)


def _side(actor: Actor, people: dict[int, Actor], idea: Idea, revision: IdeaRevision) -> Side:
    codes = {group.id: group.code for group in idea.event.groups}
    number = format_number(idea.number, codes.get(revision.group_id or 0, ""))
    return Side(idea, revision, idea.event, number, policy.can_compare(actor, people[idea.event_id], idea))


def load_ideas(idea_ids: Collection[int]) -> dict[int, Idea]:
    """By key: ideas with event, team with members, and pinned revision."""
    query = select(Idea).where(Idea.id.in_(idea_ids))
    query = query.options(
        joinedload(Idea.event),
        joinedload(Idea.team).selectinload(Team.memberships),
        joinedload(Idea.submitted_revision),
    )
    return {idea.id: idea for idea in db.session.scalars(query)} if idea_ids else {}
