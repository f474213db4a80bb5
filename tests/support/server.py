"""The whole product as its users meet it: web server and runner in processes of their own, with their own data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask

from config import config_from_env
from innovate.app import create_app
from innovate.core.db import db
from innovate.core.serving import ROOT, die_with_parent
from tests.support.templates import shared_templates

_FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
_START_SECONDS = 60
DATABASE = "innovate.sqlite3"  # config.py's name for it


@dataclass(frozen=True)
class Site:
    """A running product."""

    url: str
    folder: Path
    environment: Mapping[str, str]
    serving: int = 0

    def kill(self) -> None:
        """SIGKILL to everything that runs, web workers first: as when the power goes, nobody gets to finish."""
        for pid in reversed(_family(self.serving)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def set_clock(self, at: datetime) -> None:
        """Stop the product's clock, web and runner, at an aware instant."""
        draft = self.folder / "clock.draft"
        draft.write_text(at.isoformat())
        draft.rename(self.folder / "clock")

    def flask(self, *command: str, given: str = "") -> str:
        """Run a `flask` command as an administrator would; its output. CalledProcessError if it fails."""
        done = subprocess.run(
            [*_FLASK, *command],
            cwd=ROOT,
            env=dict(self.environment),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"flask {' '.join(command)}: {done.stdout}\n{done.stderr}")
        return done.stdout

    @contextmanager
    def application(self) -> Iterator[Flask]:
        """The application in this process on the same data, in its context: to arrange or to look behind a page."""
        app = _application(tuple(sorted(self.environment.items())))
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


@lru_cache(maxsize=4)
def _application(environment: tuple[tuple[str, str], ...]) -> Flask:
    return create_app(config_from_env(dict(environment)))


@contextmanager
def running_site(
    folder: Path, *, database_url: str = "", at: datetime | None = None, **settings: str
) -> Iterator[Site]:
    """Run the product for the block, on a SQLite file in `folder` (migrated unless it is there) or the database given.

    Settings are environment variables: `running_site(folder, MAIL_URL=mailbox.url)`. With `at` its clock stands there.
    """
    environment = _environment(folder, database_url, settings)
    site = Site("", folder, environment)
    if at:
        site.set_clock(at)
    if not database_url and not (folder / DATABASE).exists():
        site.flask("db", "upgrade")
    log = folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*_FLASK, "serve"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - nothing of ours runs in a thread yet
        )
        try:
            yield Site(_wait_for_address(process, log), folder, environment, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _family(pid: int) -> list[int]:
    """A process and all that came of it, parents before their children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _environment(folder: Path, database_url: str, settings: Mapping[str, str]) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("INNOVATE_")}
    own = {
        "INNOVATE_ENV": "development",
        "INNOVATE_INSTANCE_PATH": str(folder),
        "INNOVATE_CLOCK_FILE": str(folder / "clock"),
        "INNOVATE_PAGE_CACHE_SECONDS": "0",
        "INNOVATE_TEMPLATE_CACHE": shared_templates(),
        "DATABASE_URL": database_url,
        "MAIL_URL": "",
        "REDIS_URL": "",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }
    return kept | own | dict(settings)


def _wait_for_address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith("  Innovate: "):
                return line.removeprefix("  Innovate: ")
        time.sleep(0.1)
    raise AssertionError(f"the product did not start:\n{log.read_text()}")
