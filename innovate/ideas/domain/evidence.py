"""Evidence stands where its claim stands: file fields beside the question they prove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Slot(Protocol):
    """What a field of the form says of its place."""

    key: str
    section: str
    proves: str


F = TypeVar("F", bound=Slot)


def place_beside(fields: Sequence[F]) -> list[tuple[str, F]]:
    """The fields in order with the section each stands in; what proves another follows it, in the section of that one.

    A field that proves none of these, or one that itself proves something, stays where it is.
    """
    keys = {field.key for field in fields if not field.proves}
    beside: dict[str, list[F]] = {}
    for field in fields:
        if field.proves in keys:
            beside.setdefault(field.proves, []).append(field)
    placed: list[tuple[str, F]] = []
    for field in fields:
        if field.proves not in keys:
            placed += [(field.section, each) for each in (field, *beside.get(field.key, ()))]
    return placed
