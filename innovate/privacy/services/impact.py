"""Writing and signing the impact record of an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, Stale, require
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail_once
from innovate.privacy import policy
from innovate.privacy.domain.impact import Impact, digest, find_gap, read_impact
from innovate.privacy.models import ImpactRecord
from innovate.privacy.queries import impact as queries
from innovate.privacy.words import GAPS

AHEAD = timedelta(days=3)


def save_impact(actor: Actor, impact: Impact, *, version: int, at: datetime) -> ImpactRecord:
    """Keep the draft, or begin the next version after a signed one. `version` is the one that was being edited.

    Stale if somebody began or signed another meanwhile.
    """
    require(policy.can_write_impact(actor))
    locked(Event, actor.event.id)
    last = next(iter(queries.list_records(actor.event.id)), None)
    expected = 1 if last is None else last.version + (1 if last.signed_at else 0)
    moved = _l(
        "Catatan ini baru saja diubah atau ditandatangani orang lain. Baca versi sekarang, lalu ulangi."
    )
    require(version == expected, Stale(moved))
    content = impact.as_json()
    if last is not None and last.content == content:
        return last
    if last is None or last.signed_at:
        last = ImpactRecord(event_id=actor.event.id, version=expected)
        db.session.add(last)
    last.content, last.updated_at, last.updated_by_id = content, at, actor.user_id
    db.session.flush()
    _record(actor, "impact_record.save", last, at)
    return last


def sign_impact(actor: Actor, *, version: int, sha256: str, at: datetime) -> ImpactRecord:
    """Sign exactly what was read (`sha256` of it). Refused while something is missing."""
    require(policy.can_write_impact(actor))
    locked(Event, actor.event.id)
    row = queries.get_record(actor.event.id, version)
    locked(ImpactRecord, row.id)
    require(row.signed_at is None, Refused(_l("Versi ini sudah ditandatangani.")))
    changed = _l("Isinya berubah sejak halaman ini dibuka. Baca lagi, lalu tanda tangani.")
    require(digest(row.content) == sha256, Stale(changed))
    gap = find_gap(read_impact(row.content))
    require(gap is None, Refused(GAPS[gap] if gap else ""))
    user = actor.user
    row.signed_at, row.signed_by_id, row.sha256 = at, actor.user_id, sha256
    row.signed_name = user.full_name if user else ""
    row.signed_position = (
        ", ".join(part for part in (user.position, user.organization) if part) if user else ""
    )
    _record(actor, "impact_record.sign", row, at, {"sha256": sha256})
    return row


def warn_of_unsigned(*, at: datetime) -> int:
    """Tell organizers, once when judging comes near and once when it has begun; how many mails."""
    sent = 0
    for event in queries.list_waiting(at + AHEAD):
        first = min(phase.starts_at for phase in event.phases if phase.kind in queries.JUDGING)
        step = "begun" if first <= at else "ahead"
        for organizer in queries.list_organizers(event.id):
            context = {
                "name": organizer.full_name,
                "event": event.name,
                "at": first.isoformat(),
                "zone": event.zone,
                "path": f"/k/{event.slug}/kelola/pelindungan-data",
            }
            mail = enqueue_mail_once(
                "privacy_impact_due",
                cause=f"impact:{event.id}:{step}",
                address=organizer.email,
                user_id=organizer.id,
                locale=organizer.locale or "id",
                event_id=event.id,
                at=at,
                context=context,
            )
            sent += mail is not None
    return sent


def _record(
    actor: Actor, action: str, row: ImpactRecord, at: datetime, after: Mapping[str, Any] | None = None
) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="impact_record",
        object_id=row.id,
        event_id=actor.event.id,
        after={"version": row.version, **(after or {})},
    )
