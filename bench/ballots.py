"""Saving ballots: jurors at once through the web server, beside bare SQLite commits of the same rows."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, select

from bench.load import Plan, run
from bench.people import Person, sign_in
from bench.report import Line, Report
from bench.server import Server
from innovate.core.db import db
from innovate.events.models import Event
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Criterion, Round

HEADING = "Saving a ballot"
WRITERS = 8  # the targets count here
WHOLE_JURY = 32
DESKS = 1 + WRITERS + WHOLE_JURY  # the first is for the bare commits
SAVES_A_SECOND = 200
CPU_MS = 8
_WRITES = ("INSERT", "UPDATE", "DELETE")
Statements = list[tuple[str, tuple[Any, ...]]]


@dataclass(frozen=True)
class Desk:
    """A juror with one entry before them."""

    path: str
    person: Person
    fields: dict[str, str]

    def writer(self, version: int) -> dict[str, Any]:
        """For the load generator."""
        headers = self.person.headers | {"X-CSRFToken": self.person.csrf_token}
        return {"path": self.path, "headers": headers, "fields": self.fields, "version": version}


def set_desks(app: Flask, slug: str, count: int) -> list[Desk]:
    """As many signed-in jurors of the event, each with an entry nobody has scored yet."""
    with app.app_context():
        round_ = db.session.scalars(select(Round).join(Event).where(Event.slug == slug)).one()
        keys = db.session.scalars(select(Criterion.id).where(Criterion.rubric_id == round_.rubric_id)).all()
        first_of_each = (
            select(Assignment)
            .where(Assignment.round_id == round_.id)
            .order_by(Assignment.user_id, Assignment.id)
        )
        chosen = {seat.user_id: seat.public_id for seat in db.session.scalars(first_of_each)}
    fields = {f"nilai-{key}": "4" for key in keys} | {f"catatan-{key}": "Bukti lengkap." for key in keys}
    seats = list(chosen.items())[:count]
    return [Desk(f"/k/{slug}/juri/karya/{token}/simpan", sign_in(app, user), fields) for user, token in seats]


def measure_saves(report: Report, server: Server, desks: list[Desk], seconds: float, bare: float) -> None:
    """Eight jurors, then thirty-two others, save again and again, each on the version the server answered last."""
    _measure(report, server, desks[1 : 1 + WRITERS], seconds, bare, has_targets=True)
    _measure(report, server, desks[1 + WRITERS :], seconds, bare, has_targets=False)


def _measure(
    report: Report, server: Server, desks: list[Desk], seconds: float, bare: float, *, has_targets: bool
) -> None:
    writers = [desk.writer(version=0) for desk in desks]
    before = server.cpu_seconds()
    outcome = run(Plan(server.host, server.port, "", len(writers), seconds, writers=writers))
    used = server.cpu_seconds() - before
    cpu_ms = 1000 * used * seconds / (seconds + 1) / outcome.requests
    rate = Line(
        f"{len(writers)} jurors at once",
        f"{outcome.per_second:6.0f}/s  p95 {1000 * outcome.p95:6.1f} ms",
        f"{outcome.per_second / bare:.0%} of bare; all {outcome.requests} got 200",
        f">= {SAVES_A_SECOND}/s" if has_targets else "",
        outcome.per_second >= SAVES_A_SECOND if has_targets else None,
    )
    report.add(HEADING, rate)
    if has_targets:
        reached = cpu_ms <= CPU_MS
        cpu = Line("CPU of the server for one save", f"{cpu_ms:5.2f} ms", "", f"<= {CPU_MS} ms", reached)
        report.add(HEADING, cpu)


def measure_bare_commits(report: Report, app: Flask, desk: Desk, copy: Path, seconds: float) -> float:
    """The statements one save sends, replayed with bare sqlite3 and the same `synchronous` on a copy: commits/s."""
    statements = _record_save(app, desk)
    database = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    rate = _replay(copy, statements, seconds) / seconds
    text = f"{len(statements)} statements, one writer, bare sqlite3"
    report.add(HEADING, Line("Reference: commit of the same rows", f"{rate:6.0f}/s", text))
    for leftover in copy.parent.glob(f"{copy.name}*"):
        leftover.unlink()
    return rate


def _record_save(app: Flask, desk: Desk) -> Statements:
    """What the second save of a ballot writes: the first also makes the ballot."""
    _save(app, desk, version=0)
    return _save(app, desk, version=1)


def _save(app: Flask, desk: Desk, *, version: int) -> Statements:
    client = app.test_client(use_cookies=False)
    headers = [*desk.person.headers.items(), ("X-CSRFToken", desk.person.csrf_token)]
    fields = {**desk.fields, "version": str(version), "comment_team": f"Ke-{version}"}
    with _recorded() as statements:
        answer = client.post(desk.path, data=fields, headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(f"{desk.path} answered {answer.status}: {answer.text[:300]}")
    return statements


@contextmanager
def _recorded() -> Iterator[Statements]:
    statements: Statements = []

    def note(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        if statement.lstrip().upper().startswith(_WRITES):
            statements.extend((statement, tuple(row)) for row in (parameters if many else [parameters]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _replay(path: Path, statements: Statements, seconds: float) -> int:
    """How many commits of these rows bare SQLite does; the ballot's version goes up with each, as it would."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    places = [_version_places(statement) for statement, _ in statements]
    commits = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        connection.execute("BEGIN IMMEDIATE")
        for (statement, parameters), versions in zip(statements, places, strict=True):
            values = list(parameters)
            for place in versions:
                values[place] += commits + 1
            done = connection.execute(statement, values)
            if statement.startswith("UPDATE ballots") and not done.rowcount:
                raise RuntimeError("the replayed save did not meet its ballot")
        connection.execute("COMMIT")
        commits += 1
    connection.close()
    return commits


def _version_places(statement: str) -> list[int]:
    """Which parameters of an UPDATE stand for the ballot's version."""
    if not statement.startswith("UPDATE ballots "):
        return []
    parts = statement.split("?")[:-1]
    return [place for place, part in enumerate(parts) if re.search(r"\bversion\s*=\s*$", part)]


def copy_place(environment: dict[str, str]) -> Path:
    """Where the copy for the bare commits may lie: on the same disk."""
    folder = Path(environment["INNOVATE_INSTANCE_PATH"])
    if shutil.disk_usage(folder).free < 1 << 30:
        raise RuntimeError("less than 1 GB is free")
    return folder / "bare.sqlite3"
