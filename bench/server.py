"""Servers under measurement: started as in production, watched through /proc."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from innovate.core.serving import GUNICORN_SETTINGS, ROOT, Household, address_of, answers, listen, web_command

_TICKS = os.sysconf("SC_CLK_TCK")
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
BARE_SETTINGS = ROOT / "bench" / "reference_settings.py"
WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A running web server and its processes."""

    host: str
    port: int
    master: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{self.host}:{self.port}"

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [
            int(pid) for pid in Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        ]

    def cpu_seconds(self) -> float:
        """CPU time the workers have used so far."""
        total = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / _TICKS

    def megabytes(self) -> float:
        """Resident memory of the largest worker."""
        return max(_resident(pid) for pid in self.workers())


@contextmanager
def running(environment: dict[str, str], *, bare: bool = False) -> Iterator[Server]:
    """Run the product, or the bare reference page, with the product's own server command and settings."""
    application, settings = (
        ("bench.reference:app", BARE_SETTINGS) if bare else ("wsgi:app", GUNICORN_SETTINGS)
    )
    listener = listen("127.0.0.1", 0)
    address = address_of(listener)
    household = Household(environment)
    with listener:
        try:
            household.start("web server", web_command(listener, application, settings), sockets=[listener])
            if not household.wait_until(lambda: answers(address)):
                raise RuntimeError(f"{application} did not start")
            host, port = listener.getsockname()[:2]
            yield Server(host, port, household.pid("web server"))
        finally:
            household.stop()


@contextmanager
def workplace() -> Iterator[dict[str, str]]:
    """An environment with an empty, migrated SQLite database of its own, removed afterwards."""
    (ROOT / "instance").mkdir(exist_ok=True)  # a fresh clone has none
    folder = tempfile.mkdtemp(prefix="innovate-bench-", dir=ROOT / "instance")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("INNOVATE_")}
    environment = kept | {
        "INNOVATE_ENV": "development",
        "INNOVATE_INSTANCE_PATH": folder,
        "INNOVATE_WORKERS": str(WORKERS),
        "DATABASE_URL": "",
        "MAIL_URL": "",
        "REDIS_URL": "",
    }
    try:
        flask(environment, "db", "upgrade")
        yield environment
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def flask(environment: dict[str, str], *command: str) -> str:
    """Run a command of the product; its output."""
    done = subprocess.run(
        [*FLASK, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"flask {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
