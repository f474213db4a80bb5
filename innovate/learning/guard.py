"""The guarded way to an activity: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from innovate.core.errors import NotFound, require
from innovate.events.guard import signed_in_user
from innovate.learning import policy
from innovate.learning.models import LearningSession
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_guest, get_session


def enter_activity(public_id: str, can: Callable[[Guest], bool] = policy.can_see) -> Guest:
    """The present person before the activity, or NotFound unless `can` holds."""
    guest = get_guest(public_id, signed_in_user())
    require(policy.can_see(guest) and can(guest), NotFound())
    return guest


def enter_session(
    public_id: str, session_id: str, can: Callable[[Guest, LearningSession], bool]
) -> tuple[Guest, LearningSession]:
    """The present person before one of its sessions, or NotFound unless `can` holds."""
    guest = enter_activity(public_id)
    session = get_session(guest.activity, session_id)
    require(can(guest, session), NotFound())
    return guest, session
