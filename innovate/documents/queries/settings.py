"""Reading how an event writes its papers; what nobody has chosen has good defaults."""

from __future__ import annotations

from innovate.core.db import db
from innovate.documents.domain.numbering import PATTERN
from innovate.documents.models import PaperSettings
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.queries import list_people


def read_settings(event: Event) -> PaperSettings:
    """The event's settings; defaults (not in the session) until somebody has saved some."""
    kept = db.session.get(PaperSettings, event.id)
    if kept is not None:
        return kept
    organizers = list_people(event.id, Role.ORGANIZER)
    return PaperSettings(
        event_id=event.id,
        government="Pemerintah Kota Pontianak",
        institution=event.host or "Panitia " + event.name,
        address="",
        pattern=PATTERN,
        unit_code="ORG",
        place="Pontianak",
        signer_name=organizers[0].user.full_name if organizers else "",
        signer_position="Ketua Panitia",
        signer_nip="",
        copies="",
    )
