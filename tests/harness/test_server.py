"""`flask serve`: one command starts web and runner, tells its address, and takes both down again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from innovate.core.serving import ROOT
from tests.factories.build import NOW
from tests.support.database import Databases
from tests.support.server import running_site

pytestmark = pytest.mark.slow


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as response:
        return response.read().decode()


def children(pid: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def eventually(condition, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_the_site_answers_from_its_own_database_at_its_own_time(tmp_path: Path) -> None:
    with running_site(tmp_path, at=NOW) as site:
        assert get(f"{site.url}/healthz").split() == ['{"status":"ok"}']
        with site.application() as app:
            assert str(tmp_path) in app.config["SQLALCHEMY_DATABASE_URI"]
            from innovate.core import clock

            assert clock.now() == NOW
    with pytest.raises(OSError, match="refused"):
        get(f"{site.url}/healthz")


@pytest.fixture
def served(tmp_path: Path, databases: Databases):
    environment = os.environ | {"INNOVATE_INSTANCE_PATH": str(tmp_path), "PORT": "0", "PYTHONUNBUFFERED": "1"}
    environment["DATABASE_URL"] = databases.fresh_url("sqlite", "served", tmp_path)
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    with subprocess.Popen(
        [*flask, "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        lines = iter(process.stdout.readline, "")
        url = next(line.split(": ")[1].strip() for line in lines if line.startswith("  Innovate: "))
        yield process, url
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_takes_everything_down_in_good_order(served, number) -> None:
    process, url = served
    household = children(process.pid)
    assert len(household) == 2
    assert get(f"{url}/healthz")
    process.send_signal(number)
    assert process.wait(30) == 0
    assert all(gone(pid) for pid in household)


def test_the_children_do_not_outlive_a_killed_parent(served) -> None:
    process, _url = served
    household = children(process.pid)
    process.kill()
    assert eventually(
        lambda: all(gone(pid) for pid in household), 90
    )  # they finish what they are doing first


def open_files(pid: int) -> list[str]:
    found = []
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found.append(str(each.readlink()))
    return found


def test_who_only_watches_keeps_nothing_of_the_database_open(served) -> None:
    process, _url = served
    assert not [name for name in open_files(process.pid) if "sqlite" in name]


def test_the_port_is_free_while_the_runner_finishes_a_job(served) -> None:
    process, url = served
    web, runner = children(process.pid)
    os.kill(runner, signal.SIGSTOP)  # as if it were at work
    try:
        process.kill()
        assert eventually(lambda: gone(web), 60)
        with socket.socket() as next_one:
            next_one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            next_one.bind(("127.0.0.1", int(url.rsplit(":", 1)[1])))
            next_one.listen()
    finally:
        os.kill(runner, signal.SIGKILL)


def test_when_one_dies_the_command_ends_and_says_which(served) -> None:
    process, _url = served
    web, runner = children(process.pid)
    os.kill(runner, signal.SIGKILL)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "the runner of jobs has ended" in output
    assert gone(web)


def test_the_runner_starts_anew_when_hung_up(served) -> None:
    process, url = served
    _web, runner = children(process.pid)
    assert eventually(lambda: any("queue.sqlite3" in name for name in open_files(runner)))
    time.sleep(1)  # until it listens to signals
    os.kill(runner, signal.SIGHUP)
    assert eventually(lambda: b"jobs\0run" in Path(f"/proc/{runner}/cmdline").read_bytes())
    assert eventually(lambda: any("queue.sqlite3" in name for name in open_files(runner)))
    assert get(f"{url}/healthz")
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert gone(runner)


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["jobs", "run"]])
def test_nothing_starts_on_a_database_without_its_tables(tmp_path: Path, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT,
        env=os.environ | {"INNOVATE_INSTANCE_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert "db upgrade" in done.stderr


def test_a_taken_port_is_told_plainly(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", port],
            cwd=ROOT,
            env=os.environ | {"INNOVATE_INSTANCE_PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "PORT=" in done.stderr
