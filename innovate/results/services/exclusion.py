"""Taking one ballot out of the count and back, from the board, where its effect is seen."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.results.queries.boards import get_board
from innovate.scoring import policy as scoring
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import Sheet, get_panel_sheet
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.seal import is_settled
from innovate.scoring.services.exclusion import exclude_ballot, include_ballot
from innovate.scoring.services.trail import require_reason


def count_out(actor: Actor, number: int, seat: str, *, reason: str, at: datetime) -> None:
    """The ballot of a seat (its public id) no longer counts. It stays as it is."""
    sheet = _hold_sheet(actor, number, seat)
    require(
        sheet.ballot_state is BallotState.SUBMITTED,
        Refused(_l("Hanya penilaian yang sudah diajukan yang dapat dikeluarkan dari perhitungan.")),
    )
    exclude_ballot(actor.user_id, sheet, reason=require_reason(reason), at=at)


def count_in(actor: Actor, number: int, seat: str, *, reason: str, at: datetime) -> None:
    """It counts again, as it was."""
    sheet = _hold_sheet(actor, number, seat)
    require(
        sheet.ballot_state is BallotState.EXCLUDED,
        Refused(_l("Penilaian ini sudah dihitung.")),
    )
    gone = _l("Penugasannya sudah berakhir. Pulihkan dahulu penugasan itu di halaman juri.")
    require(sheet.state is AssignmentState.ACTIVE, Refused(gone))
    include_ballot(actor.user_id, sheet, reason=require_reason(reason), at=at)


def _hold_sheet(actor: Actor, number: int, seat: str) -> Sheet:
    """A ballot of the round, while its ranking is open; NotFound for an entry the person must not see."""
    require(scoring.can_lead(actor))
    view = get_board(actor.event, number)
    locked(Round, view.round.id)
    frozen = _l("Peringkat sudah dibekukan. Buka kembali sebelum mengubah penilaian yang dihitung.")
    require(not is_settled(view.round), Refused(frozen))
    sheet = get_panel_sheet(actor.event.id, seat)
    require(sheet.round_id == view.round.id and sheet.idea_id not in list_hidden(actor), NotFound())
    return sheet
