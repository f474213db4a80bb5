"""Reading what an event asks of its teams, and what they have given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.partners.domain.kinds import MixKind, StatementKind
from innovate.partners.domain.mix import Counted, MixRule, count, kinds_of
from innovate.partners.models.teams import Statement, StatementAcceptance, TeamMix
from innovate.partners.queries.organisations import map_organisations
from innovate.teams.models import Membership, Team


def list_mix(event_id: int) -> list[MixRule]:
    """The event's rules on mixed teams, in the order of the kinds."""
    rows = db.session.scalars(select(TeamMix).where(TeamMix.event_id == event_id))
    order = list(MixKind)
    rules = [MixRule(row.kind, row.at_least, row.at_most) for row in rows]
    return sorted(rules, key=lambda rule: order.index(rule.kind))


def list_people(team_id: int) -> list[User]:
    """Members of a team now, as they joined."""
    query = select(User).join(Membership, Membership.user_id == User.id)
    query = query.where(Membership.team_id == team_id, Membership.left_at.is_(None))
    return list(db.session.scalars(query.order_by(Membership.joined_at, Membership.id)))


def count_mix(rules: Sequence[MixRule], people: Sequence[User]) -> list[Counted]:
    """Each rule beside the number of these people it counts."""
    if not rules:
        return []
    places = map_organisations([person.id for person in people])
    kinds = [
        kinds_of(person.employment.value, [each.kind for each in places.get(person.id, ())])
        for person in people
    ]
    return count(rules, kinds)


def list_in_force(event_id: int) -> list[Statement]:
    """The statements an event asks for: of each kind the newest version, unless it ended."""
    rows = db.session.scalars(
        select(Statement).where(Statement.event_id == event_id).order_by(Statement.version)
    )
    newest = {row.kind: row for row in rows}
    return [newest[kind] for kind in StatementKind if kind in newest and newest[kind].ended_at is None]


def list_versions(event_id: int) -> list[Statement]:
    """Every version there ever was, the newest first."""
    query = select(Statement).where(Statement.event_id == event_id)
    return list(db.session.scalars(query.order_by(Statement.kind, Statement.version.desc())))


def get_statement(event_id: int, public_id: str) -> Statement:
    """One version, or NotFound."""
    row = db.session.scalar(
        select(Statement).where(Statement.event_id == event_id, Statement.public_id == public_id)
    )
    if row is None:
        raise NotFound
    return row


def list_acceptances(
    event_id: int, team_id: int | None = None, people: Collection[int] = ()
) -> list[tuple[StatementAcceptance, str]]:
    """Who accepted which version, with statement and person, the oldest first; and the team's name.

    Of a team also what its present `people` accepted before they came to it.
    """
    query = (
        select(StatementAcceptance, Team.name)
        .join(StatementAcceptance.statement)
        .join(Team, Team.id == StatementAcceptance.team_id)
        .where(Statement.event_id == event_id)
        .options(joinedload(StatementAcceptance.statement), joinedload(StatementAcceptance.user))
    )
    if team_id is not None:
        given = StatementAcceptance.team_id == team_id
        query = query.where(given | StatementAcceptance.user_id.in_(people))
    return list(db.session.execute(query.order_by(StatementAcceptance.id)).tuples())


@dataclass(frozen=True)
class Missing:
    """A statement in force, and the members who have not accepted this version."""

    statement: Statement
    people: list[User]


def list_missing(event_id: int, people: Sequence[User]) -> list[Missing]:
    """Each statement in force with those of the team who still have to accept it."""
    statements = list_in_force(event_id)
    if not statements:
        return []
    query = select(StatementAcceptance.statement_id, StatementAcceptance.user_id).where(
        StatementAcceptance.statement_id.in_([row.id for row in statements]),
        StatementAcceptance.user_id.in_([person.id for person in people]),
    )
    done = set(db.session.execute(query).tuples())
    return [
        Missing(row, [person for person in people if (row.id, person.id) not in done]) for row in statements
    ]
