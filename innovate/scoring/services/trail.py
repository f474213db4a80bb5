"""What every write of the jury's rooms leaves behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from innovate.audit.services import Record, record_all
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.scoring.models.ballots import BallotChange
from innovate.scoring.queries.ballots import Sheet

_KEEP = insert(BallotChange.__table__)  # type: ignore[arg-type]


def keep_history(actor_id: int, sheet: Sheet, action: str, at: datetime, reason: str = "") -> None:
    """Keep the whole ballot as it was before this change."""
    keep_histories(actor_id, [(sheet, reason)], action, at)


def keep_histories(actor_id: int, changed: Sequence[tuple[Sheet, str]], action: str, at: datetime) -> None:
    """The same for many: each ballot with its reason."""
    changes = [
        {
            "ballot_id": sheet.ballot_id,
            "version": sheet.version,
            "actor_id": actor_id,
            "action": action,
            "reason": reason,
            "before": sheet.as_json(),
            "at": at,
        }
        for sheet, reason in changed
    ]
    db.session.connection().execute(_KEEP, changes)


def keep_other_version(actor_id: int, sheet: Sheet, content: Mapping[str, Any], at: datetime) -> None:
    """Keep a version that nobody chose beside the one that stands; the same one only once."""
    known = select(BallotChange.before).where(
        BallotChange.ballot_id == sheet.ballot_id, BallotChange.action == "unchosen"
    )
    before = {**sheet.as_json(), "total": None, **content}
    if any({**kept, "state": before["state"]} == before for kept in db.session.scalars(known)):
        return
    change = BallotChange(ballot_id=sheet.ballot_id, version=sheet.version, actor_id=actor_id)
    change.action, change.before, change.at = "unchosen", before, at
    db.session.add(change)
    db.session.flush()


def record_ballot(
    action: str, actor_id: int, sheet: Sheet, at: datetime, *, before: Mapping[str, Any], **after: Any
) -> None:
    """One entry of the audit chain about a ballot; its values may be personal to the juror."""
    record_all([ballot_record(action, sheet, before, after)], actor_id=actor_id, at=at)


def ballot_record(action: str, sheet: Sheet, before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
    """The same, to be appended with others."""
    return Record(action, "ballot", sheet.ballot_id or 0, sheet.event_id, before, after, sheet.user_id)


def require_reason(reason: str) -> str:
    """A reason that says something; refused otherwise."""
    reason = reason.strip()
    require(len(reason) >= 5, Refused(_l("Tulis alasannya, paling sedikit lima huruf."), field="reason"))
    return reason
