"""Who may be in a team: size, kind of person, one team per person, and when members are fixed."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Obstacle(enum.StrEnum):
    """Why a person cannot join."""

    CLOSED = "closed"
    LOCKED = "locked"
    UNVERIFIED = "unverified"
    COMMITTEE = "committee"
    NOT_ASN = "not_asn"
    ALREADY_HERE = "already_here"
    IN_OTHER_TEAM = "in_other_team"
    FULL = "full"


@dataclass(frozen=True)
class Rules:
    """An event's team rules; sizes count the captain."""

    minimum: int
    maximum: int
    allow_non_asn: bool
    one_team_per_person: bool


@dataclass(frozen=True)
class Candidate:
    """What matters of a person who wants in."""

    is_verified: bool
    is_asn: bool
    is_committee: bool
    is_here: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True)
class Roster:
    """What matters of a team: its size now, whether the calendar lets members change, whether they are fixed."""

    size: int
    is_open: bool
    is_locked: bool


def find_obstacle(rules: Rules, roster: Roster, person: Candidate) -> Obstacle | None:
    """The first reason why the person cannot join the team now; None when nothing stands in the way."""
    reasons = (
        (person.is_here, Obstacle.ALREADY_HERE),
        (not roster.is_open, Obstacle.CLOSED),
        (roster.is_locked, Obstacle.LOCKED),
        (not person.is_verified, Obstacle.UNVERIFIED),
        (person.is_committee, Obstacle.COMMITTEE),
        (not rules.allow_non_asn and not person.is_asn, Obstacle.NOT_ASN),
        (rules.one_team_per_person and person.is_elsewhere, Obstacle.IN_OTHER_TEAM),
        (roster.size >= rules.maximum, Obstacle.FULL),
    )
    return next((obstacle for holds, obstacle in reasons if holds), None)


def is_locked(*, submitted: bool, event_open: bool, team_unlocked: bool) -> bool:
    """Members are fixed once an idea was submitted, unless the organizer opened the event or this team."""
    return submitted and not event_open and not team_unlocked


def is_complete(rules: Rules, size: int) -> bool:
    """Whether a team may submit."""
    return rules.minimum <= size <= rules.maximum
