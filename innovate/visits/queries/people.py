"""Who may go on a visit."""

from __future__ import annotations

from collections.abc import Sequence

from innovate.accounts.models import User
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.queries import list_people
from innovate.scoring.queries.conflicts import JURY, find_conflicts
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.queries.seal import find_board_state

_COMMITTEE = (Role.ORGANIZER, Role.SECRETARIAT)


def list_candidates(event: Event, idea_id: int) -> Sequence[User]:
    """The committee, and jurors without a conflict of interest with the entry; by name.

    While a jury judges without names no juror goes: whoever stands in the place knows whose entry it is.
    """
    barred = {user for _idea, user in find_conflicts(event.id, idea_ids=[idea_id])}
    blind = any(each.is_blind and not find_board_state(each).is_public for each in list_rounds(event.id))
    found: dict[int, User] = {}
    for row in list_people(event.id, *_COMMITTEE, *(() if blind else JURY)):
        if row.user_id not in barred:
            found[row.user_id] = row.user
    return sorted(found.values(), key=lambda user: user.name)
