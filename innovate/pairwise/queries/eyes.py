"""What those who lead see of a contest's entries: a chair with a conflict, or beside a blind round, sees less."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from innovate.core.db import db
from innovate.events.policy import Actor
from innovate.pairwise import policy
from innovate.pairwise.models import Contest, ContestEntry
from innovate.pairwise.queries.contests import find_seal
from innovate.pairwise.queries.field import Stall
from innovate.scoring.policy import sees_identity
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.seal import find_board_state


@dataclass(frozen=True)
class Eyes:
    """`hidden`: ideas that do not exist for the person; `named`: whether they learn whose the entries are; `scored`:
    whether they see what the rubric's round says of them.
    """

    hidden: frozenset[int] = frozenset()
    named: bool = True
    scored: bool = True

    def see(self, stall: Stall | None) -> Stall | None:
        """The entry as the person may see it."""
        if stall is None or stall.idea_id in self.hidden:
            return None
        return stall if self.named else stall.without_identity()


EVERYTHING = Eyes()


def eyes_of(actor: Actor, contest: Contest) -> Eyes:
    """What the person may see; names are public once the round's board is. Needs the contest's round."""
    is_public = find_seal(contest).is_public
    named = is_public or sees_identity(actor, [contest.round])
    hidden = frozenset() if is_public else list_hidden(actor)
    return Eyes(hidden, named, policy.can_see_outcome(actor, find_board_state(contest.round)))


def sees_outcome(actor: Actor, contest: Contest) -> bool:
    """Whether the person reads the ranking now. Needs the contest's round.

    Not while an entry of it is kept from them: abilities sum to nought and ranks have no gaps: the others would tell.
    """
    state = find_seal(contest)
    if not policy.can_see_outcome(actor, state):
        return False
    hidden = frozenset() if state.is_public else list_hidden(actor)
    kept = select(ContestEntry.id).where(
        ContestEntry.contest_id == contest.id, ContestEntry.idea_id.in_(hidden)
    )
    return not hidden or db.session.scalar(kept.limit(1)) is None
