"""Reading totals. Whoever calls has asked `domain.stages.may_see_totals` or `is_outcome_public` first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.voting.domain.outcome import Outcome, Standing, decide
from innovate.voting.models import Poll, PollEntry, PollWinner, Vote, VoteChoice
from innovate.voting.queries.entries import Entrant, list_entrants
from innovate.voting.queries.laurels import Holders, find_holders
from innovate.voting.queries.polls import counts

GONE = "–"  # stands where the name of an award would: the entry was taken out of the vote


@dataclass(frozen=True)
class Count:
    """A vote counted: entrants, the outcome as the votes stand, who was found to have won, and how many voted."""

    entrants: Sequence[Entrant]
    outcome: Outcome
    won: Sequence[int]  # ideas
    voters: int

    @cached_property
    def by_idea(self) -> dict[int, Entrant]:
        """Entrants by idea."""
        return {entrant.idea_id: entrant for entrant in self.entrants}

    @property
    def rows(self) -> list[tuple[Entrant, Standing]]:
        """Entrants with their votes, most first."""
        return [(self.by_idea[row.idea_id], row) for row in self.outcome.rows]

    def named(self, ideas: Collection[int]) -> list[Entrant]:
        """These ideas in the order of their votes."""
        return [entrant for entrant, row in self.rows if row.idea_id in ideas]


def load_count(poll: Poll, holders: Holders | None = None) -> Count:
    """The vote as it stands now. A number of statements that does not grow with it."""
    entrants = list_entrants(poll)
    votes = count_votes(poll.id)
    barred = (holders or find_holders(poll.event_id)).barred(poll)
    barred |= {each.idea_id: GONE for each in entrants if not each.stands}
    totals = {each.idea_id: votes.get(each.id, 0) for each in entrants}
    voters = db.session.scalar(select(func.count()).where(Vote.poll_id == poll.id, counts())) or 0
    return Count(entrants, decide(totals, barred, poll.winners), list_winners(poll.id), voters)


def without(count: Count, poll: Poll, lost: dict[int, int]) -> Outcome:
    """The outcome if some votes (by idea) were not counted."""
    rows = [replace(row, votes=row.votes - lost.get(row.idea_id, 0)) for row in count.outcome.rows]
    return decide(
        {row.idea_id: row.votes for row in rows},
        {row.idea_id: row.barred for row in rows if row.barred},
        poll.winners,
    )


def count_votes(poll_id: int) -> dict[int, int]:
    """Votes that count, by the key of the entry."""
    query = (
        select(VoteChoice.entry_id, func.count())
        .join(Vote, Vote.id == VoteChoice.vote_id)
        .where(Vote.poll_id == poll_id, counts())
        .group_by(VoteChoice.entry_id)
    )
    return dict(db.session.execute(query).tuples().all())


def list_winners(poll_id: int) -> list[int]:
    """Ideas that were found to have won, in order."""
    query = select(PollWinner.idea_id).where(PollWinner.poll_id == poll_id).order_by(PollWinner.place)
    return list(db.session.scalars(query))


def digest_votes(poll_id: int) -> str:
    """One hash over every vote that counts and its choices, for the trail: what was counted can be proved later."""
    query = (
        select(Vote.public_id, PollEntry.public_id)
        .join(VoteChoice, VoteChoice.vote_id == Vote.id)
        .join(PollEntry, PollEntry.id == VoteChoice.entry_id)
        .where(Vote.poll_id == poll_id, counts())
    )
    lines = sorted(f"{vote} {entry}" for vote, entry in db.session.execute(query))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
