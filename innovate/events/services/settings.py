"""The general facts, texts, labels and team rules of an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.events import queries
from innovate.events.domain.kinds import EventState
from innovate.events.domain.naming import is_slug
from innovate.events.policy import Actor
from innovate.events.services.changes import change, require_change

# What people rely on once the event is public: its address, its clock, and whether a person may join a second team.
FIXED_WHEN_PUBLIC = {
    "slug": _l("Alamat tidak dapat diubah setelah kompetisi terbit: tautannya sudah beredar."),
    "zone": _l("Zona waktu tidak dapat diubah setelah kompetisi terbit: batas waktunya sudah diumumkan."),
    "one_team_per_person": _l(
        "Aturan ini tidak dapat diubah setelah kompetisi terbit: tim mungkin sudah mendaftar."
    ),
}


def update_settings(actor: Actor, values: Mapping[str, Any], *, at: datetime) -> bool:
    """Set columns of the event; False when nothing changed."""
    require_change(actor)
    event = actor.event
    if event.state is not EventState.DRAFT:
        for key, message in FIXED_WHEN_PUBLIC.items():
            require(values.get(key, getattr(event, key)) == getattr(event, key), Refused(message, field=key))
    if (slug := values.get("slug", event.slug)) != event.slug:
        _check_slug(slug, event.id)
    smallest = values.get("team_min", event.team_min)
    largest = values.get("team_max", event.team_max)
    require(
        1 <= smallest <= largest,
        Refused(_l("Jumlah terbanyak tidak boleh kurang dari jumlah paling sedikit."), field="team_max"),
    )
    return change(actor, event, values, action="event.update", at=at)


def _check_slug(slug: str, event_id: int) -> None:
    require(is_slug(slug), Refused(_l("Gunakan huruf kecil, angka, dan tanda hubung saja."), field="slug"))
    require(
        not queries.is_slug_taken(slug, except_id=event_id),
        Refused(_l("Alamat ini sudah dipakai kompetisi lain."), field="slug"),
    )
