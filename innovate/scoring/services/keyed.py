"""Ballots written and submitted in a juror's name: typed from paper by two people, or read from a spreadsheet.

Both ways write by `submit_keyed_ballots`, so that such a ballot looks the same whoever brought it.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from innovate.accounts.models import User
from innovate.audit.services import record_all
from innovate.core.db import db, locked
from innovate.core.errors import Refused, Stale, require
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.domain import rubric
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.queries.ballots import Sheet, reload_sheet
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.services.opening import ask_gates
from innovate.scoring.services.receipts import issue_receipts
from innovate.scoring.services.rubric_lock import lock_rubric
from innovate.scoring.services.trail import ballot_record, keep_histories
from innovate.scoring.services.values import read_values

_NOT_WATCHED = {"synchronize_session": False}
_AT_ONCE = 500
_HUNDREDTH = Decimal("0.01")  # as the column keeps values


class Way(enum.StrEnum):
    """How a ballot came in the juror's stead; history and trail name it so."""

    KEYED = "keyed"  # from paper
    IMPORTED = "imported"  # from a spreadsheet


_ACTIONS = {Way.KEYED: "ballot.keyed", Way.IMPORTED: "ballot.imported"}


class OnBehalf(NamedTuple):
    """A whole ballot to be written for a seat. `reason` says who brought it from where."""

    sheet: Sheet
    filled: Filled
    reason: str


class KeyedBallot(NamedTuple):
    """The ballot as it was handed in, and the receipt the caller brings to its juror."""

    sheet: Sheet
    receipt: BallotReceipt


def check_seat(sheet: Sheet, *, barred: bool | None = None) -> None:
    """Whether a ballot brought in may stand for this seat: nothing handed in online, and the seat is the juror's.

    `barred`: whether a conflict of interest stands, where the caller has looked for those of many seats at once.
    """
    seat = _l("Penugasan ini sudah dicabut atau jurinya mundur, jadi lembarnya tidak dapat dimasukkan.")
    require(sheet.state is AssignmentState.ACTIVE, Refused(seat))
    gone = _l("Karya ini tidak lagi dinilai, jadi lembarnya tidak dapat dimasukkan.")
    require(sheet.idea_state is IdeaState.ELIGIBLE, Refused(gone))
    online = _l("Juri sudah mengajukan nilai karya ini. Nilai dari kertas tidak menggantikannya.")
    require(sheet.ballot_state is not BallotState.SUBMITTED, Refused(online))
    excluded = _l(
        "Nilai juri ini untuk karya ini dikeluarkan dari hitungan, jadi lembarnya tidak dimasukkan."
    )
    require(sheet.ballot_state is not BallotState.EXCLUDED, Refused(excluded))
    conflict = _l(
        "Juri ini mempunyai benturan kepentingan dengan karya ini, jadi lembarnya tidak dimasukkan."
    )
    if barred is None:
        barred = bool(find_conflicts(sheet.event_id, idea_ids=[sheet.idea_id], user_ids=[sheet.user_id]))
    require(not barred, Refused(conflict))


def submit_keyed_ballot(
    clerk_id: int, sheet: Sheet, filled: Filled, *, reason: str, at: datetime
) -> KeyedBallot:
    """Write the whole ballot and hand it in, with a receipt. A draft the juror began is replaced, and kept as history.

    `reason` says who typed and who confirmed. Refused unless `check_seat` holds and every criterion has a value.
    """
    locked(Assignment, sheet.assignment_id)
    sheet = reload_sheet(sheet)
    check_seat(sheet)
    return submit_keyed_ballots(clerk_id, [OnBehalf(sheet, filled, reason)], way=Way.KEYED, at=at)[0]


def submit_keyed_ballots(
    clerk_id: int, wanted: Sequence[OnBehalf], *, way: Way, at: datetime
) -> list[KeyedBallot]:
    """Hand in ballots of one round on seats that the caller holds and has checked; all or none, in their order.

    Refused while a criterion has no value or a wrong one; Stale if a juror saved meanwhile.
    """
    for event_id in {each.sheet.event_id for each in wanted}:
        ask_gates(event_id)
    before = [_as_draft(each.sheet) for each in wanted]
    done = [_fill(sheet, each.filled, at) for sheet, each in zip(before, wanted, strict=True)]
    for rubric_id in sorted({sheet.rubric_id for sheet in done}):
        lock_rubric(clerk_id, rubric_id, done[0].event_id, at)
    for sheet in done:
        if sheet.ballot_id is not None:
            _hand_in(sheet, at)
    _begin([sheet for sheet in done if sheet.ballot_id is None], at)
    _put_scores(done)
    for old, sheet in zip(before, done, strict=True):
        old.ballot_id = sheet.ballot_id
    keep_histories(clerk_id, [(old, each.reason) for old, each in zip(before, wanted, strict=True)], way, at)
    jurors = _find_jurors(done)
    receipts = issue_receipts([(jurors[sheet.user_id], sheet) for sheet in done], at=at)
    records = []
    for old, sheet, each, receipt in zip(before, done, wanted, receipts, strict=True):
        after = {"total": sheet.total, "reason": each.reason, "receipt": receipt.public_id}
        records.append(ballot_record(_ACTIONS[way], sheet, old.as_json(), after))
    record_all(records, actor_id=clerk_id, at=at)
    return [KeyedBallot(sheet, receipt) for sheet, receipt in zip(done, receipts, strict=True)]


def _as_draft(sheet: Sheet) -> Sheet:
    """What is replaced: the juror's draft, or an empty first version."""
    return sheet if sheet.ballot_id is not None else replace(sheet, version=1)


def _fill(sheet: Sheet, filled: Filled, at: datetime) -> Sheet:
    """The sheet as it will stand."""
    values = read_values(sheet.criteria, filled)
    total = rubric.total(sheet.criteria, values)
    if total is None:
        raise Refused(_l("Masih ada kriteria tanpa nilai."))
    return replace(
        sheet,
        ballot_state=BallotState.SUBMITTED,
        version=sheet.version + 1,
        total=float(total),
        comment_team=filled.comment_team,
        comment_internal=filled.comment_internal,
        values={key: value.quantize(_HUNDREDTH) for key, value in values.items()},
        notes={},
        notes_internal={},
        submitted_at=at,
        updated_at=at,
    )


def _begin(new: Sequence[Sheet], at: datetime) -> None:
    """Ballots of those who have none; the sheets learn their keys."""
    ballots = [
        Ballot(
            assignment_id=sheet.assignment_id,
            round_id=sheet.round_id,
            idea_id=sheet.idea_id,
            user_id=sheet.user_id,
            rubric_id=sheet.rubric_id,
            revision_id=sheet.revision_id,
            state=BallotState.SUBMITTED,
            version=sheet.version,
            total=sheet.total,
            comment_team=sheet.comment_team,
            comment_internal=sheet.comment_internal,
            created_at=at,
            updated_at=at,
            submitted_at=at,
        )
        for sheet in new
    ]
    try:
        with db.session.begin_nested():
            db.session.add_all(ballots)
            db.session.flush()
    except IntegrityError:
        raise _moved() from None
    for sheet, ballot in zip(new, ballots, strict=True):
        sheet.ballot_id = ballot.id


def _hand_in(sheet: Sheet, at: datetime) -> None:
    """On top of what was read; whoever saved in between is not overwritten."""
    statement = update(Ballot).where(
        Ballot.id == sheet.ballot_id, Ballot.version == sheet.version - 1, Ballot.state == BallotState.DRAFT
    )
    values = {
        "state": BallotState.SUBMITTED,
        "submitted_at": at,
        "updated_at": at,
        "version": sheet.version,
        "rubric_id": sheet.rubric_id,
        "total": sheet.total,
        "comment_team": sheet.comment_team,
        "comment_internal": sheet.comment_internal,
    }
    result: Any = db.session.execute(statement.values(**values), execution_options=_NOT_WATCHED)
    if not result.rowcount:
        raise _moved()
    known = BallotScore.criterion_id.in_(sheet.criteria)
    db.session.execute(delete(BallotScore).where(BallotScore.ballot_id == sheet.ballot_id, known))


def _put_scores(done: Sequence[Sheet]) -> None:
    rows = [
        {"ballot_id": sheet.ballot_id, "criterion_id": key, "value": value, "comment": ""}
        for sheet in done
        for key, value in sheet.values.items()
    ]
    db.session.execute(insert(BallotScore), rows)


def _find_jurors(done: Sequence[Sheet]) -> dict[int, User]:
    keys = sorted({sheet.user_id for sheet in done})
    found: dict[int, User] = {}
    for first in range(0, len(keys), _AT_ONCE):
        query = select(User).where(User.id.in_(keys[first : first + _AT_ONCE]))
        found |= {user.id: user for user in db.session.scalars(query)}
    return found


def _moved() -> Stale:
    return Stale(_l("Juri sedang menyimpan nilai karya ini. Muat ulang halaman, lalu periksa lagi."))
