"""What those who lead see of a contest's entries: a chair with a conflict, or beside a blind round, sees less."""

from __future__ import annotations

from dataclasses import dataclass

from innovate.events.policy import Actor
from innovate.pairwise.models import Contest
from innovate.pairwise.queries.contests import find_seal
from innovate.pairwise.queries.field import Stall
from innovate.scoring.policy import sees_identity
from innovate.scoring.queries.conflicts import list_hidden


@dataclass(frozen=True)
class Eyes:
    """`hidden`: ideas that do not exist for the person; `named`: whether they learn whose the entries are."""

    hidden: frozenset[int] = frozenset()
    named: bool = True

    def see(self, stall: Stall | None) -> Stall | None:
        """The entry as the person may see it."""
        if stall is None or stall.idea_id in self.hidden:
            return None
        return stall if self.named else stall.without_identity()


EVERYTHING = Eyes()


def eyes_of(actor: Actor, contest: Contest) -> Eyes:
    """What the person may see; names are public once the round's board is. Needs the contest's round."""
    named = find_seal(contest).is_public or sees_identity(actor, [contest.round])
    return Eyes(list_hidden(actor), named)
