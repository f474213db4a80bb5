"""How fast confirmation mails may be asked for from one network. Offices share an address, so nobody is refused.

A network may ask for `FREE` mails at once and for one more every `GAP`; what exceeds that queues up. Two hundred
colleagues who vote in the same coffee break all get their mail within minutes, colleagues who vote through a day at
once, and a machine that asks for thousands waits in its own queue. Only a queue of an hour is too long.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

FREE = 120
GAP = timedelta(seconds=3)
LONGEST = timedelta(hours=1)
WINDOW = timedelta(hours=2)  # what was asked before that is long on its way


def delay(asked: Iterable[datetime], at: datetime) -> timedelta | None:
    """How much later a mail asked for at `at` leaves after those `asked` in order; None: the queue is too long.

    The generic cell rate algorithm: every mail takes its turn one gap after the one before, and a mail leaves `FREE`
    gaps ahead of the end of its turn.
    """
    turn = at - WINDOW
    for moment in (*asked, at):
        turn = max(turn, moment) + GAP
    wait = max(timedelta(0), turn - at - FREE * GAP)
    return wait if wait <= LONGEST else None
