"""What data protection does when an event begins, when it is launched, and when its judging opens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.domain.readiness import Check
from innovate.events.policy import Actor
from innovate.events.services import creation, launch
from innovate.events.services.creation import Creation
from innovate.privacy.domain.retention import DEFAULT_YEARS
from innovate.privacy.models import EventPrivacy
from innovate.privacy.queries import impact
from innovate.scoring.services import opening

WAITS = _l(
    "Penilaian belum dapat dibuka: penilaian dampak pelindungan data kompetisi ini belum ditandatangani. "
    "Panitia sudah diberi tahu; silakan coba lagi sesudah ditandatangani."
)


def connect() -> None:
    """Ask to be called; asking twice changes nothing."""
    wishes: tuple[tuple[list[Any], Any], ...] = (
        (creation.after_creation, begin),
        (launch.more_checks, check_impact),
        (opening.gates, refuse_unsigned),
    )
    for listeners, function in wishes:
        if function not in listeners:
            listeners.append(function)


def begin(new: Creation) -> None:
    """People will be scored: a new event owes a signed record; a copy keeps people as long as its source."""
    settings = impact.find_settings(new.source.id) if new.source else None
    years = settings.retention_years if settings else DEFAULT_YEARS
    db.session.add(EventPrivacy(event_id=new.event.id, impact_required=True, retention_years=years))
    db.session.flush()


def check_impact(actor: Actor) -> Iterable[Check]:
    """Advice before launch; judging itself waits for it. Events older than the duty are not asked."""
    if not impact.is_required(actor.event.id):
        return []
    return [Check("impact", impact.has_signed(actor.event.id))]


def refuse_unsigned(event_id: int) -> None:
    """The first juror's first step waits; a competition in which ballots were given is never stopped."""
    require(not impact.waits_for_signature(event_id), Refused(WAITS))
