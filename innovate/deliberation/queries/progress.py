"""How far the panel is: entry by juror, and juror by juror."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.core.paging import Page
from innovate.deliberation.domain.cells import Cell, Moments, cell_of, moments_of
from innovate.notifications.queries import last_sent_by_user
from innovate.scoring.domain.quiet import may_remind, next_reminder
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.queries.jury import Coverage, EntryRow, JurorRow, page_of_entries

SIZE = 25


@dataclass(frozen=True)
class GridRow:
    """An entry and one cell for each juror of the round, in their order."""

    entry: Coverage
    cells: list[Cell]


def load_grid(
    round_: Round, jurors: list[JurorRow], *, hidden: Collection[int], conflicts: bool, page: int = 1
) -> Page[GridRow]:
    """A page of the grid in four statements; `conflicts` where the reader may learn who must not judge what."""
    found = page_of_entries(round_, page=page, size=SIZE, hidden=hidden)
    ids = [row.entry.idea_id for row in found.items]
    barred = set(find_conflicts(round_.event_id, idea_ids=ids)) if conflicts and ids else set()
    rows = [GridRow(row.entry, _cells(row, jurors, barred)) for row in found.items]
    return Page(rows, found.page, found.size, found.total)


def _cells(row: EntryRow, jurors: list[JurorRow], barred: set[tuple[int, int]]) -> list[Cell]:
    active = {seat.user_id: seat for seat in row.seats}
    past = {seat.user_id for seat in row.past}
    cells = []
    for juror in jurors:
        seat = active.get(juror.user.id)
        cells.append(
            cell_of(
                active=seat is not None,
                ballot=seat.ballot.value if seat is not None and seat.ballot else "",
                past=juror.user.id in past,
                conflict=(row.entry.idea_id, juror.user.id) in barred,
            )
        )
    return cells


@dataclass(frozen=True)
class JurorProgress:
    """A juror's work, last sign of life, way of scoring (None where sealed or nothing given), and reminders."""

    juror: JurorRow
    seen_at: datetime | None
    moments: Moments | None
    reminded_at: datetime | None
    next_at: datetime | None
    may_remind: bool


@dataclass(frozen=True)
class PanelProgress:
    """Every juror of the round, and the panel's own mean and spread."""

    jurors: list[JurorProgress]
    moments: Moments | None


def load_panel(
    round_: Round, jurors: list[JurorRow], *, hidden: Collection[int], means: bool, at: datetime
) -> PanelProgress:
    """How everyone stands. Two statements beside the jurors' own."""
    sums = _sums(round_, hidden) if means else {}
    last = last_sent_by_user("reminder_juror", round_.event_id)
    rows = []
    for row in jurors:
        signs = [sign for sign in (row.last_seen_at, row.progress.last_at) if sign]
        reminded = last.get(row.user.id)
        rows.append(
            JurorProgress(
                juror=row,
                seen_at=max(signs, default=None),
                moments=moments_of(*sums.get(row.user.id, (0, 0.0, 0.0))),
                reminded_at=reminded,
                next_at=next_reminder(reminded) if reminded and not may_remind(reminded, at) else None,
                may_remind=bool(row.progress.left) and may_remind(reminded, at),
            )
        )
    columns = list(zip(*sums.values(), strict=True)) or [(), (), ()]
    return PanelProgress(rows, moments_of(sum(columns[0]), sum(columns[1]), sum(columns[2])))


def _sums(round_: Round, hidden: Collection[int]) -> dict[int, tuple[int, float, float]]:
    query = select(
        Ballot.user_id, func.count(), func.sum(Ballot.total), func.sum(Ballot.total * Ballot.total)
    )
    query = query.where(Ballot.round_id == round_.id, Ballot.state == BallotState.SUBMITTED)
    if hidden:
        query = query.where(Ballot.idea_id.not_in(hidden))
    return {
        key: (n, total, squares)
        for key, n, total, squares in db.session.execute(query.group_by(Ballot.user_id))
    }
