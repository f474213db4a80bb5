"""A line to a running site that can be cut and mended: what a browser behind it sees is a real network failure."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit


class Line:
    """Forwards a port to another. `cut` refuses new connections and breaks the open ones."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 80)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._server: socket.socket | None = None
        self._port = 0
        self.mend()

    @property
    def url(self) -> str:
        """Where a browser finds the site."""
        return f"http://127.0.0.1:{self._port}"

    def mend(self) -> None:
        """The line is back, at the same address."""
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", self._port))
        server.listen(64)
        self._port, self._server = server.getsockname()[1], server
        threading.Thread(target=self._accept, args=(server,), daemon=True).start()

    def cut(self) -> None:
        """No network any more."""
        if self._server:
            with contextlib.suppress(OSError):
                self._server.shutdown(socket.SHUT_RDWR)
            self._server.close()
            self._server = None
        with self._lock:
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                near, _ = server.accept()
                far = socket.create_connection(self._target)
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with near, far:
            with self._lock:
                self._open |= {near, far}
            with contextlib.suppress(OSError):
                while self._pass_on(near, far):
                    pass
            with self._lock:
                self._open -= {near, far}

    def _pass_on(self, near: socket.socket, far: socket.socket) -> bool:
        """Whatever is ready goes to the other end; False once either end is done."""
        for ready in select.select([near, far], [], [])[0]:
            chunk = ready.recv(65536)
            if not chunk:
                return False
            (far if ready is near else near).sendall(chunk)
        return True


@contextlib.contextmanager
def line_to(target: str) -> Iterator[Line]:
    """A line for the block."""
    line = Line(target)
    try:
        yield line
    finally:
        line.cut()
