"""Errors that services raise and the web layer knows how to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A refusal with a reason for the user.

    `message` is a lazy or plain string in the user's language. `field` names the form field at fault, if one is.
    """

    status = 422

    def __init__(
        self, message: Any, *, field: str | None = None, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field
        self.details = dict(details or {})


class Refused(DomainError):
    """The rules do not allow this now (closed phase, full team, wrong state)."""


class NotFound(DomainError):
    """Absent, or not for these eyes: both look the same."""

    status = 404

    def __init__(self, message: Any = "not found") -> None:
        super().__init__(message)


class NotAllowed(DomainError):
    """The actor may see the object but not do this to it."""

    status = 403

    def __init__(self, message: Any = "not allowed") -> None:
        super().__init__(message)


class Stale(DomainError):
    """Somebody saved in between; carries the current version in `details`."""

    status = 409


class TooMany(DomainError):
    """Too many attempts; `details["retry_after"]` holds seconds."""

    status = 429


def require(condition: bool, error: DomainError | None = None) -> None:
    """Raise `error` (NotAllowed by default) unless the condition holds."""
    if not condition:
        raise error or NotAllowed()
