"""The checklist of an event: a good one at first, and the organizer's from then on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.visits import policy
from innovate.visits.domain.states import DEFAULT_ITEMS
from innovate.visits.models import VisitItem
from innovate.visits.queries.items import get_item, list_items

_MOST = 30


def ensure_items(event_id: int) -> None:
    """The default list, for an event that never had one."""
    if db.session.scalar(select(VisitItem.id).where(VisitItem.event_id == event_id).limit(1)) is not None:
        return
    for position, (label, text) in enumerate(DEFAULT_ITEMS):
        db.session.add(VisitItem(event_id=event_id, label=label, help=text, position=position))
    db.session.flush()


def add_item(actor: Actor, *, label: str, text: str, at: datetime) -> VisitItem:
    """A further point, at the end."""
    require(policy.can_share(actor), NotFound())
    ensure_items(actor.event.id)
    items = list_items(actor.event.id)
    require(len(items) < _MOST, Refused(_l("Daftar periksa memuat paling banyak 30 butir.")))
    position = max((item.position for item in items), default=-1) + 1
    item = VisitItem(event_id=actor.event.id, label=label.strip(), help=text.strip(), position=position)
    db.session.add(item)
    db.session.flush()
    _record(actor, "visit_item.add", item, at, after={"label": item.label, "help": item.help})
    return item


def change_item(actor: Actor, public_id: str, *, label: str, text: str, at: datetime) -> VisitItem:
    """Other words; visits that were finished keep the words they answered."""
    require(policy.can_share(actor), NotFound())
    item = get_item(actor.event.id, public_id)
    before = {"label": item.label, "help": item.help}
    item.label, item.help = label.strip(), text.strip()
    _record(
        actor, "visit_item.change", item, at, before=before, after={"label": item.label, "help": item.help}
    )
    return item


def remove_item(actor: Actor, public_id: str, *, at: datetime) -> VisitItem:
    """Off the list; visits that answered it keep it. One point is left."""
    require(policy.can_share(actor), NotFound())
    item = get_item(actor.event.id, public_id)
    require(
        len(list_items(actor.event.id)) > 1, Refused(_l("Daftar periksa memuat paling sedikit satu butir."))
    )
    item.removed_at = at
    _record(actor, "visit_item.remove", item, at, before={"label": item.label})
    return item


def _record(
    actor: Actor,
    action: str,
    item: VisitItem,
    at: datetime,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="visit_item",
        object_id=item.id,
        event_id=actor.event.id,
        before=before,
        after=after,
    )
