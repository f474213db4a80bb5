"""The scoring page: how many statements it asks, whatever the event's size."""

from __future__ import annotations

import statistics
import time
from collections.abc import Collection
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from bench.ballots import Desk, set_desks
from bench.report import Line, Report

QUERIES = 15
_ROUNDS = 20


def measure_scoring_pages(report: Report, app: Flask, sizes: Collection[int]) -> None:
    """A juror opens an entry of an event of each size, in this process."""
    for size in sizes:
        [desk] = set_desks(app, f"rapat-{size}", 1)
        _open(app, desk)  # what the first page of a process loads does not count
        statements = _count(app, desk)
        took = 1000 * statistics.median(_time(app, desk) for _ in range(_ROUNDS))
        line = Line(
            f"{size:,} entries",
            f"{statements:6d} statements",
            f"p50 {took:.1f} ms",
            f"<= {QUERIES}",
            statements <= QUERIES,
        )
        report.add("A juror's scoring page", line)


def _open(app: Flask, desk: Desk) -> None:
    client = app.test_client(use_cookies=False)
    path = desk.path.removesuffix("/simpan")
    answer = client.get(path, headers=list(desk.person.headers.items()))
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status}")


def _time(app: Flask, desk: Desk) -> float:
    began = time.perf_counter()
    _open(app, desk)
    return time.perf_counter() - began


def _count(app: Flask, desk: Desk) -> int:
    asked = 0

    def note(_conn: Any, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool) -> None:
        nonlocal asked
        asked += not statement.startswith(("BEGIN", "PRAGMA"))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        _open(app, desk)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return asked
