"""Reading a team's feedback: its own means and comments, and the spread of its category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.results.domain.feedback import Spread, order_comments, spread_of
from innovate.results.models import FeedbackRelease, StandingRow
from innovate.results.queries.boards import BoardView, list_public_boards
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.queries.ballots import CriterionRow
from innovate.scoring.queries.criteria import list_criteria
from innovate.teams.models import Membership, Team


@dataclass(frozen=True)
class CriterionFeedback:
    """One criterion: the mean the entry got (None: no value), its category's spread, and what jurors wrote on it."""

    criterion: CriterionRow
    mean: float | None
    spread: Spread | None
    comments: Sequence[str]


@dataclass(frozen=True)
class RoundFeedback:
    """One announced round: how many ballots count, the criteria in their order, and the comments on the whole."""

    view: BoardView
    ballots: int
    criteria: Sequence[CriterionFeedback]
    comments: Sequence[str]

    @property
    def has_spread(self) -> bool:
        """Whether the category is large enough to be compared with."""
        return any(each.spread for each in self.criteria)


def find_release(event_id: int) -> FeedbackRelease | None:
    """The latest opening of the event's feedback, open or closed again; None if it was never opened."""
    query = select(FeedbackRelease).where(FeedbackRelease.event_id == event_id)
    return db.session.scalar(query.order_by(FeedbackRelease.id.desc()).limit(1))


def list_open_boards(event: Event) -> list[BoardView]:
    """The announced rounds whose feedback teams read; none while it is closed or the results are sealed."""
    release = find_release(event.id)
    return list_public_boards(event) if release is not None and release.is_open else []


def load_feedback(boards: Sequence[BoardView], idea_id: int) -> list[RoundFeedback]:
    """What an entry's team learns of each announced round it took part in. Five statements for each round."""
    return [
        _load_round(view, idea_id, peers)
        for view in boards
        if view.board is not None and (peers := _list_category(view.board.snapshot_id, idea_id))
    ]


def _list_category(snapshot_id: int | None, idea_id: int) -> list[int]:
    """The entries ranked in the same group and category, the entry itself among them; none if it is not there."""
    own = select(StandingRow.group_code, StandingRow.track_code).where(
        StandingRow.snapshot_id == snapshot_id, StandingRow.idea_id == idea_id
    )
    place = own.subquery()
    query = select(StandingRow.idea_id).where(
        StandingRow.snapshot_id == snapshot_id,
        StandingRow.group_code == place.c.group_code,
        StandingRow.track_code == place.c.track_code,
        StandingRow.ballots > 0,
    )
    found = list(db.session.scalars(query))
    return found if idea_id in found else []


def _load_round(view: BoardView, idea_id: int, peers: Collection[int]) -> RoundFeedback:
    means = _load_means(view.round.id, peers)
    on_criteria, on_whole, ballots = _load_comments(view.round.id, idea_id)
    criteria = [
        CriterionFeedback(
            row,
            means[row.id].get(idea_id),
            spread_of(means[row.id].values()) if idea_id in means[row.id] else None,
            order_comments(on_criteria[row.id]),
        )
        for row in list_criteria(view.round.rubric_id)
    ]
    return RoundFeedback(view, ballots, criteria, order_comments(on_whole))


def _load_means(round_id: int, idea_ids: Collection[int]) -> dict[int, dict[int, float]]:
    """Means by criterion and idea."""
    query = (
        select(BallotScore.criterion_id, Ballot.idea_id, func.avg(BallotScore.value))
        .join(Ballot, Ballot.id == BallotScore.ballot_id)
        .where(Ballot.round_id == round_id, Ballot.state == BallotState.SUBMITTED)
        .where(Ballot.idea_id.in_(idea_ids), BallotScore.value.is_not(None))
        .group_by(BallotScore.criterion_id, Ballot.idea_id)
    )
    means: dict[int, dict[int, float]] = defaultdict(dict)
    for criterion_id, idea_id, mean in db.session.execute(query):
        means[criterion_id][idea_id] = float(mean)
    return means


def _load_comments(round_id: int, idea_id: int) -> tuple[dict[int, list[str]], list[str], int]:
    """What was written to the team, by criterion and on the whole, and how many ballots count. Never who wrote it."""
    counts = (
        Ballot.round_id == round_id,
        Ballot.idea_id == idea_id,
        Ballot.state == BallotState.SUBMITTED,
    )
    on_whole = list(db.session.scalars(select(Ballot.comment_team).where(*counts)))
    query = select(BallotScore.criterion_id, BallotScore.comment).join(
        Ballot, Ballot.id == BallotScore.ballot_id
    )
    on_criteria: dict[int, list[str]] = defaultdict(list)
    for criterion_id, comment in db.session.execute(query.where(*counts, BallotScore.comment != "")):
        on_criteria[criterion_id].append(comment)
    return on_criteria, on_whole, len(on_whole)


def list_readers(boards: Sequence[BoardView]) -> list[tuple[User, str, str]]:
    """Captains of the entries on these boards, each with the entry's public id and title."""
    ids = [view.board.snapshot_id for view in boards if view.board]
    query = (
        select(User, Idea.public_id, Idea.title)
        .join(Team, Team.captain_id == User.id)
        .join(Membership, (Membership.team_id == Team.id) & (Membership.user_id == User.id))
        .join(Idea, Idea.team_id == Team.id)
        .where(Team.disbanded_at.is_(None), Membership.left_at.is_(None))
        .where(Idea.id.in_(select(StandingRow.idea_id).where(StandingRow.snapshot_id.in_(ids))))
        .order_by(User.id, Idea.id)
    )
    return [(user, public_id, title) for user, public_id, title in db.session.execute(query)]


def find_own(event_id: int, user_id: int) -> str | None:
    """The entry whose feedback a person reads first: that of the team they are in, on an announced board."""
    query = (
        select(Idea.public_id)
        .join(Membership, Membership.team_id == Idea.team_id)
        .join(StandingRow, StandingRow.idea_id == Idea.id)
        .where(Idea.event_id == event_id, Membership.user_id == user_id, Membership.left_at.is_(None))
    )
    return db.session.scalar(query.order_by(Idea.id).limit(1))
