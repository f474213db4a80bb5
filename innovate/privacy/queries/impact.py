"""Impact records of events, and whether judging may open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.accounts.models import Employment, User
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.models import Event, EventRole, FormField, Phase
from innovate.privacy.models import Breach, EventPrivacy, ImpactRecord, PrivacyCase
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.rounds import Round
from innovate.teams.models import Membership

TRAIL_NAMES = {
    "breach": names_by(Breach.id, Breach.public_id),
    "impact_record": names_by(ImpactRecord.id, ImpactRecord.version),
    "privacy_case": names_by(PrivacyCase.id, PrivacyCase.public_id),
}
JUDGING = (PhaseKind.JUDGING, PhaseKind.FINAL)


def list_records(event_id: int) -> list[ImpactRecord]:
    """Every version, the newest first."""
    query = select(ImpactRecord).where(ImpactRecord.event_id == event_id)
    return list(db.session.scalars(query.order_by(ImpactRecord.version.desc())))


def get_record(event_id: int, version: int) -> ImpactRecord:
    """One version, or NotFound."""
    query = select(ImpactRecord).where(ImpactRecord.event_id == event_id, ImpactRecord.version == version)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def find_settings(event_id: int) -> EventPrivacy | None:
    """What the event owes; None for events older than the duty."""
    return db.session.get(EventPrivacy, event_id)


def has_signed(event_id: int) -> bool:
    """Whether a version was signed."""
    query = select(ImpactRecord.id).where(
        ImpactRecord.event_id == event_id, ImpactRecord.signed_at.is_not(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def waits_for_signature(event_id: int) -> bool:
    """Whether judging must not open yet: the duty holds, nothing was signed, and no ballot was given. One query."""
    signed = select(ImpactRecord.id).where(
        ImpactRecord.event_id == EventPrivacy.event_id, ImpactRecord.signed_at.is_not(None)
    )
    begun = select(Ballot.id).join(Round, Round.id == Ballot.round_id)
    begun = begun.where(Round.event_id == EventPrivacy.event_id)
    query = select(EventPrivacy.event_id).where(
        EventPrivacy.event_id == event_id, EventPrivacy.impact_required, ~signed.exists(), ~begun.exists()
    )
    return db.session.scalar(query) is not None


def is_required(event_id: int) -> bool:
    """Whether the event must have a signed record."""
    settings = find_settings(event_id)
    return settings is not None and settings.impact_required


def list_waiting(before: datetime) -> list[Event]:
    """Published competitions whose judging begins before an instant and is not over, without a signed record."""
    signed = select(ImpactRecord.id).where(
        ImpactRecord.event_id == Event.id, ImpactRecord.signed_at.is_not(None)
    )
    judging = select(Phase.id).where(
        Phase.event_id == Event.id, Phase.kind.in_(JUDGING), Phase.starts_at <= before
    )
    query = (
        select(Event)
        .join(EventPrivacy, EventPrivacy.event_id == Event.id)
        .where(EventPrivacy.impact_required, Event.state == EventState.PUBLISHED)
        .where(~signed.exists(), judging.exists())
        .options(selectinload(Event.phases))
    )
    return list(db.session.scalars(query.order_by(Event.id)))


def list_fields(event_id: int) -> list[FormField]:
    """What the entry form asks."""
    query = select(FormField).where(FormField.event_id == event_id, FormField.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(FormField.position)))


def count_people(event_id: int) -> tuple[int, int]:
    """(participants, of them not civil servants) of an event."""
    asn = [each for each in Employment if each.is_asn]
    query = (
        select(func.count(func.distinct(User.id)))
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.event_id == event_id, Membership.left_at.is_(None))
    )
    others = or_(User.employment.not_in(asn), User.employment.is_(None))
    return db.session.scalar(query) or 0, db.session.scalar(query.where(others)) or 0


def list_participants(event_id: int) -> list[User]:
    """Who is in a team of the event, by name, with units."""
    members = select(Membership.user_id).where(Membership.event_id == event_id, Membership.left_at.is_(None))
    query = select(User).where(User.id.in_(members)).options(joinedload(User.unit))
    return list(db.session.scalars(query.order_by(func.lower(User.name), User.id)))


def list_organizers(event_id: int) -> list[User]:
    """Who organizes the event."""
    held = select(EventRole.user_id).where(
        EventRole.event_id == event_id, EventRole.role == Role.ORGANIZER, EventRole.revoked_at.is_(None)
    )
    query = select(User).where(User.id.in_(held), User.disabled_at.is_(None))
    return list(db.session.scalars(query.order_by(User.id)))
