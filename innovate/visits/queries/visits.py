"""Reading visits: one, the room's list, one's own, and those of an entry."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.queries.rounds import is_entry_of, list_round_entry_ids, list_rounds
from innovate.teams.models import Team
from innovate.visits.domain.states import VisitEffect, VisitState
from innovate.visits.models import Visit, VisitChange, VisitItem, Visitor, VisitPhoto

_TITLE = select(Idea.title).where(Idea.id == Visit.idea_id).scalar_subquery()
TRAIL_NAMES = {
    "visit": names_by(Visit.id, _TITLE),
    "visit_item": names_by(VisitItem.id, VisitItem.label),
}
_OUT = (IdeaState.WITHDRAWN, IdeaState.INELIGIBLE, IdeaState.DISQUALIFIED)
_WHOLE = (
    joinedload(Visit.idea).options(
        joinedload(Idea.team).selectinload(Team.memberships),
        joinedload(Idea.unit),
        joinedload(Idea.submitted_revision),
    ),
    selectinload(Visit.visitors).joinedload(Visitor.user),
    selectinload(Visit.photos),
    joinedload(Visit.finished_by),
)


def get_visit(event_id: int, public_id: str) -> Visit:
    """A visit with its entry, visitors and photos, or NotFound. Four statements."""
    query = select(Visit).where(Visit.event_id == event_id, Visit.public_id == public_id)
    visit = db.session.scalar(query.options(*_WHOLE))
    if visit is None:
        raise NotFound
    return visit


def lock_visit(visit_id: int) -> Visit:
    """The visit as it is now, held until the commit."""
    db.session.flush()
    db.session.execute(select(Visit.id).where(Visit.id == visit_id).with_for_update())
    query = select(Visit).where(Visit.id == visit_id).options(*_WHOLE)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def get_photo(visit_id: int, public_id: str) -> VisitPhoto:
    """A photo of the visit that was not taken out, or NotFound."""
    query = select(VisitPhoto).where(VisitPhoto.visit_id == visit_id, VisitPhoto.public_id == public_id)
    photo = db.session.scalar(query.where(VisitPhoto.removed_at.is_(None)))
    if photo is None:
        raise NotFound
    return photo


def list_changes(visit_id: int) -> Sequence[VisitChange]:
    """What a finished visit said before it was amended, newest first."""
    query = select(VisitChange).where(VisitChange.visit_id == visit_id).options(joinedload(VisitChange.actor))
    return list(db.session.scalars(query.order_by(VisitChange.id.desc())))


def list_own(event_id: int, user_id: int) -> Sequence[Visit]:
    """The visits a person goes to that are not over, the next first."""
    query = select(Visit).join(Visitor, Visitor.visit_id == Visit.id).join(Visit.idea)
    query = query.where(Visit.event_id == event_id, Visitor.user_id == user_id)
    query = query.where(Visit.state == VisitState.PLANNED).options(contains_eager(Visit.idea))
    return list(db.session.scalars(query.order_by(Visit.starts_at)))


def list_of_idea(idea_id: int) -> Sequence[Visit]:
    """An entry's visits that were not cancelled, with their visitors; for its team."""
    query = select(Visit).where(Visit.idea_id == idea_id, Visit.state != VisitState.CANCELLED)
    query = query.options(selectinload(Visit.visitors).joinedload(Visitor.user))
    return list(db.session.scalars(query.order_by(Visit.starts_at)))


def may_read_visited(actor: Actor, idea: Idea) -> bool:
    """Whoever goes on a visit, or went, reads the entry it is to."""
    if actor.user is None or not actor.roles:
        return False
    query = select(Visit.id).join(Visitor, Visitor.visit_id == Visit.id).where(Visit.idea_id == idea.id)
    query = query.where(Visitor.user_id == actor.user_id, Visit.state != VisitState.CANCELLED)
    return db.session.scalar(query.limit(1)) is not None


def list_jury_notes(event_id: int, idea_id: int) -> Sequence[Visit]:
    """Finished visits that leave the jury a note, in their order."""
    query = select(Visit).where(Visit.event_id == event_id, Visit.idea_id == idea_id)
    query = query.where(Visit.state == VisitState.FINISHED, Visit.effect == VisitEffect.NOTE)
    return list(db.session.scalars(query.order_by(Visit.starts_at)))


def list_due(since: datetime, until: datetime) -> Sequence[tuple[Visit, Event]]:
    """Planned visits that begin in this span, with their event, of entries still in a living one: for reminders."""
    query = select(Visit, Event).join(Event, Event.id == Visit.event_id).options(*_WHOLE)
    query = query.where(Visit.state == VisitState.PLANNED, Visit.starts_at > since, Visit.starts_at <= until)
    query = query.where(Visit.idea.has(Idea.state.not_in(_OUT)))
    query = query.where(Event.state != EventState.ARCHIVED, Event.deleted_at.is_(None))
    return [(visit, event) for visit, event in db.session.execute(query)]


# -- the room -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Coverage:
    """How many of the entries that should be visited were, or will be. `finalists`: whether they were chosen."""

    entries: int
    finished: int
    planned: int
    finalists: bool


@dataclass(frozen=True)
class Room:
    """A page of entries with their visits (by entry, newest last), and how far they are covered."""

    page: Page[Idea]
    visits: Mapping[int, Sequence[Visit]]
    coverage: Coverage


def load_room(event: Event, *, search: str = "", state: str = "", page: int = 1) -> Room:
    """Finalists once there are any, else all eligible entries. Six statements, however many there are."""
    chosen, finalists = _entries(event)
    query = select(Idea).join(Idea.team).join(Idea.submitted_revision).where(chosen)
    if search:
        query = query.where(
            IdeaRevision.title.icontains(search, autoescape=True)
            | Team.name.icontains(search, autoescape=True)
        )
    if state in set(VisitState):
        query = query.where(Idea.id.in_(_visited(event.id, VisitState(state))))
    elif state == "unvisited":
        query = query.where(Idea.id.not_in(_visited(event.id, VisitState.PLANNED, VisitState.FINISHED)))
    with_ = contains_eager(Idea.team), contains_eager(Idea.submitted_revision), joinedload(Idea.unit)
    found = paginate(query.options(*with_).order_by(Idea.number), page=page)
    return Room(found, _by_idea([idea.id for idea in found.items]), _cover(event.id, chosen, finalists))


def _entries(event: Event) -> tuple[ColumnElement[bool], bool]:
    """Condition on Idea: what should be visited, and whether these are finalists."""
    rounds = list_rounds(event.id)
    last = rounds[-1] if rounds else None
    if last is not None and not last.takes_all and list_round_entry_ids(last.id):
        return is_entry_of(last), True
    return (Idea.event_id == event.id) & (Idea.state == IdeaState.ELIGIBLE), False


def _visited(event_id: int, *states: VisitState) -> Select[tuple[int]]:
    return select(Visit.idea_id).where(Visit.event_id == event_id, Visit.state.in_(states))


def _by_idea(ideas: Collection[int]) -> dict[int, list[Visit]]:
    query = select(Visit).where(Visit.idea_id.in_(ideas))
    query = query.options(selectinload(Visit.visitors).joinedload(Visitor.user))
    found: dict[int, list[Visit]] = {}
    for visit in db.session.scalars(query.order_by(Visit.starts_at)):
        found.setdefault(visit.idea_id, []).append(visit)
    return found


def _cover(event_id: int, chosen: ColumnElement[bool], finalists: bool) -> Coverage:
    finished = Idea.id.in_(_visited(event_id, VisitState.FINISHED))
    planned = Idea.id.in_(_visited(event_id, VisitState.PLANNED)) & ~finished
    columns = [func.count(), *(func.count().filter(each) for each in (finished, planned))]
    total, done, waits = db.session.execute(select(*columns).select_from(Idea).where(chosen)).one()
    return Coverage(total, done, waits, finalists)
