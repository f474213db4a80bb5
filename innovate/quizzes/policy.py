"""Who may make, take and read tests."""

from __future__ import annotations

from innovate.accounts.models import User
from innovate.learning import policy as learning
from innovate.learning.policy import Guest


def can_make(guest: Guest) -> bool:
    """Those who run the activity make its tests and read what each person answered."""
    return learning.can_run(guest)


def can_read(guest: Guest) -> bool:
    """Who reads the people of an activity reads the results of groups."""
    return learning.can_read_people(guest)


def can_keep_site_bank(user: User | None) -> bool:
    """The site's own bank is kept by those who put up what belongs to no event."""
    return learning.can_make_free(user)


def is_held(guest: Guest) -> bool:
    """Whether it takes place in an event that is not archived, so that its tests may be taken."""
    return learning.takes_people(guest)
