"""One command for the whole product: the web server and the runner as children, watched and stopped together."""

from __future__ import annotations

import ctypes
import gc
import http.client
import multiprocessing
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from flask import Flask

from innovate.core.db import db
from innovate.core.forks import Fork
from innovate.core.schema import require_current_schema

ROOT = Path(__file__).resolve().parents[2]
GUNICORN_SETTINGS = ROOT / "deploy" / "gunicorn.conf.py"
_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_STOP_SECONDS = 20
Notes = Callable[[], Iterable[str]]


class PortTaken(RuntimeError):
    """Somebody else listens there."""


def add_notes(app: Flask, notes: Notes) -> None:
    """Let a feature say something below the address when the product is started by hand (demo sign-ins)."""
    app.extensions.setdefault("serve_notes", []).append(notes)


def collect_notes(app: Flask) -> list[str]:
    """Every line the features want shown; no connection stays open.

    A reading transaction of a process that only watches would keep SQLite's log from ever being taken over.
    """
    try:
        return [line for notes in app.extensions.get("serve_notes", []) for line in notes()]
    finally:
        _let_go()


def add_check(app: Flask, check: Callable[[], None]) -> None:
    """Let a feature look at the data before the web server opens; what it raises keeps the server closed."""
    app.extensions.setdefault("serve_checks", []).append(check)


def run_checks(app: Flask) -> None:
    """Run every check (the web server does, once, before its workers), leaving no connection behind."""
    with app.app_context():
        try:
            for check in (require_current_schema, *app.extensions.get("serve_checks", [])):
                check()
        finally:
            _let_go()


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def check_apart(app: Flask) -> str:
    """The same in a process of its own, which takes along what it loaded; what is wrong, or nothing.

    Once nothing is wrong it is not asked again, here or in the processes this one forks.
    """
    if app.extensions.get("serve_checked"):
        return ""
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()

    def check() -> None:
        try:
            run_checks(app)
        except RuntimeError as error:
            answers.put(str(error))
        else:
            answers.put("")

    child = fork.Process(target=check)
    child.start()
    child.join()
    if answers.empty():
        raise RuntimeError("the checks before serving ended without an answer; see the error above")
    wrong = str(answers.get())
    app.extensions["serve_checked"] = not wrong
    return wrong


def listen(host: str, port: int) -> socket.socket:
    """An open listening socket (port 0: any free one), so that a taken port is told at once and plainly."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another with PORT=…"
        ) from error
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener


def address_of(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def web_command(
    listener: socket.socket, application: str = "wsgi:app", settings: Path = GUNICORN_SETTINGS
) -> list[str]:
    """How the web server is started: the settings are those of production."""
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", str(settings)]
    return [*gunicorn, "--bind", f"fd://{listener.fileno()}", application]


def run_web(listener: socket.socket) -> None:
    """Be the web server, with the application this process has loaded as `wsgi`; returns only by SystemExit."""
    from gunicorn.app.wsgiapp import run

    sys.argv = web_command(listener)[2:]
    run(prog="gunicorn")


def set_aside() -> None:
    """Keep the garbage collector, here and in what this process forks, out of what was loaded: it stays shared."""
    gc.collect()
    gc.freeze()


@dataclass
class Household:
    """Processes that live and die together."""

    environment: Mapping[str, str] | None = None
    _members: dict[str, subprocess.Popen[bytes] | Fork] = field(default_factory=dict)
    _asked_to_stop: bool = False

    def start(self, name: str, command: Sequence[str], *, sockets: Iterable[socket.socket] = ()) -> None:
        """Start one of them."""
        self._members[name] = subprocess.Popen(  # noqa: S603 - commands of our own
            command,
            cwd=ROOT,
            env=self.environment,
            pass_fds=[each.fileno() for each in sockets],
            start_new_session=True,  # Ctrl-C reaches only the parent, which stops them in good order
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread runs in the parent
        )

    def fork(self, name: str, work: Callable[[], object]) -> None:
        """Start one of them with what this process has loaded."""
        self._members[name] = Fork(work, name=name, prepare=die_with_parent, cwd=ROOT)

    def pid(self, name: str) -> int:
        """The process started under this name."""
        return self._members[name].pid

    def stop_on_signals(self) -> None:
        """Make Ctrl-C and SIGTERM end `watch`."""

        def ask(_number: int, _frame: FrameType | None) -> None:
            self._asked_to_stop = True

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, ask)

    def wait_until(self, ready: Callable[[], bool], seconds: float = 60) -> bool:
        """Wait for `ready`; False if one died, the time is over or a signal came first."""
        deadline = time.monotonic() + seconds
        while not self._asked_to_stop and not self._dead() and time.monotonic() < deadline:
            if ready():
                return True
            time.sleep(0.1)
        return False

    def watch(self) -> str:
        """Wait until a signal comes (an empty answer) or one of them dies (its name)."""
        while not self._asked_to_stop:
            if name := self._dead():
                return name
            time.sleep(0.2)
        return ""

    def stop(self) -> None:
        """Ask all to finish what they are doing, then insist."""
        for process in self._members.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for process in self._members.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _dead(self) -> str:
        return next((name for name, process in self._members.items() if process.poll() is not None), "")


@contextmanager
def household(environment: Mapping[str, str] | None = None) -> Iterator[Household]:
    """Processes for the block, stopped at its end; Ctrl-C and SIGTERM end their watch instead of the program."""
    members = Household(environment)
    members.stop_on_signals()
    try:
        yield members
    finally:
        members.stop()


def answers(address: str) -> bool:
    """Whether the product at this address is up and reaches its database."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def die_with_parent() -> None:
    """In the child: end when the parent does, even when the parent was killed (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def keep_one_arena() -> None:
    """Let all threads of this process and its workers take memory from one place (glibc; elsewhere nothing).

    Only one of them runs Python at a time; a heap for each would keep what its largest page once needed.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def give_memory_back() -> None:
    """Return freed memory to the system (glibc; elsewhere nothing): it would stay with the process in patches."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
