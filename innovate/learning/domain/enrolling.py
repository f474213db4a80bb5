"""When somebody may enrol, and which sessions are held at the same time."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


class Obstacle(enum.StrEnum):
    """Why nobody, or not this person, can enrol now."""

    CANCELLED = "cancelled"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    UNVERIFIED = "unverified"
    NOT_FOR_YOU = "not_for_you"


@dataclass(frozen=True)
class Span:
    """From an instant to a later one that no longer counts."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Door:
    """When the way in is open. `opens_at` None: from the beginning; `closes_at` None: until the first session."""

    is_held: bool
    opens_at: datetime | None
    closes_at: datetime | None
    spans: Sequence[Span]

    @property
    def until(self) -> datetime | None:
        """The instant from which nobody enrols by themselves; None while there is no session."""
        first = min((span.starts_at for span in self.spans), default=None)
        if self.closes_at is None or first is None:
            return self.closes_at or first
        return self.closes_at


def find_obstacle(
    door: Door, at: datetime, *, verified: bool = True, fits: bool = True, in_room: bool = False
) -> Obstacle | None:
    """Why this person cannot enrol at this instant; None: they can (into the waiting list, if it is full).

    Who is `in_room` is there, whether the way in is open or not; everything else holds for them too.
    """
    if not door.is_held:
        return Obstacle.CANCELLED
    if not in_room and (closed := _find_closed(door, at)):
        return closed
    if not verified:
        return Obstacle.UNVERIFIED
    return None if fits else Obstacle.NOT_FOR_YOU


def _find_closed(door: Door, at: datetime) -> Obstacle | None:
    if door.opens_at is not None and at < door.opens_at:
        return Obstacle.NOT_YET
    if door.until is None or at >= door.until:
        return Obstacle.CLOSED
    return None


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share an instant; one that begins as the other ends does not."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def find_overlaps(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Those of `others` that are held at the same time as one of `spans`."""
    mine = list(spans)
    return [each for each in others if any(overlap(each, span) for span in mine)]


def places_left(capacity: int | None, placed: int) -> int | None:
    """Free places, never below 0; None: no limit."""
    return None if capacity is None else max(0, capacity - placed)
