"""The round as a spreadsheet of ballots is compared with it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import or_, select

from innovate.core.db import db
from innovate.events.models import Group
from innovate.events.policy import Actor, can_judge
from innovate.ideas.models import Idea, IdeaRevision
from innovate.intake.domain.world import Criterion, Entry, Held, Judge, Pair, Standing, World
from innovate.scoring.models.ballots import Ballot, BallotScore
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.locks import list_locked
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import is_entry_of
from innovate.teams.models import Membership, Team, TeamMentor


def load_world(actor: Actor, round_: Round) -> World:
    """All of it in a number of statements that does not grow."""
    serving = find_round_jury(round_)
    conflicts = find_conflicts(round_.event_id)
    criteria = list_criteria(round_.rubric_id)
    own = {idea for idea, user in conflicts if user == actor.user_id} if can_judge(actor) else set()
    return World(
        entries=_load_entries(round_),
        jurors={
            row.user.id: Judge(
                row.user.id,
                row.user.public_id,
                row.user.email,
                row.user.name,
                row.user.full_name,
                serving is None or row.user.id in serving,
            )
            for row in list_jurors(round_.event_id)
        },
        criteria={row.id: Criterion(row.id, row.name, row) for row in criteria},
        held=_load_held(round_, [row.id for row in criteria]),
        barred=frozenset(conflicts),
        locked=frozenset(list_locked(round_.id)),
        clerk_id=actor.user_id,
        clerk_barred=frozenset(own),
    )


def _load_entries(round_: Round) -> dict[int, Entry]:
    """Everything that was handed in, by number; a sheet may name what this round does not judge."""
    judged = frozenset(db.session.scalars(select(Idea.id).where(is_entry_of(round_))))
    query = (
        select(Idea.id, Idea.public_id, Idea.number, Group.code, IdeaRevision.title, Team.name)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .where(Idea.event_id == round_.event_id)
        .order_by(Idea.number, Idea.id)
    )
    return {
        row.id: Entry(
            row.id, row.public_id, row.number, row.code or "", row.title, row.name, row.id in judged
        )
        for row in db.session.execute(query)
    }


def _load_held(round_: Round, criteria: list[int]) -> dict[Pair, Held]:
    """Ballots of standing seats, whatever became of them."""
    query = select(Ballot.id, Ballot.idea_id, Ballot.user_id, Ballot.state)
    query = query.join(Assignment, Assignment.id == Ballot.assignment_id)
    query = query.where(Ballot.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE)
    ballots = db.session.execute(query).all()
    scores = select(BallotScore.ballot_id, BallotScore.criterion_id, BallotScore.value)
    scores = scores.join(Ballot, Ballot.id == BallotScore.ballot_id)
    scores = scores.where(Ballot.round_id == round_.id, BallotScore.criterion_id.in_(criteria))
    values: dict[int, dict[int, Decimal]] = {}
    for ballot_id, criterion_id, value in db.session.execute(scores) if ballots else ():
        if value is not None:
            values.setdefault(ballot_id, {})[criterion_id] = value
    return {
        (idea, user): Held(Standing(state.value), values.get(key, {})) for key, idea, user, state in ballots
    }


def competes(actor: Actor) -> bool:
    """Whether the person is of a team of the event, or accompanies one: then its ballots are not theirs to bring."""
    member = select(Membership.id).where(
        Membership.event_id == actor.event.id,
        Membership.user_id == actor.user_id,
        Membership.left_at.is_(None),
    )
    mentor = select(TeamMentor.team_id).where(
        TeamMentor.event_id == actor.event.id, TeamMentor.user_id == actor.user_id
    )
    return bool(db.session.scalar(select(or_(member.exists(), mentor.exists()))))
