"""Taking ballots out of the count and back in. Nothing is deleted; both ways keep who, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from innovate.audit.services import record_all
from innovate.core.db import db
from innovate.core.errors import Stale
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.queries.ballots import Sheet
from innovate.scoring.services.trail import ballot_record, keep_histories, keep_history, record_ballot


def exclude_ballot(actor_id: int, sheet: Sheet, *, reason: str, at: datetime) -> None:
    """The ballot stays as it is and no longer counts."""
    exclude_ballots(actor_id, [sheet], reason=reason, at=at)


def exclude_ballots(actor_id: int, sheets: Sequence[Sheet], *, reason: str, at: datetime) -> None:
    """Many of them for one reason."""
    for sheet in sheets:
        _turn(sheet, BallotState.EXCLUDED, at)
    keep_histories(actor_id, [(sheet, reason) for sheet in sheets], "exclude", at)
    records = [
        ballot_record("ballot.exclude", sheet, {"state": sheet.ballot_state.value}, {"reason": reason})
        for sheet in sheets
    ]
    record_all(records, actor_id=actor_id, at=at)


def include_ballot(actor_id: int, sheet: Sheet, *, reason: str, at: datetime) -> None:
    """Back to what it was: handed in if it had been, otherwise a draft."""
    state = BallotState.SUBMITTED if sheet.submitted_at and sheet.total is not None else BallotState.DRAFT
    _turn(sheet, state, at)
    keep_history(actor_id, sheet, "include", at, reason)
    before = {"state": BallotState.EXCLUDED.value}
    record_ballot("ballot.include", actor_id, sheet, at, before=before, state=state.value, reason=reason)


def _turn(sheet: Sheet, state: BallotState, at: datetime) -> None:
    statement = (
        update(Ballot)
        .where(Ballot.id == sheet.ballot_id, Ballot.version == sheet.version)
        .values(state=state, version=sheet.version + 1, updated_at=at)
    )
    result: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    if not result.rowcount:  # the juror saved in this very moment: try again
        raise Stale("the ballot changed while it was being excluded")
