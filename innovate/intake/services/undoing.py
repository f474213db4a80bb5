"""Taking an import back whole: its ballots are kept and no longer count, and the round is as it was before."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.intake.models import ImportState, ScoreImport
from innovate.intake.queries.imports import list_made
from innovate.intake.services.checks import check_clerk, round_of
from innovate.intake.services.telling import tell_undone
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import list_sheets
from innovate.scoring.queries.seal import is_settled
from innovate.scoring.services.judged import end_seats
from innovate.scoring.services.trail import require_reason


def why_not_undone(found: ScoreImport, at: datetime) -> Refused | None:
    """What keeps a saved import from being taken back now; None for nothing."""
    round_ = round_of(found)
    if is_settled(round_):
        return Refused(_l("Peringkat babak ini sudah dibekukan. Impor tidak dapat ditarik kembali lagi."))
    if round_.window(at) is Window.CLOSED and not found.reason:
        return Refused(_l("Penilaian babak ini sudah ditutup. Impor tidak dapat ditarik kembali lagi."))
    return None


def undo_import(actor: Actor, found: ScoreImport, *, reason: str, at: datetime) -> int:
    """Take every ballot of an import out of the count, with a reason; how many.

    Seats made for it end; jurors who had theirs before get it back empty. Refused where a juror has changed a ballot
    since: that is their own by now.
    """
    check_clerk(actor)
    require(found.event_id == actor.event.id, NotFound())
    locked(Round, found.round_id)
    found = locked(ScoreImport, found.id)
    require(found.state is ImportState.SAVED, Refused(_l("Impor ini tidak sedang dihitung.")))
    refusal = why_not_undone(found, at)
    if refusal is not None:
        raise refusal
    reason = require_reason(reason)
    made = {row.ballot_id: row for row in list_made(found)}
    sheets = list_sheets([row.seat_id for row in made.values()])
    touched = [
        sheet
        for sheet in sheets
        if sheet.ballot_state is not BallotState.EXCLUDED
        and sheet.version != made[sheet.ballot_id or 0].version
    ]
    own = lazy_ngettext(
        "%(num)s penilaian sudah diubah jurinya sesudah impor. Keluarkan penilaian satu per satu di papan hasil.",
        "%(num)s penilaian sudah diubah jurinya sesudah impor. Keluarkan penilaian satu per satu di papan hasil.",
        len(touched),
    )
    require(not touched, Refused(own))
    before = [row.seat_id for row in made.values() if not row.made_seat]
    end_seats(actor, sheets, made_anew=before, reason=reason, at=at)
    found.state, found.undone_at, found.undone_by_id = ImportState.UNDONE, at, actor.user_id
    found.undone_reason = reason
    db.session.flush()
    record(
        "round.import_undo",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=found.round_id,
        event_id=actor.event.id,
        after={"taken_back": len(sheets), "reason": reason},
    )
    tell_undone(actor, found, sheets, at=at)
    return len(sheets)
