"""What a person may agree to beyond what the task of the competition needs."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Purpose(enum.StrEnum):
    """One purpose, asked for by itself."""

    PHOTOS = "photos"
    MAILINGS = "mailings"
    PARTNERS = "partners"
    SHOWCASE = "showcase"

    @property
    def shares_contact(self) -> bool:
        """Whether the address is given along with the name."""
        return self in {Purpose.MAILINGS, Purpose.PARTNERS}


class Answer(Protocol):
    """One answer in the history of a person."""

    purpose: Purpose
    given: bool


T = TypeVar("T", bound=Answer)


def in_force(history: Iterable[T]) -> dict[Purpose, T]:
    """The last answer to each purpose that was ever asked; `history` has the oldest first."""
    return {answer.purpose: answer for answer in history}


def is_given(history: Iterable[Answer], purpose: Purpose) -> bool:
    """Whether a person agrees now; who never answered does not."""
    last = in_force(history).get(purpose)
    return last is not None and last.given
