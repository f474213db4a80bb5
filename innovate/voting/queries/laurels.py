"""Who holds the other awards. Rankings stand above: they say it here when the application is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from innovate.voting.domain.outcome import bar
from innovate.voting.domain.stages import BoardStage
from innovate.voting.models import Poll


@dataclass(frozen=True)
class Holders:
    """Names of awards by idea, as the event's last ranking has them, and until when objections to it are taken."""

    stage: BoardStage = BoardStage.NONE
    prizes: Mapping[int, str] = field(default_factory=dict)
    specials: Mapping[int, str] = field(default_factory=dict)
    objections_until: datetime | None = None

    def barred(self, poll: Poll) -> dict[int, str]:
        """Which award keeps which idea from winning this vote."""
        return bar(
            self.prizes,
            self.specials,
            excludes=poll.excludes_winners,
            excludes_specials=poll.excludes_specials,
        )


FindHolders = Callable[[int], Holders]
_finders: list[FindHolders] = []


def say_holders(find: FindHolders) -> None:
    """Register who knows the holders of an event's awards; whoever said so before is replaced."""
    _finders[:] = [find]


def find_holders(event_id: int) -> Holders:
    """Everybody who holds an award of the event's ranking."""
    return _finders[0](event_id) if _finders else Holders()
