"""Recording incidents with personal data, and the term in which authority and people are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotAllowed, Refused, require
from innovate.notifications.services import enqueue_mail_once
from innovate.privacy import policy
from innovate.privacy.domain.cases import due_at
from innovate.privacy.models import Breach
from innovate.privacy.queries.breaches import get_breach, list_untold
from innovate.privacy.queries.cases import list_officers
from innovate.privacy.services.cases import SOON

FIELDS = (
    "title",
    "noticed_at",
    "what",
    "data",
    "people",
    "cause",
    "measures",
    "authority_told_at",
    "people_told_at",
)


def save_breach(officer: User, public_id: str | None, values: Mapping[str, Any], *, at: datetime) -> Breach:
    """Record an incident, or what is known of it now. The term runs from when it was noticed."""
    require(policy.keeps_privacy(officer), NotAllowed())
    noticed = values["noticed_at"]
    ahead = _l("Waktu ini belum tiba.")
    for field in ("noticed_at", "authority_told_at", "people_told_at"):
        require(values[field] is None or values[field] <= at, Refused(ahead, field=field))
    for field in ("authority_told_at", "people_told_at"):
        early = _l("Mendahului saat insiden diketahui.")
        require(values[field] is None or values[field] >= noticed, Refused(early, field=field))
    if public_id is None:
        row = Breach(recorded_at=at, recorded_by_id=officer.id)
        db.session.add(row)
    else:
        row = _hold_open(public_id)
    for name in FIELDS:
        setattr(row, name, values[name])
    row.due_at = due_at(noticed)
    db.session.flush()
    _record("breach.record" if public_id is None else "breach.update", row, officer, at)
    return row


def close_breach(officer: User, public_id: str, *, at: datetime) -> None:
    """Everybody concerned was told and it is dealt with."""
    require(policy.keeps_privacy(officer), NotAllowed())
    row = _hold_open(public_id)
    untold = _l("Isi dahulu kapan lembaga dan pemilik data diberi tahu.")
    require(bool(row.authority_told_at and (row.people_told_at or not row.people)), Refused(untold))
    require(bool(row.measures.strip()), Refused(_l("Isi dahulu penanganan dan pemulihannya.")))
    row.closed_at = at
    _record("breach.close", row, officer, at)


def warn_of_breaches(*, at: datetime) -> int:
    """Tell the officers once when the term of an incident ends within a day, and once when it has passed."""
    sent = 0
    for row in list_untold(at + SOON):
        late = row.due_at < at
        for officer in list_officers():
            mail = enqueue_mail_once(
                "privacy_breach_due",
                cause=f"breach:{row.public_id}:{'late' if late else 'soon'}",
                address=officer.email,
                user_id=officer.id,
                locale=officer.locale or "id",
                at=at,
                context={
                    "name": officer.full_name,
                    "deadline": row.due_at.isoformat(),
                    "is_late": late,
                    "path": f"/pelindungan-data/insiden/{row.public_id}",
                },
            )
            sent += mail is not None
    return sent


def _hold_open(public_id: str) -> Breach:
    row = locked(Breach, get_breach(public_id).id)
    require(row.closed_at is None, Refused(_l("Insiden ini sudah ditutup.")))
    return row


def _record(action: str, row: Breach, officer: User, at: datetime) -> None:
    """The trail is read by more people than the register: it says that, and not what."""
    record(action, actor_id=officer.id, at=at, object_type="breach", object_id=row.id)
