"""Making bundles: gather, build and sign, recompute from the very bytes, keep."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import ensure_key, make_checkpoint
from innovate.core import keys, storage
from innovate.core.db import db, locked, transaction
from innovate.core.errors import Refused
from innovate.events.models import Event
from innovate.events.queries import actor_in
from innovate.results import policy
from innovate.results.domain.bundle.inputs import FrozenResult as Result
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.models import Board, FrozenResult, ResultBundle, Snapshot
from innovate.results.queries.boards import BoardView, get_board, load_basis
from innovate.results.queries.proofs import (
    BUNDLE,
    find_bundle,
    find_bundle_place,
    find_frozen,
    load_trail,
    write_public_keys,
)
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.services.proofs import freeze_result, keep_ballots
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, register_kind

Tell = Callable[[str], None]
STAGES = ("gather", "build", "check")


def connect() -> None:
    """Offer bundles to the runner of long work."""
    register_kind(
        Kind(
            name=BUNDLE,
            title=_l("Menyusun berkas bukti"),
            run=run_bundles,
            stages={
                "gather": _l("Mengumpulkan penilaian dan jejak audit"),
                "build": _l("Menyusun dan menandatangani"),
                "check": _l("Menghitung ulang dari berkas itu sendiri"),
            },
            may_handle=_may_handle,
            place=find_bundle_place,
        )
    )


def _may_handle(user_id: int, task: Task) -> bool:
    event, user = db.session.get(Event, task.event_id), db.session.get(User, user_id)
    return event is not None and user is not None and policy.can_move_board(actor_in(event, user))


def run_bundles(work: Work) -> Mapping[str, Any]:
    """Both bundles of a board's snapshot; their SHA-256 by kind."""
    made: dict[str, str] = {}
    steps = len(STAGES) * len(Publication)

    def tell(stage: str) -> None:
        work.tell(len(STAGES) * len(made) + STAGES.index(stage), steps, stage)

    event = db.session.get_one(Event, work.event_id)
    for publication in Publication:
        bundle = publish_bundle(event, work.inputs["number"], publication, at=work.now(), tell=tell)
        made[publication.value] = bundle.sha256
    return made


def publish_bundle(
    event: Event, number: int, publication: Publication, *, at: datetime, tell: Tell = lambda _stage: None
) -> ResultBundle:
    """The bundle of the board's snapshot, made where it is not there yet. Runs outside a transaction.

    Refused where nothing is frozen, or where the result does not follow from its own files.
    """
    tell("gather")
    with transaction():
        frozen = _close(event, get_board(event, number), at)
    known = find_bundle(frozen, publication)
    if known:
        return known
    content = _build(event, frozen, publication, tell)
    stored = storage.save(content)
    bundle = ResultBundle(
        snapshot_id=frozen.snapshot_id,
        publication=publication,
        checkpoint=frozen.checkpoint,
        storage_key=stored.key,
        size=stored.size,
        sha256=stored.sha256,
        made_at=at,
    )
    with transaction():
        locked(FrozenResult, frozen.snapshot_id)  # of two runners one keeps it
        known = find_bundle(frozen, publication)
        if known is None:
            db.session.add(bundle)
    return known or bundle


def _close(event: Event, view: BoardView, at: datetime) -> FrozenResult:
    """What the bundle is of, under a checkpoint; ballots of a snapshot older than this proof are kept now."""
    if view.board is None or view.board.snapshot_id is None:
        raise Refused(_l("Belum ada peringkat yang dibekukan."))
    frozen = find_frozen(view.board.snapshot_id)
    if frozen is None:
        locked(Board, view.board.id)
        snapshot = db.session.get_one(Snapshot, view.board.snapshot_id)
        frozen = find_frozen(snapshot.id) or _freeze_late(event, view, snapshot)
    ensure_key(at=at)
    if frozen.checkpoint is None:
        frozen.checkpoint = make_checkpoint(at=at).number
    return frozen


def _freeze_late(event: Event, view: BoardView, snapshot: Snapshot) -> FrozenResult:
    """The rows as they were, the ballots as they are: where these no longer lead to those, the check says so."""
    from innovate.results.queries.computed import score

    rows, scoring = list_all_rows(snapshot.id), score(load_basis(event, view))
    return freeze_result(event, view, snapshot, rows, scoring, keep_ballots(event, view))


def _build(event: Event, frozen: FrozenResult, publication: Publication, tell: Tell) -> bytes:
    from innovate.results.domain.bundle.build import Signer, build_bundle
    from innovate.results.domain.bundle.verifier.files import read_keys
    from innovate.results.domain.bundle.verifier.proofs import Differs
    from innovate.results.domain.bundle.verifier.whole import verify

    result = Result.from_bytes(storage.read(frozen.storage_key))
    trail = load_trail(event.id, frozen.checkpoint or 0)
    tell("build")
    seed = keys.load_seed() or b""
    signer = Signer(keys.public_of(seed), lambda message: keys.sign(seed, message))
    content = build_bundle(result, trail, publication, signer).content
    tell("check")
    try:
        verify(io.BytesIO(content), read_keys(write_public_keys()))
    except Differs as difference:
        text = _l("Hasil tidak dapat dihitung ulang dari berkasnya: %(what)s", what=str(difference))
        raise Refused(text) from difference
    return content
