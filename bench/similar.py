"""Planted copies among 10,000 proposals of 3,000 words, and one new draft beside everything that was handed in."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from flask import Flask
from sqlalchemy import insert, select, update

from bench.proposals import SHARES, WORDS, Proposals, make_proposals
from bench.report import Line, Report
from innovate.core.db import db, transaction
from innovate.ideas.cli.sources import Folder
from innovate.ideas.domain.similarity.batch import Hashes, find_pairs, fingerprint_many
from innovate.ideas.domain.similarity.hashes import fingerprint_all
from innovate.ideas.models import Fingerprint, FingerprintSet, Idea, IdeaRevision
from innovate.ideas.queries.similar.lookup import find_alike

HEADING = f"Similar ideas: 10,000 proposals of {WORDS:,} words"
ENTRIES, COPIES, OTHERS = 10_000, 100, 5
SECONDS, DRAFT_MS, DRAFTS = 30, 50, 40
_ROWS = 200_000  # stored at a time


def measure_similar(report: Report) -> tuple[Proposals, list[Hashes]]:
    """Read from a folder as the command does, fingerprinted and paired. Returns what the look-up is measured on."""
    made = make_proposals(ENTRIES, copies=COPIES)
    with TemporaryDirectory() as name:
        for number, text in enumerate(made.texts):
            (Path(name) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        began = time.perf_counter()
        marks = list(fingerprint_many(text for _name, text in Folder(Path(name)).read()))
        found = find_pairs(marks)
        seconds = time.perf_counter() - began
    pairs = {(pair.a, pair.b) for pair in found.pairs}
    missed, others = len(made.planted.keys() - pairs), len(pairs - made.planted.keys())
    report.add(HEADING, Line("time", f"{seconds:5.1f} s", "", f"< {SECONDS} s", seconds < SECONDS))
    planted = f"{COPIES} planted, from {min(SHARES):.0%} on"
    report.add(HEADING, Line("copies missed", f"{missed}", planted, "0", missed == 0))
    report.add(HEADING, Line("other pairs", f"{others}", "", f"<= {OTHERS}", others <= OTHERS))
    return made, marks


def measure_draft(report: Report, app: Flask, made: Proposals, marks: Sequence[Hashes]) -> None:
    """A new draft with a tenth of a stored one in it, beside one fingerprint for each entry of the database."""
    with app.app_context():
        stored = _store(marks)
        taken = []
        for number in range(DRAFTS):
            mine, theirs = (
                make_proposals(1, seed=1000 + number, copies=0, laws=False).texts[0],
                made.texts[number],
            )
            draft = mine + "\n\n" + theirs[5000:7200]
            began = time.perf_counter()
            found = find_alike(fingerprint_all(draft.split("\n\n")))
            taken.append(time.perf_counter() - began)
            if not found.alike:
                raise RuntimeError("a copy of a tenth was not found")
            db.session.rollback()
    middle = statistics.median(taken) * 1000
    beside = f"slowest of {DRAFTS}: {max(taken) * 1000:.0f} ms, {stored:,} entries stored"
    report.add(
        HEADING,
        Line("a new draft checked", f"{middle:.0f} ms", beside, f"< {DRAFT_MS} ms", middle < DRAFT_MS),
    )


def _store(marks: Sequence[Hashes]) -> int:
    """As many fingerprints as there are entries, at most one for each proposal; sorted, so that it takes seconds."""
    query = select(Idea.id, IdeaRevision.id).join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
    places = db.session.execute(query.order_by(Idea.id).limit(len(marks))).tuples().all()
    db.session.rollback()
    used = marks[: len(places)]
    value = np.concatenate(used)
    idea = np.repeat([idea_id for idea_id, _revision in places], [len(mark) for mark in used])
    order = np.argsort(value, kind="stable")
    sets = [
        {"idea_id": idea_id, "revision_id": revision_id, "hashes": mark.tobytes()}
        for (idea_id, revision_id), mark in zip(places, used, strict=True)
    ]
    with transaction():
        for start in range(0, len(order), _ROWS):
            some = order[start : start + _ROWS]
            pairs = zip(value[some].tolist(), idea[some].tolist(), strict=True)
            db.session.execute(insert(Fingerprint), [{"hash": h, "idea_id": i} for h, i in pairs])
        db.session.execute(insert(FingerprintSet), sets)
        db.session.execute(update(FingerprintSet).values(compared_at=datetime.now(UTC)))
    return len(places)
