"""The closed lists of an event."""

from __future__ import annotations

import enum


class EventState(enum.StrEnum):
    """draft: only its team sees it; published: public; archived: public, nothing can change."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class PhaseKind(enum.StrEnum):
    """What a phase is for."""

    REGISTRATION = "registration"
    SUBMISSION = "submission"
    SCREENING = "screening"
    JUDGING = "judging"
    FINAL = "final"
    ANNOUNCEMENT = "announcement"

    @property
    def is_round(self) -> bool:
        """Whether jurors score in it."""
        return self in {PhaseKind.JUDGING, PhaseKind.FINAL}


class FieldKind(enum.StrEnum):
    """Types of fields of an entry form."""

    SHORT = "short"
    LONG = "long"
    CHOICE = "choice"
    SEVERAL = "multi"
    NUMBER = "number"
    DATE = "date"
    LINK = "link"
    VIDEO = "video"
    FILE = "file"


class Role(enum.StrEnum):
    """What a person is in one event. Members of teams have no role here."""

    ORGANIZER = "organizer"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    JUROR = "juror"
    MENTOR = "mentor"
    AUDITOR = "auditor"
