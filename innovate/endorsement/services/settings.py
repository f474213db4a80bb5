"""What an event asks of units: endorsement or not, and how many proposals each may send."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.endorsement import policy
from innovate.endorsement.domain.quota import MOST, Quotas
from innovate.endorsement.models import EndorsementRules
from innovate.endorsement.queries.places import read_quotas
from innovate.endorsement.services import template_part
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import load_definition
from innovate.events.services.creation import Creation


def bring_rules(creation: Creation) -> None:
    """A new event asks for endorsement as its template says; a copy asks as its source did."""
    event = creation.event
    if creation.source is None:
        asked = creation.template.parts.get(template_part.KEY) if creation.template else None
        groups = {group.code: group.id for group in load_definition(event.id).groups} if asked else {}
        event.asks_endorsement, quotas = template_part.read_rules(asked, groups)
    else:
        event.asks_endorsement = creation.source.asks_endorsement
        quotas = _translate(read_quotas(creation.source.id), creation.source, event)
    if event.asks_endorsement or quotas.limits:
        db.session.add(_rules(event, quotas))
    db.session.flush()


def _translate(quotas: Quotas, source: Event, event: Event) -> Quotas:
    """Groups of the copy have keys of their own and the same codes."""
    new = {group.code: group.id for group in load_definition(event.id).groups}
    codes = {group.id: group.code for group in source.groups}
    found = {new[codes[key]]: n for key, n in quotas.per_group.items() if codes.get(key) in new}
    return Quotas(quotas.per_unit, found)


def _rules(event: Event, quotas: Quotas) -> EndorsementRules:
    per_group = {str(key): value for key, value in quotas.per_group.items()}
    return EndorsementRules(event_id=event.id, per_unit=quotas.per_unit, per_group=per_group)


def save_rules(actor: Actor, *, asks: bool, quotas: Quotas, reason: str, at: datetime) -> bool:
    """Change what is asked; after the launch only with a reason. False when nothing changed.

    What was handed in stays handed in. What was endorsed beyond a new quota stays endorsed; no more is.
    """
    require(policy.can_set_rules(actor))
    event = actor.event
    groups = {group.id for group in event.groups}
    within = all(0 <= value <= MOST for value in [quotas.per_unit or 0, *quotas.per_group.values()])
    require(within and set(quotas.per_group) <= groups, Refused(_l("Isi kuota dengan angka 0 sampai 999.")))
    before = _values(event.asks_endorsement, _hold(event).quotas, event)
    after = _values(asks, quotas, event)
    if before == after:
        return False
    if event.state is not EventState.DRAFT:
        message = _l("Tuliskan alasannya: kompetisi sudah terbit dan tim sudah mengandalkan aturan ini.")
        require(bool(reason.strip()), Refused(message, field="reason"))
    event.asks_endorsement = asks
    rules = _hold(event)
    rules.per_unit = quotas.per_unit
    rules.per_group = {str(key): value for key, value in sorted(quotas.per_group.items())}
    record(
        "endorsement.rules",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=event.id,
        event_id=event.id,
        before=before,
        after={**after, "reason": reason.strip()} if reason.strip() else after,
    )
    return True


def _hold(event: Event) -> EndorsementRules:
    """The event's row of rules, held; a new one where there is none."""
    if db.session.get(EndorsementRules, event.id) is None:
        db.session.add(_rules(event, Quotas()))
        db.session.flush()
    return locked(EndorsementRules, event.id)


def _values(asks: bool, quotas: Quotas, event: Event) -> dict[str, object]:
    groups = {group.id: group.name for group in event.groups}
    named = {groups[key]: value for key, value in sorted(quotas.per_group.items()) if key in groups}
    return {"asks_endorsement": asks, "per_unit": quotas.per_unit, "per_group": named}
