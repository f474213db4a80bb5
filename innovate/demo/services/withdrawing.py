"""An award of a past edition that was taken away by a decree: the ranking is signed and announced again."""

from __future__ import annotations

from datetime import datetime, timedelta

from innovate.demo.services.aftermath import FINAL
from innovate.demo.services.competition import Competition
from innovate.events.domain.seal import BoardState
from innovate.results.domain.awards import Succession
from innovate.results.queries.boards import get_board
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.services.withdrawals import Terms, withdraw_award

_REASON = (
    "Pemeriksaan Inspektorat menemukan bahwa karya yang sama sudah memenangkan lomba lain sebelum diajukan, "
    "bertentangan dengan surat pernyataan orisinalitas yang ditandatangani tim."
)
_PUBLIC = "Karya yang sama sudah memenangkan lomba lain sebelum diajukan."


def withdraw_last_award(played: Competition, at: datetime) -> None:
    """The last award of the last group; its place stays empty. The chair signs, and all ends as it was."""
    board = get_board(played.on.event, FINAL).board
    rows = list_all_rows(board.snapshot_id or 0) if board else []
    row = [each for each in rows if each.award][-1]
    terms = Terms(Succession.VACANT, "800.1.6.3/118/INSP", at.date(), _REASON, _PUBLIC)
    withdraw_award(played.on.organizer, FINAL, row.idea_public_id, terms, at=at)
    played.plan_boards(
        FINAL,
        (at + timedelta(hours=5), BoardState.SIGNED),
        (at + timedelta(days=1), BoardState.ANNOUNCED),
        (at + timedelta(days=8), BoardState.FINAL),
        before=BoardState.FROZEN,
    )
