"""Results ready to be published: a small raw one without a database, and what signs it; bundles in the database."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from innovate.audit.domain.chain import GENESIS, Link, hash_details, hash_link
from innovate.audit.domain.checkpoints import ORIGIN
from innovate.audit.domain.merkle import build_levels, leaf_hash, prove_many, root_of
from innovate.audit.domain.notes import FIRST, Checkpoint, key_id_of, write_note
from innovate.core import keys, storage
from innovate.core.db import db
from innovate.results.domain.bundle.build import Signer, pack
from innovate.results.domain.bundle.inputs import (
    Criterion,
    Exclusion,
    FrozenResult,
    Place,
    Publication,
    RoundPart,
    RoundScore,
    RubricPart,
    Trail,
    write_score,
)
from innovate.results.models import FrozenResult as Frozen
from innovate.results.models import ResultBundle
from innovate.scoring.domain.leaves import published_id, write_line
from tests.factories.build import NOW, add

SECRET = "5e" * 32
SEED = bytes(range(32))
RUBRIC = RubricPart(7, (Criterion(70, "Kebaruan", "60", "1", "5"), Criterion(71, "Manfaat", "40", "1", "5")))
PUBLIC = f"{keys.public_of(SEED).hex()}\n"


def signer(seed: bytes = SEED) -> Signer:
    return Signer(keys.public_of(seed), lambda message: keys.sign(seed, message))


def line(number: int, idea: str, juror: int, *marks: str, round_id: int = 1, rubric: RubricPart = RUBRIC):
    values = {c.id: Decimal(mark) for c, mark in zip(rubric.criteria, marks, strict=True)}
    return write_line(
        SECRET,
        ballot_id=number,
        user_id=juror,
        idea=idea,
        round_id=round_id,
        rubric_id=rubric.id,
        revision_id=1,
        values=values,
    )


def place(idea: str, rank: int | None, score: float | None, ballots: int, **values: Any) -> Place:
    rounds = (RoundScore(write_score(score), ballots),)
    defaults = {"number": 1, "title": idea.upper(), "group": "A", "track": "", "ties": {}}
    return Place(idea=idea, rank=rank, score=write_score(score), **{"rounds": rounds, **defaults, **values})


def small_result(**values: Any) -> FrozenResult:
    """Four ideas: `teras` has 90 and 80, `rapi` and `sigap` tie at 70, `baru` is unscored; one ballot is excluded."""
    ballots = [
        line(1, "rapi", 1, "4", "3.5"),  # 45 + 25 = 70
        line(2, "sigap", 1, "3", "5"),  # 30 + 40 = 70
        line(3, "teras", 1, "5", "4"),  # 60 + 30 = 90
        line(4, "teras", 2, "5", "3"),  # 60 + 20 = 80
        line(5, "teras", 3, "1", "1"),  # excluded
    ]
    defaults = {
        "event": "lomba",
        "name": "Lomba Kota",
        "round": 1,
        "snapshot": 1,
        "taken_at": "2026-11-23T02:30:00Z",
        "minimum_ballots": 1,
        "rounds": (RoundPart(1, 1, "Penilaian", "100", 7),),
        "rubrics": (RUBRIC,),
        "ties": ({"rule": "shared"},),
        "rulings": (),
        "seeds": {},
        "exclusions": (Exclusion(published_id(SECRET, "ballot", 5), "Benturan", "2026-11-22T00:00:00Z"),),
        "places": (
            place("teras", 1, 85.0, 2),
            place("rapi", 2, 70.0, 1),
            place("sigap", 2, 70.0, 1),
            place("baru", None, None, 0),
        ),
        "lines": tuple(ballots),
    }
    given = {**defaults, **values}
    jurors = len({json.loads(each)["juror"] for each in given["lines"]})
    methods = {part.method for part in given["rounds"]}
    return FrozenResult(**{"jurors": jurors, "method": min(methods), **given})


def trail(events: Sequence[int | None] = (3, None, 3, 3, 9, 3), *, seed: bytes = SEED) -> Trail:
    """A trail of entries of these events; those of event 3 are the bundle's."""
    rows, previous = [], GENESIS
    for number, event in enumerate(events, 1):
        at = f"2026-11-23T02:{number % 60:02}:00+00:00"
        link = Link(number, at, 5, "board.move", "board", "12", event, hash_details("salt", {"n": number}))
        rows.append((vars(link), previous, previous := hash_link(link, previous)))
    levels = build_levels([leaf_hash(bytes.fromhex(own)) for _link, _before, own in rows])
    wanted = [n for n, event in enumerate(events) if event == 3]
    lines = (("previous", FIRST), ("time", "2026-11-23T02:40:00Z"))
    checkpoint = Checkpoint(ORIGIN, len(rows), root_of(levels).hex(), lines)
    text = write_note(checkpoint, key_id_of(keys.public_of(seed)), keys.sign(seed, checkpoint.body.encode()))
    proof = tuple(each.hex() for each in prove_many(levels, wanted))
    return Trail(tuple(rows[n] for n in wanted), text, proof)


def unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(files: Mapping[str, bytes]) -> bytes:
    return pack(files)


def make_result_bundle(snapshot_id: int, publication: Publication) -> ResultBundle:
    """A bundle of a frozen snapshot under its checkpoint; what is in the file does not matter here."""
    frozen = db.session.get_one(Frozen, snapshot_id)
    kept = storage.save(f"{snapshot_id} {publication}".encode())
    file = {"storage_key": kept.key, "size": kept.size, "sha256": kept.sha256, "made_at": NOW}
    about = {"snapshot_id": snapshot_id, "publication": publication, "checkpoint": frozen.checkpoint}
    return add(ResultBundle(**about, **file))
