"""The table at the end: what was measured, what it is compared with, whether the target is reached."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Line:
    """One measurement. `reached` is None where there is no target."""

    what: str
    measured: str
    beside: str = ""
    target: str = ""
    reached: bool | None = None


@dataclass
class Report:
    """All lines of one run, by heading."""

    lines: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, heading: str, line: Line) -> None:
        """Keep a line and show it at once: a run takes minutes."""
        if heading not in self.lines:
            print(f"\n{heading}")
        self.lines.setdefault(heading, []).append(line)
        print(_shown(line), flush=True)

    def missed(self) -> list[Line]:
        """Measurements that did not reach their target."""
        return [line for lines in self.lines.values() for line in lines if line.reached is False]

    def save(self, folder: Path) -> Path:
        """Write the run as JSON, to compare with later ones."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
        content: dict[str, Any] = {"machine": machine()}
        content |= {heading: [vars(line) for line in lines] for heading, lines in self.lines.items()}
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False))
        return path


def machine() -> str:
    """What the numbers were measured on."""
    parts = [f"{os.cpu_count()} cores", platform.machine(), f"Python {platform.python_version()}"]
    return ", ".join([*parts, f"SQLite {sqlite3.sqlite_version}", platform.system()])


def _shown(line: Line) -> str:
    mark = {True: "reached", False: "MISSED", None: ""}[line.reached]
    return f"  {line.what:<46} {line.measured:>34}  {line.beside:<34} {line.target:<22} {mark}".rstrip()
