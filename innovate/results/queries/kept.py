"""Reading the ballots behind a result as the lines that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import ColumnElement, and_, or_, select

from innovate.audit.domain.merkle import build_levels, leaf_hash, root_of
from innovate.core.db import db
from innovate.ideas.models import Idea
from innovate.scoring.domain.leaves import published_id, write_line
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.rounds import Criterion


@dataclass(frozen=True)
class KeptBallots:
    """Canonical lines by round, idea and juror, the rubrics they are on, how many jurors wrote them, and the event's
    `secret`, which gives them their pseudonyms.
    """

    lines: tuple[bytes, ...]
    rubric_ids: frozenset[int]
    jurors: int
    secret: str

    @cached_property
    def root(self) -> bytes:
        """The Merkle root over all of them, ballots taken out of the count too (32 bytes)."""
        return root_of(build_levels([leaf_hash(line) for line in self.lines]))


def counted_or_excluded(round_ids: Sequence[int]) -> ColumnElement[bool]:
    """Ballots that were handed in complete; those taken out of the count too."""
    handed_in = Ballot.state == BallotState.SUBMITTED
    taken_out = and_(Ballot.state == BallotState.EXCLUDED, Ballot.submitted_at.is_not(None))
    return and_(Ballot.round_id.in_(round_ids), Ballot.total.is_not(None), or_(handed_in, taken_out))


def list_kept_ballots(round_ids: Sequence[int], secret: str) -> KeptBallots:
    """Every complete ballot of these rounds, in their order. Two statements."""
    query = select(BallotScore.ballot_id, BallotScore.criterion_id, BallotScore.value)
    query = query.join(Ballot, Ballot.id == BallotScore.ballot_id)
    query = query.join(Criterion, Criterion.id == BallotScore.criterion_id)
    query = query.where(counted_or_excluded(round_ids), BallotScore.value.is_not(None))
    values: dict[int, dict[int, Decimal]] = {}
    for ballot, criterion, value in db.session.execute(query.where(Criterion.rubric_id == Ballot.rubric_id)):
        values.setdefault(ballot, {})[criterion] = value
    columns = (
        Ballot.id,
        Ballot.round_id,
        Ballot.user_id,
        Ballot.rubric_id,
        Ballot.revision_id,
        Idea.public_id,
    )
    ballots = db.session.execute(
        select(*columns).join(Idea, Idea.id == Ballot.idea_id).where(counted_or_excluded(round_ids))
    ).all()
    place = {round_id: n for n, round_id in enumerate(round_ids)}
    named = {row.user_id: published_id(secret, "juror", row.user_id) for row in ballots}
    found = []
    for row in sorted(
        ballots, key=lambda row: (place[row.round_id], row.public_id, named[row.user_id], row.id)
    ):
        line = write_line(
            secret,
            ballot_id=row.id,
            user_id=row.user_id,
            idea=row.public_id,
            round_id=row.round_id,
            rubric_id=row.rubric_id,
            revision_id=row.revision_id,
            values=values.get(row.id, {}),
        )
        found.append(line)
    return KeptBallots(tuple(found), frozenset(row.rubric_id for row in ballots), len(named), secret)
