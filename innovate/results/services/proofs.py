"""Proofs of a result: its ballots are kept when it is frozen, and closed with a checkpoint when it is announced."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import make_checkpoint, record
from innovate.core import storage
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail_once
from innovate.results import policy
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.domain.standing import Row
from innovate.results.models import Board, FrozenResult, Snapshot, StandingRow
from innovate.results.queries.boards import BoardView, get_board, load_basis
from innovate.results.queries.frozen import gather_result
from innovate.results.queries.kept import KeptBallots, list_kept_ballots
from innovate.results.queries.proofs import BUNDLE, find_frozen, subject_of
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.services.leaves import ensure_secret
from innovate.tasks.models import Task
from innovate.tasks.services import enqueue_task

if TYPE_CHECKING:  # numpy is loaded by whoever computes
    from innovate.results.domain.scored.rounds import Scoring

log = logging.getLogger(__name__)


def keep_ballots(event: Event, view: BoardView) -> KeptBallots:
    """The ballots behind a board as they are now, each as the line that proves it."""
    return list_kept_ballots(
        [round_.id for round_ in load_basis(event, view).rounds], ensure_secret(event.id)
    )


def freeze_result(
    event: Event,
    view: BoardView,
    snapshot: Snapshot,
    rows: Sequence[Row | StandingRow],
    scoring: Scoring | None,
    ballots: KeptBallots,
) -> FrozenResult:
    """Keep what a snapshot was computed from; `scoring` is what its ballots give. The files are named by their content;
    a rollback leaves them unused.
    """
    result = gather_result(event, view, snapshot, rows, scoring, ballots)
    frozen = FrozenResult(
        snapshot_id=snapshot.id,
        storage_key=storage.save(result.as_bytes()).key,
        root=ballots.root.hex(),
        ballots=len(result.lines),
        jurors=result.jurors,
    )
    db.session.add(frozen)
    db.session.flush()
    return frozen


def close_result(actor: Actor, view: BoardView, board: Board, *, at: datetime) -> None:
    """At the announcement: sign the trail, send the checkpoint to every juror, and have the bundles made.

    Where the private key is missing the announcement goes on; asking for the bundles later makes up for it.
    """
    frozen = find_frozen(board.snapshot_id)
    if frozen is None:
        return
    try:
        checkpoint = make_checkpoint(at=at)
    except Refused:
        log.exception("board %s is announced without a checkpoint", board.id)
        return
    frozen.checkpoint = checkpoint.number
    for juror in list_jurors(actor.event.id):
        _mail_checkpoint(actor.event, board, juror.user, checkpoint.text, frozen.root, at)
    _enqueue(actor, view, board, at)


def _mail_checkpoint(event: Event, board: Board, user: User, text: str, root: str, at: datetime) -> None:
    enqueue_mail_once(
        "result_checkpoint",
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=event.id,
        cause=f"board:{board.id}:checkpoint:{board.snapshot_id}:{user.id}",
        context={
            "name": user.full_name,
            "event": event.name,
            "root": root,
            "checkpoint": text,
            "path": f"/k/{event.slug}/juri/bukti",
        },
        at=at,
    )


def choose_board_publication(
    actor: Actor, number: int, publication: Publication | None, *, at: datetime
) -> Board:
    """Choose what everybody may download once the result is announced; None leaves it to the size of the jury."""
    board = _frozen_board(actor, get_board(actor.event, number))
    board = locked(Board, board.id)
    before, board.publication = board.publication, publication
    record(
        "board.publication",
        actor_id=actor.user_id,
        at=at,
        object_type="board",
        object_id=board.id,
        event_id=actor.event.id,
        before={"publication": before},
        after={"publication": publication},
    )
    return board


def start_bundle(actor: Actor, number: int, *, at: datetime) -> Task:
    """Ask for the bundles of the board's snapshot, the full one and the summary."""
    view = get_board(actor.event, number)
    return _enqueue(actor, view, _frozen_board(actor, view), at)


def _frozen_board(actor: Actor, view: BoardView) -> Board:
    require(policy.can_move_board(actor))
    missing = Refused(
        _l("Bekukan peringkat lebih dahulu. Berkas bukti dibuat dari peringkat yang dibekukan.")
    )
    if view.board is None or view.board.snapshot_id is None:
        raise missing
    return view.board


def _enqueue(actor: Actor, view: BoardView, board: Board, at: datetime) -> Task:
    return enqueue_task(
        BUNDLE,
        actor_id=actor.user_id,
        event_id=actor.event.id,
        about=subject_of(board),
        inputs={"number": view.number},
        at=at,
    )
