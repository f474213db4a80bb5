"""Saving and handing in ballots.

A save is one compare-and-set on the ballot's version, one upsert of its scores and one row of history with the whole
ballot as it was. The history (`ballot_changes`) is the record of saves; handing in, opening again and excluding are
written to the audit chain as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import DomainError, Refused, Stale, require
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.domain import rubric
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Juror
from innovate.scoring.queries.ballots import Sheet, reload_sheet
from innovate.scoring.queries.locks import is_locked
from innovate.scoring.services.receipts import issue_receipt
from innovate.scoring.services.reopenings import close_grant, grant_in_session, note_reason
from innovate.scoring.services.rubric_lock import lock_rubric
from innovate.scoring.services.trail import keep_history, keep_other_version, record_ballot
from innovate.scoring.services.values import read_values

MAX_COMMENT = 5000
_HANDING_IN = frozenset({"submit", "late"})
_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_BALLOTS: Any = Ballot.__table__
_ON_WHAT_WAS_READ = update(_BALLOTS).where(
    _BALLOTS.c.id == bindparam("read_id"),
    _BALLOTS.c.version == bindparam("read_version"),
    _BALLOTS.c.state == bindparam("read_state"),
    _BALLOTS.c.rubric_id == bindparam("read_rubric"),
    _BALLOTS.c.locked_at.is_(None),
)


def save_ballot(user: User, sheet: Sheet, filled: Filled, *, at: datetime) -> Sheet:
    """Replace the draft by what was sent, if nobody saved since `filled.version`; the sheet as it then stands."""
    values = _check(user, sheet, filled, at)
    return _write(user, sheet, filled, values, action="save", at=at)


def submit_ballot(user: User, sheet: Sheet, filled: Filled, *, at: datetime, reason: str = "") -> Sheet:
    """Save and hand in; refused while a criterion has no value. Handing the same in twice is one submission.

    `reason` is asked for once the round is closed and the chair opened this ballot again.
    """
    values = _check(user, sheet, filled, at, may_be_submitted=True)
    if sheet.ballot_state is BallotState.SUBMITTED:
        require(_same(sheet, filled, values), _handed_in())
        return sheet
    missing = [c.name for key, c in sheet.criteria.items() if key not in values]
    if missing:
        text = _l("Masih ada kriteria tanpa nilai: %(names)s.", names=", ".join(missing))
        raise Refused(text, details={"missing": [key for key in sheet.criteria if key not in values]})
    why = note_reason(sheet, reason) if sheet.grant_id is not None else ""
    return _write(user, sheet, filled, values, action="submit", at=at, reason=why)


def put_late_ballot(chair: User, sheet: Sheet, filled: Filled, *, at: datetime, reason: str) -> Sheet:
    """Make what arrived late the submitted ballot, on top of whatever stands; the caller decided that it counts."""
    values = read_values(sheet.criteria, filled)
    missing = [c.name for key, c in sheet.criteria.items() if key not in values]
    text = _l("Masih ada kriteria tanpa nilai: %(names)s.", names=", ".join(missing))
    require(not missing, Refused(text))
    filled = replace(filled, version=sheet.version)
    return _write(chair, sheet, filled, values, action="late", at=at, reason=reason)


def keep_unchosen(user: User, sheet: Sheet, filled: Filled, *, at: datetime) -> None:
    """Of two versions the juror chose the server's: the other one goes into the history. Twice sent, kept once."""
    require(user.id == sheet.user_id)
    if sheet.ballot_id is None:
        return
    other = {
        "values": {str(key): text for key, text in filled.values.items() if text},
        "notes": {str(key): note for key, note in filled.notes.items() if note},
        "comment_team": filled.comment_team[:MAX_COMMENT],
        "comment_internal": filled.comment_internal[:MAX_COMMENT],
        "notes_internal": {str(key): note for key, note in filled.notes_internal.items() if note},
    }
    keep_other_version(user.id, sheet, other, at)


def reopen_ballot(user: User, sheet: Sheet, *, version: int, at: datetime, reason: str = "") -> Sheet:
    """Take a handed-in ballot back to a draft; after the round only with the chair's leave, in the jury's session
    likewise, and with a reason.
    """
    _check_writable(user, sheet, at)
    require(sheet.ballot_state is BallotState.SUBMITTED, Refused(_l("Nilai ini belum diajukan.")))
    sheet = grant_in_session(sheet, at)
    why = note_reason(sheet, reason) if sheet.grant_id is not None else ""
    changed = _compare_and_set(sheet, version, at, state=BallotState.DRAFT, submitted_at=None)
    if not changed:
        raise _stale(sheet)
    keep_history(user.id, sheet, "reopen", at, why)
    _see(user, sheet, at)
    after = {"version": version + 1} | ({"reason": why} if why else {})
    record_ballot("ballot.reopen", user.id, sheet, at, before={"state": "submitted"}, **after)
    return reload_sheet(sheet)


# -- checks -----------------------------------------------------------------------------------------------------------


def _check(
    user: User, sheet: Sheet, filled: Filled, at: datetime, *, may_be_submitted: bool = False
) -> dict[int, Decimal]:
    _check_writable(user, sheet, at)
    if sheet.ballot_state is BallotState.SUBMITTED and not may_be_submitted:
        raise _handed_in()
    values = read_values(sheet.criteria, filled)
    too_long = _l("Catatan paling panjang %(most)d huruf.", most=MAX_COMMENT)
    require(all(len(text) <= MAX_COMMENT for text in filled.texts), Refused(too_long))
    return values


def _check_writable(user: User, sheet: Sheet, at: datetime) -> None:
    require(user.id == sheet.user_id)
    require(
        sheet.state is AssignmentState.ACTIVE,
        Refused(_l("Karya ini tidak lagi ditugaskan kepada Anda."), details={"gone": True}),
    )
    require(
        sheet.ballot_state is not BallotState.EXCLUDED,
        Refused(_l("Nilai ini dikeluarkan oleh panitia dan tidak dapat diubah."), details={"gone": True}),
    )
    require(
        sheet.signed_at is not None,
        Refused(_l("Tanda tangani dahulu pakta integritas babak ini.")),
    )
    require(
        sheet.cleared_at is not None,
        Refused(_l("Nyatakan dahulu bahwa Anda tidak mempunyai benturan kepentingan dengan karya ini.")),
    )
    require(
        sheet.idea_state is IdeaState.ELIGIBLE,
        Refused(_l("Karya ini tidak lagi dinilai."), details={"gone": True}),
    )
    _check_window(sheet.window(at))
    require(sheet.locked_at is None, _locked())


def _check_window(window: Window) -> None:
    require(window is not Window.WAITING, Refused(_l("Penilaian belum dibuka.")))
    require(
        window is Window.OPEN,
        Refused(
            _l("Penilaian sudah ditutup. Perubahan ini tidak tersimpan di server, hanya di perangkat Anda."),
            details={"closed": True},
        ),
    )


def _locked() -> Refused:
    text = _l(
        "Nilai karya ini sudah dikunci. Perubahan ini tidak tersimpan di server, hanya di perangkat Anda. "
        "Mintalah ketua juri membuka kuncinya."
    )
    return Refused(text, details={"locked": True})


def _handed_in() -> Refused:
    text = _l("Nilai ini sudah diajukan. Buka kembali bila ingin mengubahnya.")
    return Refused(text, details={"submitted": True})


# -- writing ----------------------------------------------------------------------------------------------------------


def _write(
    user: User,
    sheet: Sheet,
    filled: Filled,
    values: dict[int, Decimal],
    *,
    action: str,
    at: datetime,
    reason: str = "",
) -> Sheet:
    if sheet.ballot_id is None:
        sheet = _begin_ballot(sheet, filled, values, at)
        filled = replace(filled, version=sheet.version)
    if _is_done(sheet, filled, values, action):
        return sheet
    change = _columns(sheet, filled, values)
    if action in _HANDING_IN:
        change |= {"state": BallotState.SUBMITTED, "submitted_at": at}
    if not _compare_and_set(sheet, filled.version, at, **change):
        return _found(sheet, filled, values, action)
    _put_scores(sheet, filled, values)
    keep_history(user.id, sheet, action, at, reason)
    done = _after(sheet, filled, values, action, at)
    if action in _HANDING_IN:
        _hand_in(user, done, action, at, reason)
    return done


def _hand_in(user: User, done: Sheet, action: str, at: datetime, reason: str) -> None:
    juror = user if user.id == done.user_id else db.session.get_one(User, done.user_id)
    if action == "submit":
        _see(user, done, at)
    if done.grant_id is not None:
        close_grant(done, at)
    receipt = issue_receipt(juror, done, at=at)
    after = {"version": done.version, "total": done.total, "receipt": receipt.public_id}
    record_ballot(
        f"ballot.{action}",
        user.id,
        done,
        at,
        before={"state": "draft"},
        **after,
        **({"reason": reason} if reason else {}),
    )


def _is_done(sheet: Sheet, filled: Filled, values: Mapping[int, Decimal], action: str) -> bool:
    """Whether the ballot already is what is asked for: a request sent twice is no conflict and writes nothing."""
    reached = action == "save" or sheet.ballot_state is BallotState.SUBMITTED
    return sheet.ballot_id is not None and reached and _same(sheet, filled, values)


def _begin_ballot(sheet: Sheet, filled: Filled, values: dict[int, Decimal], at: datetime) -> Sheet:
    """The first save makes the ballot, pins the revision that was read, and locks the rubric.

    What was read before the lock may have changed by now, so it is read again before anything is written.
    """
    _hold_seat(sheet)
    if not sheet.rubric_locked:
        lock_rubric(sheet.user_id, sheet.rubric_id, sheet.event_id, at)
    now = reload_sheet(sheet)
    unchanged = now.ballot_id is None and now.criteria == sheet.criteria and now.state is sheet.state
    if not unchanged or filled.version != 0:
        return _found(now, filled, values, "save")
    row = {
        "assignment_id": sheet.assignment_id,
        "round_id": sheet.round_id,
        "idea_id": sheet.idea_id,
        "user_id": sheet.user_id,
        "rubric_id": sheet.rubric_id,
        "revision_id": now.revision_id,
        "state": BallotState.DRAFT,
        "version": 1,
        "created_at": at,
        "updated_at": at,
        **_columns(sheet, filled, values),
    }
    statement = _dialect_insert(Ballot).values(row).on_conflict_do_nothing(index_elements=["assignment_id"])
    now.ballot_id = db.session.scalar(statement.returning(Ballot.id))
    if now.ballot_id is None:
        return _found(now, filled, values, "save")
    require(not is_locked(sheet.round_id, sheet.idea_id), _locked())  # by somebody in this very moment
    _put_scores(now, filled, values)
    return _after(now, filled, values, "save", at)


def _hold_seat(sheet: Sheet) -> None:
    """Before anything else: whoever locks the entry holds its seats first as well, so neither waits for the other."""
    seat = select(Assignment.id).where(Assignment.id == sheet.assignment_id)
    db.session.execute(seat.with_for_update(read=True, key_share=True))


def _found(sheet: Sheet, filled: Filled, values: Mapping[int, Decimal], action: str) -> Sheet:
    """What somebody else wrote in between: fine if it is the same, otherwise Stale."""
    now = reload_sheet(sheet)
    if _is_done(now, filled, values, action):
        return now
    raise _stale(now)


def _columns(sheet: Sheet, filled: Filled, values: Mapping[int, Decimal]) -> dict[str, Any]:
    total = rubric.total(sheet.criteria, values)
    return {
        "total": None if total is None else float(total),
        "comment_team": filled.comment_team,
        "comment_internal": filled.comment_internal,
        "read_seconds": max(sheet.read_seconds, filled.read_seconds),
    }


def _compare_and_set(sheet: Sheet, version: int, at: datetime, **values: Any) -> bool:
    """Write only on top of the version, state and rubric that were read; False when somebody was faster."""
    read = {
        "read_id": sheet.ballot_id,
        "read_version": version,
        "read_state": sheet.ballot_state,
        "read_rubric": sheet.rubric_id,
    }
    changed = {"version": version + 1, "updated_at": at, **values}
    return bool(db.session.connection().execute(_ON_WHAT_WAS_READ, read | changed).rowcount)


def _put_scores(sheet: Sheet, filled: Filled, values: Mapping[int, Decimal]) -> None:
    rows = [
        {
            "ballot_id": sheet.ballot_id,
            "criterion_id": key,
            "value": values.get(key),
            "comment": filled.notes.get(key, ""),
            "comment_internal": filled.notes_internal.get(key, ""),
        }
        for key in sheet.criteria
    ]
    db.session.connection().execute(_upsert_scores(db.session.get_bind().dialect.name), rows)


@cache
def _upsert_scores(dialect: str) -> Any:
    statement = _INSERTS[dialect](BallotScore.__table__)
    new = statement.excluded
    kept = {"value": new.value, "comment": new.comment, "comment_internal": new.comment_internal}
    return statement.on_conflict_do_update(index_elements=["ballot_id", "criterion_id"], set_=kept)


def _dialect_insert(table: Any) -> Any:
    """Both databases know ON CONFLICT; SQLAlchemy spells it per dialect."""
    return _INSERTS[db.session.get_bind().dialect.name](table)


def _same(sheet: Sheet, filled: Filled, values: Mapping[int, Decimal]) -> bool:
    notes = (_written(sheet, filled.notes), _written(sheet, filled.notes_internal))
    ours = (sheet.values, sheet.notes, sheet.notes_internal, sheet.comment_team, sheet.comment_internal)
    return ours == (dict(values), *notes, filled.comment_team, filled.comment_internal)


def _written(sheet: Sheet, notes: Mapping[int, str]) -> dict[int, str]:
    return {key: note for key in sheet.criteria if (note := notes.get(key, ""))}


def _after(sheet: Sheet, filled: Filled, values: dict[int, Decimal], action: str, at: datetime) -> Sheet:
    sheet.version += 1
    sheet.values, sheet.updated_at = values, at
    sheet.notes = _written(sheet, filled.notes)
    sheet.notes_internal = _written(sheet, filled.notes_internal)
    sheet.read_seconds = max(sheet.read_seconds, filled.read_seconds)
    sheet.comment_team, sheet.comment_internal = filled.comment_team, filled.comment_internal
    sheet.total = _columns(sheet, filled, values)["total"]
    if action in _HANDING_IN:
        sheet.ballot_state, sheet.submitted_at = BallotState.SUBMITTED, at
    return sheet


def _stale(sheet: Sheet) -> DomainError:
    """Both versions are shown to the juror: the answer carries what stands now. Nothing to choose under a lock."""
    now = reload_sheet(sheet)
    if now.locked_at is not None:
        return _locked()
    text = _l("Nilai ini sudah diubah dari tab atau perangkat lain. Pilih versi yang dipakai.")
    saved_at = now.updated_at.isoformat() if now.updated_at else None
    return Stale(text, details={"version": now.version, "updated_at": saved_at, "current": now.as_json()})


def _see(user: User, sheet: Sheet, at: datetime) -> None:
    seen = update(Juror).where(Juror.event_id == sheet.event_id, Juror.user_id == user.id)
    db.session.execute(seen.values(last_seen_at=at), execution_options={"synchronize_session": False})
