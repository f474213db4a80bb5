"""Reading what proves results: bundles, the trail behind them, and a juror's own leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from innovate.audit import queries as audit
from innovate.audit.domain.merkle import Levels, build_levels, inclusion_path, leaf_hash, prove_many
from innovate.audit.domain.notes import write_keys
from innovate.core import storage
from innovate.core.db import db
from innovate.events.models import Event
from innovate.results.domain.bundle.inputs import Publication, Trail, choose_publication, read_lines
from innovate.results.models import Board, FrozenResult, ResultBundle
from innovate.results.queries.boards import BoardView, list_boards, list_public_boards
from innovate.scoring.domain.leaves import write_line
from innovate.scoring.models.receipts import LeafSecret
from innovate.scoring.queries.receipts import ReceiptRow, list_receipts
from innovate.tasks.models import Task
from innovate.tasks.queries import list_tasks

BUNDLE = "results.bundle"


def subject_of(board: Board) -> str:
    """How tasks name a board."""
    return f"board:{board.id}"


def find_bundle_place(task: Task) -> tuple[str, dict[str, Any]]:
    """The address of a board's proofs: endpoint and values."""
    event = db.session.get_one(Event, task.event_id)
    number = next((v.number for v in list_boards(event) if v.board and subject_of(v.board) == task.about), 1)
    return "results.proofs", {"slug": event.slug, "number": number}


def find_frozen(snapshot_id: int | None) -> FrozenResult | None:
    """What was kept of a snapshot's ballots; None of one that was frozen before ballots were kept."""
    return db.session.get(FrozenResult, snapshot_id) if snapshot_id else None


def find_bundle(frozen: FrozenResult | None, publication: Publication) -> ResultBundle | None:
    """The bundle of a kind that belongs to the closing checkpoint; None until it is made."""
    if frozen is None or frozen.checkpoint is None:
        return None
    query = select(ResultBundle).where(
        ResultBundle.snapshot_id == frozen.snapshot_id,
        ResultBundle.publication == publication,
        ResultBundle.checkpoint == frozen.checkpoint,
    )
    return db.session.scalar(query)


@dataclass(frozen=True)
class Proofs:
    """What there is to prove a board's snapshot; `published` is what everybody gets once the result is announced, None
    where scores are not published.
    """

    frozen: FrozenResult | None = None
    full: ResultBundle | None = None
    summary: ResultBundle | None = None
    published: Publication | None = None
    checkpoint: str = ""


def load_proofs(view: BoardView) -> Proofs:
    """The proofs of a board's present snapshot."""
    board = view.board
    frozen = find_frozen(board.snapshot_id if board else None)
    if board is None or frozen is None:
        return Proofs()
    published = choose_publication(board.publication, frozen.jurors) if board.shows_scores else None
    return Proofs(
        frozen,
        find_bundle(frozen, Publication.FULL),
        find_bundle(frozen, Publication.SUMMARY),
        published,
        audit.get_checkpoint(frozen.checkpoint).text if frozen.checkpoint else "",
    )


def find_published(view: BoardView) -> ResultBundle | None:
    """What everybody may download of a board once it is announced; None while it is sealed or not made. One query."""
    board = view.board
    if board is None or not view.state.is_public or not board.shows_scores:
        return None
    same = (ResultBundle.snapshot_id == FrozenResult.snapshot_id) & (
        ResultBundle.checkpoint == FrozenResult.checkpoint
    )
    query = select(ResultBundle, FrozenResult.jurors).join(FrozenResult, same)
    rows = db.session.execute(query.where(FrozenResult.snapshot_id == board.snapshot_id))
    chosen = (b for b, jurors in rows if b.publication is choose_publication(board.publication, jurors))
    return next(chosen, None)


def find_task(board: Board) -> Task | None:
    """The latest making of a board's bundles."""
    return next(iter(list_tasks(BUNDLE, subject_of(board), limit=1)), None)


def load_trail(event_id: int, number: int) -> Trail:
    """The event's entries under checkpoint `number`, and what leads from them to its root."""
    checkpoint = audit.get_checkpoint(number)
    links = audit.list_links(event_id, checkpoint.size)
    levels = build_levels([leaf_hash(bytes.fromhex(own)) for own in audit.list_hashes(checkpoint.size)])
    proof = prove_many(levels, [link.number - 1 for link, _before, _own in links])
    entries = tuple((vars(link), before, own) for link, before, own in links)
    return Trail(entries, checkpoint.text, tuple(each.hex() for each in proof))


def write_public_keys() -> str:
    """Every public key with its time, as the file that verifiers take."""
    return write_keys((key.key_id, key.public, key.valid_from, key.valid_until) for key in audit.list_keys())


# -- a juror's own ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Inclusion:
    """Where a leaf stands in a published result: which of `size` ballots it is (from 0), and the way to the root."""

    phase: str
    number: int
    index: int
    size: int
    path: tuple[str, ...]
    root: str


@dataclass(frozen=True)
class OwnProof:
    """A juror's receipt, the line it is published as, and where that is found in an announced result.

    `state`: found; waiting (nothing is announced yet); replaced (by a later hand-in, or a new version of the rubric);
    late (handed in after the ranking was frozen); missing (it should be there and is not).
    """

    row: ReceiptRow
    line: str
    found: Inclusion | None
    state: str


def list_own_proofs(event: Event, user_id: int) -> list[OwnProof]:
    """A juror's receipts, the newest first, each with its place in the announced results."""
    receipts = list_receipts(event.id, user_id)
    trees = _load_trees(list_public_boards(event)) if receipts else []
    secret = db.session.scalar(select(LeafSecret.secret).where(LeafSecret.event_id == event.id)) or ""
    proofs = []
    for row in receipts:
        line = _write_own_line(secret, row, user_id) if secret and row.receipt.leaf else ""
        found = _find_leaf(trees, row.receipt.leaf or "")
        proofs.append(OwnProof(row, line, found, "found" if found else _tell_absent(trees, row)))
    return proofs


def _tell_absent(trees: Sequence[_Tree], row: ReceiptRow) -> str:
    if not row.stands:
        return "replaced"
    tree = next((each for each in trees if each.view.round.id == row.round_id), None)
    if tree is None or row.receipt.leaf is None:
        return "waiting"
    return "late" if tree.frozen_at < row.receipt.at else "missing"


def _write_own_line(secret: str, row: ReceiptRow, user_id: int) -> str:
    content = row.receipt.content
    return write_line(
        secret,
        ballot_id=row.receipt.ballot_id,
        user_id=user_id,
        idea=row.idea_public_id,
        round_id=row.round_id,
        rubric_id=content["rubric"],
        revision_id=content["revision"],
        values={int(key): Decimal(value) for key, value in content["values"].items()},
    ).decode()


@dataclass(frozen=True)
class _Tree:
    view: BoardView
    frozen_at: datetime
    root: str
    levels: Levels
    places: dict[bytes, int]


def _load_trees(views: Sequence[BoardView]) -> list[_Tree]:
    ids = [view.board.snapshot_id for view in views if view.board and view.board.snapshot_id]
    query = select(FrozenResult).where(FrozenResult.snapshot_id.in_(ids))
    kept = {frozen.snapshot_id: frozen for frozen in db.session.scalars(query)}
    trees = []
    for view in views:
        frozen = kept.get(view.board.snapshot_id or 0) if view.board else None
        if frozen and view.board and view.board.snapshot:
            leaves = [leaf_hash(line) for line in read_lines(storage.read(frozen.storage_key))]
            places = {leaf: n for n, leaf in enumerate(leaves)}
            trees.append(_Tree(view, view.board.snapshot.taken_at, frozen.root, build_levels(leaves), places))
    return trees


def _find_leaf(trees: Sequence[_Tree], leaf: str) -> Inclusion | None:
    wanted = bytes.fromhex(leaf)
    for tree in reversed(trees):
        if wanted in tree.places:
            index = tree.places[wanted]
            path = tuple(each.hex() for each in inclusion_path(tree.levels, index))
            return Inclusion(tree.view.name, tree.view.number, index, len(tree.levels[0]), path, tree.root)
    return None
