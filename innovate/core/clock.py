"""The one clock of the product. Tests set it; nothing else asks the machine for the time of a business event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

Source = Callable[[], datetime]


def _machine() -> datetime:
    return datetime.now(UTC)


_source: Source = _machine


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _source()


def use_file(path: Path) -> None:
    """Read the instant (ISO 8601) from a file at each call while it exists; for tests against a running server."""
    global _source

    def from_file() -> datetime:
        text = path.read_text().strip() if path.exists() else ""
        return datetime.fromisoformat(text).astimezone(UTC) if text else _machine()

    _source = from_file


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) inside the block."""
    global _source
    if at.tzinfo is None:
        raise ValueError("the clock needs an aware datetime")
    before = _source
    _source = lambda: at.astimezone(UTC)  # noqa: E731 - a one-line source
    try:
        yield
    finally:
        _source = before
