"""What the rules look at: the entry, its form, its people, and what is known of earlier editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.meanings import Meaning
from innovate.ideas.domain.answers import Field


class ProfileField(Field, Protocol):
    """A field that may be part of the profile."""

    meaning: Meaning | None


@dataclass(frozen=True)
class FormerWin:
    """An innovation that won in an earlier edition. `rank` 0: an award without a rank; `unit_id` None: not known."""

    event_name: str
    year: int
    title: str
    unit_id: int | None
    rank: int
    award: str


@dataclass(frozen=True)
class Facts:
    """Everything the rules may ask. `closing` is the last day of the submission, None while there is none."""

    title: str
    fields: Sequence[ProfileField]
    answers: Mapping[str, Any]
    files: Mapping[str, int] = field(default_factory=dict)  # attachments by field key
    closing: date | None = None
    unit_id: int | None = None
    family: frozenset[int] = frozenset()  # the unit with the one above it and those below it
    wins: Sequence[FormerWin] = ()
    other_titles: Sequence[str] = ()  # of entries handed in to the same event
    members: int = 0
    non_asn: int = 0

    def find_field(self, meaning: Meaning) -> ProfileField | None:
        """The field of the form that holds this part of the profile."""
        return next((each for each in self.fields if each.meaning is meaning), None)

    def texts(self) -> list[tuple[ProfileField, str]]:
        """The long texts of the form with what was written."""
        long = [each for each in self.fields if each.kind is FieldKind.LONG]
        return [(each, str(self.answers.get(each.key) or "")) for each in long]
