"""Private notes typed in two places at once are joined, never chosen between."""

from __future__ import annotations

_BETWEEN = "\n\n"


def join_notes(standing: str, sent: str) -> str:
    """Both texts; the one that holds the other whole is enough."""
    if standing in sent:
        return sent
    if sent in standing:
        return standing
    return f"{standing}{_BETWEEN}{sent}"
