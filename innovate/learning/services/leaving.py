"""A person who leaves the site gives up what they had a place in and is still to come."""

from __future__ import annotations

from datetime import datetime

from innovate.accounts.models import User
from innovate.core.errors import NotFound
from innovate.learning.queries.activities import get_guest
from innovate.learning.queries.schedule import list_coming
from innovate.learning.services.enrolling import give_up


def leave_all(person: User, at: datetime) -> None:
    """Their places go to the waiting lists, as when they give each up by themselves."""
    for enrolment in list_coming(person.id, at):
        guest = get_guest(enrolment.activity.public_id, person)
        try:
            give_up(guest, at=at)
        except NotFound:  # of an event that is not public any more: nobody waits for it
            continue
