"""The words of learning that are stored."""

from __future__ import annotations

import enum


class ActivityKind(enum.StrEnum):
    """What is held."""

    OUTREACH = "outreach"  # sosialisasi
    TRAINING = "training"  # bimtek
    WORKSHOP = "workshop"  # lokakarya
    WEBINAR = "webinar"
    TALK = "talk"


class ActivityState(enum.StrEnum):
    """draft: its makers see it; published: on the agenda; cancelled: told to all who enrolled, kept."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Audience(enum.StrEnum):
    """Who may enrol: everybody with an account, ASN only, people of named units (and below), teams of its event."""

    ALL = "all"
    ASN = "asn"
    UNITS = "units"
    EVENT = "event"


class EnrolmentState(enum.StrEnum):
    """A place, the waiting list, or given up (by the person or the makers)."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Method(enum.StrEnum):
    """How somebody's attendance was recorded."""

    QR = "qr"
    LIST = "list"
    SPEAKER = "speaker"
