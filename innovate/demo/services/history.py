"""What happened, played in order of time, so that numbers, trails and mails come out as they would have."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.template import Timespan

ZONE = ZoneInfo("Asia/Pontianak")
Act = Callable[[datetime], object]


@dataclass
class History:
    """Acts to be played. An act may plan later ones. Nothing after `until` happens."""

    until: datetime
    _planned: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def plan(self, at: datetime, act: Act) -> None:
        """Let `act(at)` happen at its time; acts of one instant happen in the order planned."""
        if at <= self.until:
            heapq.heappush(self._planned, (at, next(self._numbers), act))

    def play(self) -> int:
        """Let everything happen; returns how many acts there were."""
        count = 0
        while self._planned:
            at, _number, act = heapq.heappop(self._planned)
            act(at)
            count += 1
        return count


@dataclass(frozen=True)
class Days:
    """Instants by day and local time: `Days(first, zone).at(3, 9, 30)` is half past nine on the fourth day."""

    first: date
    zone: ZoneInfo

    def at(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """The instant on day `day` (0 is the first); minutes may run over the hour."""
        midnight = datetime.combine(self.first, time(), self.zone)
        return (midnight + timedelta(days=day, hours=hour, minutes=minute)).astimezone(UTC)

    def span(self, kind: PhaseKind, name: str, first: int, last: int) -> Timespan:
        """A phase from 08.00 of its first day to 23.59 of its last."""
        return Timespan(kind, name, self.at(first, 8), self.at(last, 23, 59))
