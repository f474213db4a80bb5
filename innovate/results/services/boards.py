"""A board's life: open, freeze into a snapshot, announce, close, and every way back with its reason."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, insert, select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, Stale, require
from innovate.core.withdrawn import withdraw
from innovate.events.domain.kinds import EventState
from innovate.events.domain.seal import BoardState, can_move, needs_reason
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail
from innovate.results import policy
from innovate.results.domain.objections import end_of_window
from innovate.results.domain.standing import Row, hash_rows
from innovate.results.models import Board, BoardChange, Snapshot, StandingRow
from innovate.results.queries.boards import compute_board, get_board
from innovate.results.services.proofs import close_result, freeze_result, keep_ballots
from innovate.results.services.rules import describe
from innovate.results.services.signing import ask_to_sign, require_settled, sign_off, withdraw_sign_off
from innovate.scoring.models.rounds import Round
from innovate.teams.queries import list_captains


def move_board(
    actor: Actor,
    number: int,
    after: BoardState,
    *,
    expected: BoardState,
    reason: str = "",
    seen: str | None = None,
    at: datetime,
) -> Board:
    """Bring the board of round `number` into another state.

    `expected` is the state the person saw: if somebody moved it in between, Stale. Freezing takes the snapshot that
    everything public is served from; going back asks a reason and keeps every earlier snapshot readable. `seen` is the
    hash of the snapshot on the page of whoever signs or announces (None: nobody read a page); Stale if another is in
    force by now.
    """
    require(policy.can_step(actor, expected, after))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    board = hold_board(actor, number)
    before = board.state
    if before.is_public and not after.is_public:
        withdraw()
    _check_move(before, after, expected, reason)
    _check_seen(board, after, seen)
    _take_step(actor, number, board, after, reason=reason, at=at)
    board.state, board.announce_at, board.announce_by_id = after, None, None
    if after is BoardState.ANNOUNCED and before is BoardState.SIGNED:
        board.announced_at = at
        board.objections_until = end_of_window(at, board.objection_days, actor.event.zone)
        _tell_teams(actor, board, at)
    db.session.add(
        BoardChange(
            board_id=board.id, before=before, after=after, reason=reason, actor_id=actor.user_id, at=at
        )
    )
    record(
        "board.move",
        actor_id=actor.user_id,
        at=at,
        object_type="board",
        object_id=board.id,
        event_id=actor.event.id,
        before={"state": before},
        after={"state": after, "reason": reason, "snapshot_id": board.snapshot_id},
    )
    if after is BoardState.ANNOUNCED and before is BoardState.SIGNED:
        # the checkpoint covers the announcement itself
        close_result(actor, get_board(actor.event, number), board, at=at)
    return board


def _take_step(
    actor: Actor, number: int, board: Board, after: BoardState, *, reason: str, at: datetime
) -> None:
    """What a step does beside changing the state."""
    before = board.state
    if after is BoardState.FROZEN and before is BoardState.PROVISIONAL:
        _take_snapshot(actor, number, board, at)
        ask_to_sign(actor, number, board, at=at)
    elif after is BoardState.PROVISIONAL and before is not BoardState.COLLECTING:
        _supersede(board, reason, at)
    elif after is BoardState.SIGNED and before is BoardState.FROZEN:
        sign_off(actor, board, reason=reason, at=at)
    elif after is BoardState.FROZEN:
        withdraw_sign_off(board, at=at)
    elif after is BoardState.FINAL:
        require_settled(board, reason=reason, at=at)


def _check_move(before: BoardState, after: BoardState, expected: BoardState, reason: str) -> None:
    require(
        before is expected,
        Stale(_l("Orang lain baru saja mengubah status papan ini. Muat ulang halaman, lalu putuskan lagi.")),
    )
    require(
        can_move(before, after),
        Refused(_l("Papan tidak dapat berpindah ke status itu dari status sekarang.")),
    )
    if needs_reason(before, after):
        missing = Refused(
            _l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat."), field="reason"
        )
        require(len(reason.strip()) >= 10, missing)


def _check_seen(board: Board, after: BoardState, seen: str | None) -> None:
    """What is signed or announced is what was read: another snapshot may be in force since the page was opened."""
    if seen is None or after not in {BoardState.SIGNED, BoardState.ANNOUNCED}:
        return
    sha256 = db.session.scalar(select(Snapshot.sha256).where(Snapshot.id == board.snapshot_id))
    changed = _l("Potret peringkat sudah berganti sejak halaman ini dibuka. Periksa lagi, lalu putuskan.")
    require(seen == sha256, Stale(changed))


def hold_board(actor: Actor, number: int) -> Board:
    """The board of round `number`, made if nobody moved it yet, and nobody else's until the transaction ends."""
    view = get_board(actor.event, number)
    locked(Round, view.round.id)  # two first moves at once make one board
    board = db.session.scalar(select(Board).where(Board.round_id == view.round.id))
    if board is None:
        board = Board(event_id=actor.event.id, round_id=view.round.id, state=BoardState.COLLECTING)
        db.session.add(board)
        db.session.flush()
        return board
    return locked(Board, board.id)


def set_board_options(
    actor: Actor, number: int, *, shows_scores: bool, minimum_ballots: int | None = None, at: datetime
) -> Board:
    """Choose, before freezing, whether scores are published.

    `minimum_ballots` counts for rounds ranked by the plain mean from before there were rules; `services/rules` fixes it
    for the others.
    """
    require(policy.can_move_board(actor))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    board = hold_board(actor, number)
    open_states = {BoardState.COLLECTING, BoardState.PROVISIONAL}
    require(
        board.state in open_states,
        Refused(_l("Papan sudah dibekukan. Buka kembali untuk mengubah pengaturan.")),
    )
    before = {"shows_scores": board.shows_scores, "minimum_ballots": board.minimum_ballots}
    if minimum_ballots is None:
        minimum_ballots = board.minimum_ballots
    board.shows_scores, board.minimum_ballots = shows_scores, minimum_ballots
    record(
        "board.options",
        actor_id=actor.user_id,
        at=at,
        object_type="board",
        object_id=board.id,
        event_id=actor.event.id,
        before=before,
        after={"shows_scores": shows_scores, "minimum_ballots": minimum_ballots},
    )
    return board


def _take_snapshot(actor: Actor, number: int, board: Board, at: datetime) -> None:
    view = get_board(actor.event, number)
    ballots = keep_ballots(actor.event, view)
    computed = compute_board(actor.event, view, full=True, root=ballots.root)
    rows = computed.rows
    require(any(row.rank for row in rows), Refused(_l("Belum ada karya yang dapat diperingkat.")))
    last = db.session.scalar(select(func.max(Snapshot.number)).where(Snapshot.board_id == board.id)) or 0
    made = {"number": last + 1, "sha256": hash_rows(rows), "taken_by_id": actor.user_id, "taken_at": at}
    snapshot = Snapshot(board_id=board.id, **made, **describe(computed))
    db.session.add(snapshot)
    db.session.flush()
    db.session.execute(insert(StandingRow), [_values(snapshot.id, row) for row in rows])
    board.snapshot_id = snapshot.id
    freeze_result(actor.event, view, snapshot, rows, computed.scoring, ballots)


def _values(snapshot_id: int, row: Row) -> dict[str, object]:
    return {"snapshot_id": snapshot_id, **row._asdict()}


def _supersede(board: Board, reason: str, at: datetime) -> None:
    if board.snapshot_id is None:
        return
    snapshot = locked(Snapshot, board.snapshot_id)
    snapshot.superseded_at, snapshot.superseded_reason = at, reason
    board.snapshot_id = None


def _tell_teams(actor: Actor, board: Board, at: datetime) -> None:
    event = actor.event
    for user in list_captains(event.id):
        enqueue_mail(
            "results_announced",
            address=user.email,
            user_id=user.id,
            locale=user.locale or "id",
            event_id=event.id,
            cause=f"board:{board.id}:announced:{board.snapshot_id}:{user.id}",
            context={
                "name": user.full_name,
                "event": event.name,
                "until": board.objections_until.isoformat() if board.objections_until else "",
                "zone": event.zone,
                "objections_path": f"/k/{event.slug}/sanggahan",
                "path": f"/k/{event.slug}/peringkat",
            },
            at=at,
        )
