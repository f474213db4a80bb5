"""How fast a public link takes answers, so that one person's many answers do not make a result.

Two counts over the last hour, both of one survey: a device that answered three times waits a minute after each
further answer (a tablet at a counter keeps up with that); an address from which thirty answers came takes one every
ten seconds. An address never waits longer than that, as a whole office shares one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(hours=1)
DEVICE_FREE, DEVICE_GAP = 3, timedelta(minutes=1)
ADDRESS_FREE, ADDRESS_GAP = 30, timedelta(seconds=10)


def wait_for(at: datetime, device: Sequence[datetime], address: Sequence[datetime]) -> timedelta:
    """How long the next answer must wait, given when the former ones came; zero if it may come now."""
    until = [at]
    for instants, free, gap in ((device, DEVICE_FREE, DEVICE_GAP), (address, ADDRESS_FREE, ADDRESS_GAP)):
        recent = [each for each in instants if at - each < WINDOW]
        if len(recent) >= free:
            until.append(max(recent) + gap)
    return max(until) - at
