"""The guarded way to a slot and a booking: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from innovate.clinics import policy
from innovate.clinics.models import ClinicBooking, ClinicSlot
from innovate.clinics.queries.bookings import get_booking
from innovate.clinics.queries.slots import get_slot
from innovate.core.errors import NotFound, require
from innovate.events.guard import enter
from innovate.events.policy import Actor


def enter_slot(
    slug: str, public_id: str, can: Callable[[Actor, ClinicSlot], bool]
) -> tuple[Actor, ClinicSlot]:
    """The present person in the event and a slot, or NotFound unless `can` holds."""
    actor = enter(slug, policy.can_look)
    slot = get_slot(actor.event.id, public_id)
    require(can(actor, slot), NotFound())
    return actor, slot


def enter_booking(
    slug: str, public_id: str, can: Callable[[Actor, ClinicBooking], bool] = policy.can_read
) -> tuple[Actor, ClinicBooking]:
    """The present person in the event and a booking, or NotFound unless they may read it and `can` holds."""
    actor = enter(slug)
    booking = get_booking(actor.event.id, public_id)
    require(policy.can_read(actor, booking) and can(actor, booking), NotFound())
    return actor, booking
