"""Marking pages that show or hand out other people's data: who read what is kept for those people."""

from __future__ import annotations

from flask_login import current_user

from innovate.accounts.services.accesses import note_access
from innovate.core import clock
from innovate.core.web.unit_of_work import afterwards


def witness(what: str, *, subject_id: int | None = None, event_id: int | None = None) -> None:
    """Note, once this page was answered, that the present person saw personal data; never that they saw their own.

    `what` is a code of `accounts/words.SEEN`. Without a subject it is a list of people of the event or of the site.
    """
    viewer_id = current_user.id if current_user.is_authenticated else None
    if viewer_id is None or viewer_id == subject_id:
        return
    at = clock.now()
    afterwards(lambda: note_access(viewer_id, what, subject_id=subject_id, event_id=event_id, at=at))
