"""A mentor's offer as slots of time, and what they are bound by."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

PER_TEAM = 3  # slots a team may hold or have held, unless the organizer says otherwise
NOTICE_HOURS = 24  # until then before the slot a team gives it back by itself
MOST_SLOTS = 60  # in one offer
_DAY = timedelta(days=1)


class Outcome(enum.StrEnum):
    """What became of a booked slot."""

    HELD = "held"
    MISSED = "missed"


class SlotState(enum.StrEnum):
    """What a slot is now. `OVER`: nobody booked it."""

    FREE = "free"
    BOOKED = "booked"
    WAITING = "waiting"  # over, and the mentor has not said yet whether it was held
    HELD = "held"
    MISSED = "missed"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Span:
    """From `starts_at` to before `ends_at`."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: Span) -> bool:
        """Whether the two share an instant; touching ends do not meet."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Offer:
    """`count` slots of `minutes` one after the other with `pause` minutes between, on the same day of `weeks` weeks."""

    starts_at: datetime
    minutes: int = 30
    count: int = 1
    pause: int = 0
    weeks: int = 1


@dataclass(frozen=True)
class Terms:
    """What a slot is about and where: a place, a link, or both. `skills` by public id."""

    topic: str = ""
    place: str = ""
    link: str = ""
    skills: Sequence[str] = ()


def lay_out(offer: Offer, zone: str) -> list[Span]:
    """Every slot of an offer in order of time; each week at the same time of the clock in the event's zone."""
    local = offer.starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    length, step = timedelta(minutes=offer.minutes), timedelta(minutes=offer.minutes + offer.pause)
    spans = []
    for week in range(offer.weeks):
        first = (local + 7 * week * _DAY).replace(tzinfo=ZoneInfo(zone)).astimezone(offer.starts_at.tzinfo)
        spans += [Span(first + step * nth, first + step * nth + length) for nth in range(offer.count)]
    return sorted(spans, key=lambda span: span.starts_at)


def find_clash(wanted: Sequence[Span], taken: Iterable[Span]) -> Span | None:
    """The first of the wanted spans that meets another of them or one that is taken."""
    known = list(taken)
    for span in wanted:
        if any(span.meets(other) for other in known):
            return span
        known.append(span)
    return None


def may_give_back(starts_at: datetime, notice_hours: int, at: datetime) -> bool:
    """Whether a team still gives its slot back by itself."""
    return at <= starts_at - timedelta(hours=notice_hours)


def state_of(
    span: Span, at: datetime, *, is_cancelled: bool, is_booked: bool, outcome: Outcome | None
) -> SlotState:
    """What a slot is at an instant."""
    if is_cancelled:
        return SlotState.CANCELLED
    if outcome is not None and is_booked:
        return SlotState.HELD if outcome is Outcome.HELD else SlotState.MISSED
    if is_booked:
        return SlotState.BOOKED if at < span.ends_at else SlotState.WAITING
    return SlotState.FREE if at < span.starts_at else SlotState.OVER
