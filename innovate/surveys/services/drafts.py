"""What somebody has filled in of a named survey so far, kept among their unsent texts until it is sent.

An anonymous survey keeps nothing of the kind: the text would lie beside the name.
"""

from __future__ import annotations

from datetime import datetime

from innovate.accounts.models import User
from innovate.accounts.queries import find_kept_form
from innovate.accounts.services.kept_forms import drop_form, keep_form
from innovate.surveys.domain.answers import PREFIX, Raw


def keep_draft(user: User, form: str, path: str, raw: Raw, *, at: datetime) -> None:
    """Put it down in place of what was kept of this page before."""
    fields = [[PREFIX + key, value] for key, values in raw.items() for value in values]
    keep_form(user.public_id, form, path, fields, had_files=False, at=at)


def drop_draft(user: User, path: str) -> int | None:
    """It was sent: forget the copy. How many texts the person still has; None if there was no copy."""
    kept = find_kept_form(user.public_id, path)
    return drop_form(user.public_id, kept.public_id) if kept else None
