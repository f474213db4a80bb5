"""Ballots handed in on paper: written and submitted in the juror's name, by two people who typed the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from innovate.accounts.models import User
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
from innovate.scoring.services.receipts import issue_receipt
from innovate.scoring.services.rubric_lock import lock_rubric
from innovate.scoring.services.trail import keep_history, record_ballot
from innovate.scoring.services.values import read_values

_NOT_WATCHED = {"synchronize_session": False}


class KeyedBallot(NamedTuple):
    """The ballot as it was handed in, and the receipt the caller brings to its juror."""

    sheet: Sheet
    receipt: BallotReceipt


def check_seat(sheet: Sheet) -> None:
    """Whether a ballot on paper may stand for this seat: nothing handed in online, and the seat is the juror's."""
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
    pairs = find_conflicts(sheet.event_id, idea_ids=[sheet.idea_id], user_ids=[sheet.user_id])
    require((sheet.idea_id, sheet.user_id) not in pairs, Refused(conflict))


def submit_keyed_ballot(
    clerk_id: int, sheet: Sheet, filled: Filled, *, reason: str, at: datetime
) -> KeyedBallot:
    """Write the whole ballot and hand it in, with a receipt. A draft the juror began is replaced, and kept as history.

    `reason` says who typed and who confirmed. Refused unless `check_seat` holds and every criterion has a value.
    """
    locked(Assignment, sheet.assignment_id)
    sheet = reload_sheet(sheet)
    check_seat(sheet)
    values = read_values(sheet.criteria, filled)
    total = rubric.total(sheet.criteria, values)
    if total is None:
        raise Refused(_l("Masih ada kriteria tanpa nilai."))
    lock_rubric(clerk_id, sheet.rubric_id, sheet.event_id, at)
    if sheet.ballot_id is None:
        sheet = _begin(sheet, at)
    kept = {"total": float(total), "comment_team": filled.comment_team}
    _hand_in(sheet, at, comment_internal=filled.comment_internal, **kept)
    known = BallotScore.criterion_id.in_(sheet.criteria)
    db.session.execute(delete(BallotScore).where(BallotScore.ballot_id == sheet.ballot_id, known))
    db.session.add_all(
        BallotScore(ballot_id=sheet.ballot_id, criterion_id=key, value=value) for key, value in values.items()
    )
    db.session.flush()
    keep_history(clerk_id, sheet, "keyed", at, reason)
    done = reload_sheet(sheet)
    receipt = issue_receipt(db.session.get_one(User, done.user_id), done, at=at, mailed=False)
    after = {"total": done.total, "reason": reason, "receipt": receipt.public_id}
    record_ballot("ballot.keyed", clerk_id, done, at, before=sheet.as_json(), **after)
    return KeyedBallot(done, receipt)


def _begin(sheet: Sheet, at: datetime) -> Sheet:
    ballot = Ballot(
        assignment_id=sheet.assignment_id,
        round_id=sheet.round_id,
        idea_id=sheet.idea_id,
        user_id=sheet.user_id,
        rubric_id=sheet.rubric_id,
        revision_id=sheet.revision_id,
        created_at=at,
        updated_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(ballot)
            db.session.flush()
    except IntegrityError:
        raise _moved() from None
    return reload_sheet(sheet)


def _hand_in(sheet: Sheet, at: datetime, **values: Any) -> None:
    """On top of what was read; whoever saved in between is not overwritten."""
    statement = update(Ballot).where(
        Ballot.id == sheet.ballot_id, Ballot.version == sheet.version, Ballot.state == BallotState.DRAFT
    )
    values |= {"state": BallotState.SUBMITTED, "submitted_at": at, "updated_at": at}
    result: Any = db.session.execute(
        statement.values(version=sheet.version + 1, rubric_id=sheet.rubric_id, **values),
        execution_options=_NOT_WATCHED,
    )
    if not result.rowcount:
        raise _moved()


def _moved() -> Stale:
    return Stale(_l("Juri sedang menyimpan nilai karya ini. Muat ulang halaman, lalu periksa lagi."))
