"""Children that go on with what this process has loaded: nothing is read twice, and memory is shared until written."""

from __future__ import annotations

import contextvars
import multiprocessing
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

_STOPPING = (signal.SIGINT, signal.SIGTERM)


class Fork:
    """A child running `work`, asked and told what one asks and tells a `subprocess.Popen`."""

    def __init__(
        self, work: Callable[[], object], *, name: str, prepare: Callable[[], None], cwd: Path
    ) -> None:
        def run() -> None:
            os.setsid()  # Ctrl-C reaches only the parent
            prepare()
            os.chdir(cwd)
            for number in _STOPPING:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            contextvars.Context().run(work)  # not in the application context of the command that forked

        self._process = multiprocessing.get_context("fork").Process(target=run, name=name)
        # One that comes at once waits for the child to be ready: the parent's own handler would swallow it.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """How it ended; subprocess.TimeoutExpired after so many seconds."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return self._process.exitcode
