"""Places of a unit. The event's rules are held while places are counted, so that the last one is given once."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.endorsement.domain.quota import Full, Place, find_full
from innovate.endorsement.models import EndorsementRules
from innovate.endorsement.queries.places import list_places
from innovate.events.models import Event


def require_room(event: Event, *, unit_id: int | None, group_id: int | None, idea_id: int) -> None:
    """Refuse one more proposal of a unit whose quota is used up. Nobody else counts until the commit."""
    if db.session.get(EndorsementRules, event.id) is None:
        return
    quotas = locked(EndorsementRules, event.id).quotas
    if not quotas.limits:
        return
    db.session.flush()
    full = find_full(quotas, list_places(event.id, except_idea=idea_id), Place(unit_id, group_id))
    require(full is None, Refused(_say(full, event)))


def _say(full: Full | None, event: Event) -> object:
    if full is None:
        return ""
    group = next((group.name for group in event.groups if group.id == full.group_id), "")
    if group:
        return _l(
            "Kuota unit ini untuk %(group)s sudah terpakai: paling banyak %(limit)s usulan. Batalkan pengesahan usulan "
            "lain dulu.",
            group=group,
            limit=full.limit,
        )
    return _l(
        "Kuota unit ini sudah terpakai: paling banyak %(limit)s usulan. Batalkan pengesahan usulan lain dulu.",
        limit=full.limit,
    )
