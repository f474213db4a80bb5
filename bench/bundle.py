"""The proof of a result of 50,000 ballots: frozen, built and signed, recomputed from its own bytes."""

from __future__ import annotations

import io
import time
from decimal import Decimal
from random import Random

from bench.report import Line, Report
from innovate.audit.domain.chain import GENESIS, Link, hash_link
from innovate.audit.domain.checkpoints import ORIGIN
from innovate.audit.domain.merkle import build_levels, leaf_hash, prove_many, root_of
from innovate.audit.domain.notes import FIRST, Checkpoint, key_id_of, write_note
from innovate.core import keys
from innovate.results.domain.bundle.build import Signer, build_bundle
from innovate.results.domain.bundle.inputs import (
    Criterion,
    FrozenResult,
    Place,
    Publication,
    RoundPart,
    RoundScore,
    RubricPart,
    Trail,
    write_ratio,
    write_score,
)
from innovate.results.domain.bundle.verifier.files import read_keys
from innovate.results.domain.bundle.verifier.reml import Fit
from innovate.results.domain.bundle.verifier.scores import read_ballots, split_by_idea
from innovate.results.domain.bundle.verifier.whole import verify
from innovate.scoring.domain.leaves import write_line

HEADING = (
    "G10: proof of 50,000 ballots (10,000 entries x 5, 200 jurors, fair), and 60,000 entries of the trail"
)
ENTRIES, JURORS, K, LOGGED = 10_000, 200, 5, 60_000
SECONDS = 15
RUBRIC = RubricPart(1, tuple(Criterion(n, f"Kriteria {n}", "20", "1", "5") for n in range(1, 6)))
SEED = bytes(32)


def write_lines(rng: Random) -> list[bytes]:
    """Ballots of jurors of different strictness, by idea and juror."""
    strict = [rng.gauss(0, 0.6) for _ in range(JURORS)]
    found: list[bytes] = []
    for entry in range(ENTRIES):
        quality = rng.gauss(3, 0.8)
        for juror in rng.sample(range(JURORS), K):
            marks = [min(5, max(1, round(quality + strict[juror] + rng.gauss(0, 0.6)))) for _ in range(5)]
            values = {n: Decimal(mark) for n, mark in enumerate(marks, 1)}
            number = len(found)
            found.append(
                write_line(
                    "5e" * 32,
                    ballot_id=number,
                    user_id=juror,
                    idea=f"idea{entry:08}",
                    round_id=1,
                    rubric_id=1,
                    revision_id=entry,
                    values=values,
                )
            )
    return found


def make_result(lines: list[bytes]) -> FrozenResult:
    """The result that follows from the ballots."""
    import json
    import math

    import numpy as np

    head = {"rubrics": [{"id": 1, "criteria": [vars(c) for c in RUBRIC.criteria]}], "exclusions": []}
    ballots = read_ballots([(line, json.loads(line)) for line in lines], head | {"rounds": [{"id": 1}]})[1]
    jurors = {name: n for n, name in enumerate(sorted({b.juror for b in ballots}))}
    ideas = {name: n for n, name in enumerate(split_by_idea(ballots))}
    fit = Fit.of(
        np.array([float(b.total) for b in ballots]),
        np.array([ideas[b.idea] for b in ballots]),
        np.array([jurors[b.juror] for b in ballots]),
    )
    ratio = write_ratio(fit.optimum())
    if math.isinf(float(ratio)):
        raise RuntimeError("the jurors of this measurement differ in strictness")
    scores = {name: write_score(score) for name, score in zip(ideas, fit.solve(float(ratio)), strict=True)}
    order = sorted(scores, key=lambda name: -float(scores[name] or 0))
    places: list[Place] = []
    for n, name in enumerate(order, 1):
        tied = places and places[-1].score == scores[name]
        rank = places[-1].rank if tied else n
        rounds = (RoundScore(scores[name], K),)
        places.append(Place(name, n, f"Karya {n}", "A", "", rank, scores[name], rounds, {}))
    return FrozenResult(
        event="ukur",
        name="Pengukuran",
        round=1,
        snapshot=1,
        taken_at="2026-11-23T02:30:00Z",
        method="fair",
        minimum_ballots=1,
        jurors=JURORS,
        rounds=(RoundPart(1, 1, "Penilaian", "100", 1, "fair", ratio),),
        rubrics=(RUBRIC,),
        ties=({"rule": "shared"},),
        rulings=(),
        seeds={},
        exclusions=(),
        places=tuple(places),
        lines=tuple(lines),
    )


def make_trail() -> Trail:
    """A trail of which most entries are this event's, under a signed checkpoint."""
    rows, previous = [], GENESIS
    for number in range(1, LOGGED + 1):
        event = 1 if number % 6 else 2
        at = "2026-11-23T02:30:00+00:00"
        link = Link(number, at, number % 200, "ballot.submit", "ballot", str(number), event, "0" * 64)
        own = hash_link(link, previous)
        rows.append((vars(link), previous, own))
        previous = own
    levels = build_levels([leaf_hash(bytes.fromhex(own)) for _link, _before, own in rows])
    lines = (("previous", FIRST), ("time", "2026-11-23T02:40:00Z"))
    checkpoint = Checkpoint(ORIGIN, len(rows), root_of(levels).hex(), lines)
    text = write_note(checkpoint, key_id_of(keys.public_of(SEED)), keys.sign(SEED, checkpoint.body.encode()))
    ours = [n for n, (link, _before, _own) in enumerate(rows) if link["event_id"] == 1]
    proof = tuple(each.hex() for each in prove_many(levels, ours))
    return Trail(tuple(rows[n] for n in ours), text, proof)


def measure_bundle(report: Report) -> None:
    """What the runner does for a full bundle, without the queries."""
    began = time.perf_counter()
    lines = write_lines(Random(1))
    frozen = time.perf_counter() - began
    kept, trail = make_result(lines).as_bytes(), make_trail()
    signer = Signer(keys.public_of(SEED), lambda message: keys.sign(SEED, message))
    began = time.perf_counter()
    content = build_bundle(FrozenResult.from_bytes(kept), trail, Publication.FULL, signer).content
    built = time.perf_counter() - began
    verified = verify(io.BytesIO(content), read_keys(keys.public_of(SEED).hex()))
    checked = time.perf_counter() - began - built
    whole = frozen + built + checked
    size = f"{len(content) / 1e6:.1f} MB"
    report.add(HEADING, Line("ballots written as lines", f"{frozen:5.1f} s"))
    report.add(HEADING, Line("built and signed", f"{built:5.1f} s", size))
    same = not verified.unchecked and verified.checked[-1] == f"ranks of {ENTRIES} ideas"
    report.add(
        HEADING,
        Line("recomputed from its bytes", f"{checked:5.1f} s", verified.checked[-1], "all of it, 1e-6", same),
    )
    report.add(HEADING, Line("all of it", f"{whole:5.1f} s", "", f"< {SECONDS} s", whole < SECONDS))
