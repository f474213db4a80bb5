"""What every played competition has in common: its committee, its entries, its rounds and boards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random

from innovate.demo.services import entries, jury, units
from innovate.demo.services.entries import Entry
from innovate.demo.services.history import Act
from innovate.demo.services.jury import Panel, Seat
from innovate.demo.services.stage import Stage, invite
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.results.domain.advance import CutRule
from innovate.results.queries.advance import get_advance
from innovate.results.services.advance import advance_entries
from innovate.results.services.boards import move_board

CHAIR = "anastasia-merry"
SECRETARIAT = "maria-klarentina"
_STANDING = {SECRETARIAT: Role.SECRETARIAT, "zulfadli-arif": Role.AUDITOR, "ratu-ayu": Role.MENTOR}


class Competition:
    """One competition being played."""

    def __init__(self, on: Stage, draw: Random, written: Sequence[Entry]) -> None:
        self.on, self.draw, self.entries = on, draw, written
        self.panel = Panel(on, draw)
        self.liking: dict[
            str, tuple[list[str], list[float]]
        ] = {}  # by vote: what stands in it, how liked it is

    def plan(self, at: datetime, act: Act) -> None:
        """Let something happen."""
        self.on.world.history.plan(at, act)

    def invite_committee(self, at: datetime, *, jurors: Sequence[str], more: Mapping[str, Role]) -> None:
        """Ask the people who accompany every competition, some more, and the jury."""
        for number, (key, role) in enumerate({**_STANDING, **more}.items()):
            invite(self.on, key, role, hours=1 + number, at=at)
        self.panel = jury.seat_panel(self.on, CHAIR, jurors, self.draw, at=at + timedelta(minutes=30))

    def plan_entry(
        self, entry: Entry, registered: datetime, *, submitted: datetime | None = None, papers: bool = True
    ) -> None:
        """Register, write a day later, attach the next day, and hand in if a time is given."""
        day = timedelta(days=1)
        self.plan(registered, partial(entries.register, self.on, entry))
        self.plan(registered + day, partial(entries.write, self.on, entry))
        if papers and entry.papers:
            self.plan(registered + 1.5 * day, partial(entries.attach, self.on, entry))
        if submitted:
            self.plan(submitted, partial(self.hand_in, entry))

    def hand_in(self, entry: Entry, at: datetime) -> None:
        """The captain hands in; where endorsement is asked, the unit does, an hour later."""
        submit = units.go_through if self.on.event.asks_endorsement else entries.submit
        submit(self.on, entry, at)

    def plan_boards(
        self, number: int, *steps: tuple[datetime, BoardState], before: BoardState = BoardState.COLLECTING
    ) -> None:
        """Move the board of a round from state to state, beginning with `before`."""
        for at, after in steps:
            self.plan(at, self._moving(number, before, after))
            before = after

    def _moving(self, number: int, before: BoardState, after: BoardState) -> Act:
        def move(at: datetime) -> None:
            actor = self.on.actor(CHAIR) if after is BoardState.SIGNED else self.on.organizer
            move_board(actor, number, after, expected=before, at=at)

        return move

    def draw_seats(self, kind: PhaseKind, chosen: Sequence[Entry], at: datetime) -> list[Seat]:
        """The draw of a round; in a final every juror gets every entry."""
        each = len(self.panel.keys) if kind is PhaseKind.FINAL else None
        return jury.draw_seats(self.panel, jury.round_of(self.on, kind), chosen, each=each, at=at)

    def plan_declarations(self, seats: Sequence[Seat], at: datetime) -> None:
        """Every juror declares to be free of conflicts, one after another."""
        for place, key in enumerate(self.panel.keys):
            self.plan(at + timedelta(minutes=37 * place), self._declaring(key, seats))

    def _declaring(self, key: str, seats: Sequence[Seat]) -> Act:
        return lambda at: jury.declare(self.panel, key, seats, at=at)

    def plan_score(self, seat: Seat, at: datetime, *, only: int | None = None) -> None:
        """A juror fills a scorecard, wholly or `only` so many criteria."""
        self.plan(at, lambda at: jury.score(self.panel, seat, only=only, at=at))

    def advance(self, best: int, reason: str, at: datetime) -> list[Entry]:
        """Take the first of each group into the final; the entries in order of group and place."""
        rule = CutRule.CRITERIA
        found = get_advance(self.on.event, 1, per_group=best, rule=rule)
        advance_entries(
            self.on.organizer,
            1,
            per_group=best,
            rule=rule,
            reason=reason,
            seen=found.snapshot_id,
            at=at,
        )
        by_id = {entry.idea_id: entry for entry in self.entries if entry.idea}
        return [by_id[idea_id] for cut in found.cuts for idea_id in cut.advancing]
