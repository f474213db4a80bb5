"""When a juror hears of entries given by hand: once things have been quiet, and never much later than the first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

QUIET = timedelta(minutes=15)  # since the last entry: whoever assigns is done
LONGEST = timedelta(hours=2)  # since the first: assigning now and then keeps nobody waiting


def is_time(given: Collection[datetime], at: datetime) -> bool:
    """Whether the mail about entries given at these instants leaves now."""
    return bool(given) and (at - max(given) >= QUIET or at - min(given) >= LONGEST)
