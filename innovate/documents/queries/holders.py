"""Who gets a certificate, and for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.documents.domain.kinds import Audience
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.queries import list_people
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.results.models import StandingRow
from innovate.results.queries.awards import load_laurels
from innovate.results.queries.boards import BoardView
from innovate.teams.models import Membership

_HANDED_IN = [state for state in IdeaState if state.is_in_competition]
_ROLES = {
    Audience.JURORS: (Role.CHAIR, Role.JUROR),
    Audience.ORGANIZERS: (Role.ORGANIZER, Role.SECRETARIAT),
}
_CALLED = {
    Role.CHAIR: "Ketua Dewan Juri",
    Role.JUROR: "Dewan Juri",
    Role.ORGANIZER: "Panitia Penyelenggara",
    Role.SECRETARIAT: "Sekretariat Panitia",
}


@dataclass(frozen=True)
class Holder:
    """A person with what the certificate says of them. `key` tells it from their others of the same audience."""

    user: User
    called: str
    unit: str
    work: str = ""
    key: str = ""


def list_holders(event: Event, audience: Audience, view: BoardView | None) -> list[Holder]:
    """Everybody of an audience, each once for each thing they get it for. `view`: the last board, public."""
    if audience in _ROLES:
        return _list_committee(event.id, audience)
    if audience is Audience.PARTICIPANTS:
        found = _list_members(event.id)
        return _once([Holder(user, "Peserta", _unit_of(user)) for user, _idea in found])
    snapshot_id = view.board.snapshot_id if view and view.board else None
    if not snapshot_id:
        return []
    if audience is Audience.FINALISTS:
        rows = db.session.scalars(select(StandingRow).where(StandingRow.snapshot_id == snapshot_id))
        return _honour(event.id, [(row, "Finalis") for row in rows])
    laurels = load_laurels(snapshot_id)
    won = [(row, row.award) for row in laurels.rows if row.award]
    return _honour(event.id, won + [(each.row, each.award.name) for each in laurels.specials])


def _honour(event_id: int, given: Sequence[tuple[StandingRow, str]]) -> list[Holder]:
    members = _list_members(event_id, {row.idea_id for row, _name in given})
    teams: dict[int, list[User]] = {}
    for user, idea in members:
        teams.setdefault(idea.id, []).append(user)
    return [
        Holder(user, name, _unit_of(user), row.title, f"{row.idea_id}:{name}")
        for row, name in given
        for user in teams.get(row.idea_id, ())
    ]


def _list_members(event_id: int, ideas: Collection[int] | None = None) -> list[tuple[User, Idea]]:
    """Members with the entry of their team: of the given ones, or of all that were handed in."""
    query = (
        select(User, Idea)
        .join(Membership, Membership.user_id == User.id)
        .join(Idea, Idea.team_id == Membership.team_id)
        .where(Idea.event_id == event_id, Membership.left_at.is_(None))
        .options(joinedload(User.unit))
        .order_by(User.name, User.id, Idea.id)
    )
    wanted = Idea.state.in_(_HANDED_IN) if ideas is None else Idea.id.in_(ideas)
    return [(user, idea) for user, idea in db.session.execute(query.where(wanted))]


def _list_committee(event_id: int, audience: Audience) -> list[Holder]:
    order = _ROLES[audience]
    people = sorted(list_people(event_id, *order), key=lambda row: order.index(row.role))
    return _once([Holder(row.user, _CALLED[row.role], _unit_of(row.user)) for row in people])


def _once(holders: Iterable[Holder]) -> list[Holder]:
    """Each person's first."""
    found: dict[int, Holder] = {}
    for each in holders:
        found.setdefault(each.user.id, each)
    return list(found.values())


def _unit_of(user: User) -> str:
    return user.unit.name if user.unit else user.organization
