"""The one question every door asks: may this juror have this entry?

Conflicts of interest are detected from units, teams, mentoring and challenges, and said by people; what was dismissed
is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.organisations import OrganisationMember
from innovate.scoring import policy
from innovate.scoring.domain.conflicts import (
    EntryTies,
    JurorTies,
    Pair,
    Reason,
    Tie,
    detect_all,
    find_all,
)
from innovate.scoring.models.integrity import Dismissal
from innovate.scoring.models.jury import Assignment, Conflict, ConflictSource
from innovate.scoring.models.rounds import Round
from innovate.teams.models import Membership, Team, TeamMentor

Ids = Collection[int] | Select[tuple[int]] | None
JURY = (Role.JUROR, Role.CHAIR)
_SAID = {
    ConflictSource.DECLARED: Reason.DECLARED,
    ConflictSource.ABSTAINED: Reason.ABSTAINED,
    ConflictSource.UNIT: Reason.OWN_UNIT,
    ConflictSource.TEAM: Reason.TEAM,
}


def find_conflicts(
    event_id: int, *, idea_ids: Ids = None, user_ids: Collection[int] | None = None
) -> dict[Pair, Reason]:
    """Every (idea, juror) of the event that must not be, with why; narrowed to some ideas or jurors if given.

    One statement. Lists, search, links, files, JSON, draws and top-ups all go by it.
    """
    world = load_ties(event_id, idea_ids=idea_ids, user_ids=user_ids)
    return find_all(world.jurors, world.entries, world.parents, world.said, world.dismissed)


def is_barred(event_id: int, idea_id: int, user_id: int) -> bool:
    """Whether a conflict stands between this juror and this entry: then the entry does not exist for them.

    Asked with every save of a ballot, so its statement is written once.
    """
    world = _read_ties(_ONE_PAIR, {"event": event_id, "idea": idea_id, "user": user_id}, {user_id})
    return bool(find_all(world.jurors, world.entries, world.parents, world.said, world.dismissed))


def list_barred(event_id: int, user_id: int) -> frozenset[int]:
    """The entries that do not exist for this juror."""
    return frozenset(idea_id for idea_id, _user in find_conflicts(event_id, user_ids=[user_id]))


def list_barred_seats(event_id: int, user_id: int) -> frozenset[int]:
    """The same among the entries that are or were assigned to them: what a juror's own rooms need."""
    held = select(Assignment.idea_id).where(Assignment.user_id == user_id)
    held = held.join(Round, Round.id == Assignment.round_id).where(Round.event_id == event_id)
    found = find_conflicts(event_id, idea_ids=held, user_ids=[user_id])
    return frozenset(idea_id for idea_id, _user in found)


def list_hidden(actor: Actor) -> frozenset[int]:
    """The entries that do not exist for somebody who leads: those a chair, and no organizer, has a conflict with."""
    return list_barred(actor.event.id, actor.user_id) if policy.is_bound(actor) else frozenset()


@dataclass
class Ties:
    """Everything conflicts depend on, as the rules want it."""

    jurors: list[JurorTies] = field(default_factory=list)
    entries: list[EntryTies] = field(default_factory=list)
    parents: dict[int, int | None] = field(default_factory=dict)
    said: dict[Pair, Reason] = field(default_factory=dict)
    dismissed: set[tuple[Pair, Tie]] = field(default_factory=set)

    def detected(self) -> dict[Pair, list[Tie]]:
        """Every detected tie, dismissed ones too."""
        return detect_all(self.jurors, self.entries, self.parents)


def load_ties(event_id: int, *, idea_ids: Ids = None, user_ids: Collection[int] | None = None) -> Ties:
    """The ties of an event in one statement: every row says of which kind it is."""
    return _read_ties(union_all(*_parts(event_id, idea_ids, user_ids)), {}, user_ids)


def _read_ties(statement: Any, parameters: Mapping[str, int], wanted: Collection[int] | None) -> Ties:
    rows: dict[str, list[Any]] = {kind: [] for kind in "jemgouSd"}
    for kind, *values in db.session.execute(statement, parameters):
        rows[kind].append(values)
    members, mentors, owners = _by_team(rows["m"]), _by_team(rows["g"]), _by_team(rows["o"])
    tracks = {track: challenge for track, _user, challenge, *_rest in rows["o"]}
    return Ties(
        jurors=[JurorTies(user, unit) for user, unit, *_rest in rows["j"]],
        entries=[
            EntryTies(
                idea,
                frozenset(unit for unit in units if unit is not None),
                members.get(team, frozenset()),
                mentors.get(team, frozenset()),
                team,
                owners.get(track, frozenset()),
                tracks.get(track, 0),
            )
            for idea, team, *units, track, _x, _y in rows["e"]
        ],
        parents={unit: parent for unit, parent, *_rest in rows["u"]},
        said={
            (idea, user): _SAID[ConflictSource(source)]
            for idea, user, _c, _d, _e, source, _y in rows["S"]
            if wanted is None or user in wanted
        },
        dismissed={
            ((idea, user), Tie(Reason(reason), basis)) for idea, user, _c, _d, _e, reason, basis in rows["d"]
        },
    )


def _by_team(rows: list[Any]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for team, user, *_rest in rows:
        found.setdefault(team, set()).add(user)
    return {team: frozenset(users) for team, users in found.items()}


def _parts(event_id: Any, idea_ids: Any, user_ids: Collection[Any] | None) -> list[Select[Any]]:
    jury = select(EventRole.user_id).where(
        EventRole.event_id == event_id, EventRole.role.in_(JURY), EventRole.revoked_at.is_(None)
    )
    if user_ids is not None:
        jury = jury.where(EventRole.user_id.in_(user_ids))
    entries = _row("e", Idea.id, Idea.team_id, Idea.unit_id, Team.unit_id, Idea.track_id).join(
        Team, Team.id == Idea.team_id
    )
    entries = entries.where(Idea.event_id == event_id)
    members = _row("m", Membership.team_id, Membership.user_id)
    members = members.where(Membership.event_id == event_id, Membership.user_id.in_(jury))
    mentors = _row("g", TeamMentor.team_id, TeamMentor.user_id)
    mentors = mentors.where(TeamMentor.event_id == event_id, TeamMentor.user_id.in_(jury))
    owners = _row("o", Challenge.track_id, OrganisationMember.user_id, Challenge.id)
    owners = owners.join(
        OrganisationMember, OrganisationMember.organisation_id == Challenge.organisation_id
    ).where(
        Challenge.event_id == event_id,
        Challenge.state == Stage.ACCEPTED,
        _belonged(),
        OrganisationMember.user_id.in_(jury),
    )
    said = _row("S", Conflict.idea_id, Conflict.user_id, x=type_coerce(Conflict.source, String))
    said = said.where(Conflict.event_id == event_id, Conflict.ended_at.is_(None))
    lifted = _row(
        "d", Dismissal.idea_id, Dismissal.user_id, x=type_coerce(Dismissal.reason, String), y=Dismissal.basis
    ).where(Dismissal.event_id == event_id, Dismissal.confirmed_at.is_not(None), Dismissal.ended_at.is_(None))
    if idea_ids is not None:
        entries = entries.where(Idea.id.in_(idea_ids))
        said, lifted = (
            said.where(Conflict.idea_id.in_(idea_ids)),
            lifted.where(Dismissal.idea_id.in_(idea_ids)),
        )
    jurors = _row("j", User.id, User.unit_id).where(User.id.in_(jury))
    return [jurors, entries, members, mentors, owners, said, lifted, _row("u", Unit.id, Unit.parent_id)]


def _belonged() -> ColumnElement[bool]:
    """A member now, or one who left after the challenge was put: leaving does not make a judge of its owner."""
    left = OrganisationMember.decided_at.is_not(None) & (OrganisationMember.left_at > Challenge.proposed_at)
    return or_(OrganisationMember.state == Stage.ACCEPTED, left)


def _row(kind: str, *numbers: Any, x: Any = "", y: Any = "") -> Select[Any]:
    """One kind of row of the union: five numbers and two texts."""
    padded = [*numbers, *[cast(null(), Integer)] * (5 - len(numbers))]
    texts = [literal(text, String) if isinstance(text, str) else text for text in (x, y)]
    return select(literal(kind, String), *padded, *texts)


_ONE_PAIR = union_all(*_parts(bindparam("event"), [bindparam("idea")], [bindparam("user")]))
