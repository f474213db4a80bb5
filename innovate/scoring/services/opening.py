"""What must be settled before the first ballot of a competition can begin.

Asked where judging opens: when a juror signs the pact, without which nothing can be scored, and when a ballot is
brought in for a juror. Nothing that somebody has written is ever refused here.
"""

from __future__ import annotations

from collections.abc import Callable

# Features above append functions of the event's key that raise Refused with the reason.
gates: list[Callable[[int], None]] = []


def ask_gates(event_id: int) -> None:
    """Refused while something above keeps judging closed."""
    for gate in gates:
        gate(event_id)
