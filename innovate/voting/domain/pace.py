"""How fast confirmation mails may be asked for from one network. Offices share an address, so nobody is refused.

The first `FREE` requests of an hour leave at once. Those after them leave `GAP` apart: two hundred colleagues who vote
in the same coffee break all get their mail within minutes, while a machine that sends thousands waits in its own queue.
Only a queue of an hour is too long.
"""

from __future__ import annotations

from datetime import timedelta

WINDOW = timedelta(hours=1)
FREE = 120
GAP = timedelta(seconds=3)
LONGEST = timedelta(hours=1)


def delay(asked: int) -> timedelta | None:
    """How much later the next mail leaves after `asked` requests in the window; None where the queue is too long."""
    wait = max(0, asked - FREE + 1) * GAP
    return wait if wait <= LONGEST else None
