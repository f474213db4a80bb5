"""Children that go on with what was loaded."""

import signal
import subprocess
import time
from pathlib import Path

import pytest
from flask import Flask, has_app_context

from innovate.core.forks import Fork


def fork(work, tmp_path: Path) -> Fork:
    return Fork(work, name="child", prepare=lambda: None, cwd=tmp_path)


def test_it_begins_in_its_folder_and_in_nobodys_application(tmp_path: Path) -> None:
    def work() -> None:
        Path("found").write_text(f"{has_app_context()} {signal.getsignal(signal.SIGTERM) is signal.SIG_DFL}")

    with Flask("outside").app_context():
        child = fork(work, tmp_path)
    assert child.wait(30) == 0 == child.poll()
    assert (tmp_path / "found").read_text() == "False True"


def test_what_it_ends_with_is_told(tmp_path: Path) -> None:
    def work() -> None:
        raise SystemExit(3)

    assert fork(work, tmp_path).wait(30) == 3


def test_one_that_does_not_listen_is_ended(tmp_path: Path) -> None:
    def work() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        (tmp_path / "deaf").touch()
        signal.pause()

    child = fork(work, tmp_path)
    while not (tmp_path / "deaf").exists():
        time.sleep(0.01)
    child.terminate()
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.05)
    assert child.poll() is None
    child.kill()
    assert child.wait(30) == -signal.SIGKILL


def test_one_asked_at_once_ends_too_whatever_its_parent_does_when_asked(tmp_path: Path) -> None:
    def prepare() -> None:
        time.sleep(0.2)

    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        child = Fork(signal.pause, name="child", prepare=prepare, cwd=tmp_path)
        child.terminate()
        assert child.wait(5) == -signal.SIGTERM
        assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    finally:
        signal.signal(signal.SIGTERM, before)
        child.kill()


def test_it_ends_when_asked(tmp_path: Path) -> None:
    child = fork(signal.pause, tmp_path)
    child.terminate()
    assert child.wait(30) == -signal.SIGTERM
    assert child.pid > 0
