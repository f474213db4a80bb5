"""Marking pages that show or hand out other people's data: who read what is kept for those people."""

from __future__ import annotations

from collections.abc import Sequence

from flask_login import current_user

from innovate.accounts.services.accesses import note_accesses
from innovate.core import clock
from innovate.core.web.unit_of_work import afterwards


def witness(what: str, *, subject_id: int | None = None, event_id: int | None = None) -> None:
    """Note, once this page was answered, that the present person saw personal data; never that they saw their own.

    `what` is a code of `accounts/words.SEEN`. Without a subject it is a list of people of the event or of the site.
    """
    witness_each(what, [subject_id], event_id=event_id)


def witness_each(what: str, subject_ids: Sequence[int | None], *, event_id: int | None = None) -> None:
    """The same for a few persons by name."""
    viewer_id = current_user.id if current_user.is_authenticated else None
    others = [subject_id for subject_id in subject_ids if subject_id != viewer_id]
    if viewer_id is None or not others:
        return
    at = clock.now()
    afterwards(lambda: note_accesses(viewer_id, what, others, event_id=event_id, at=at))
