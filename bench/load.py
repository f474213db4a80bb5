"""A load generator for the loopback: keep-alive connections, each with one request on the way.

It runs as a process of its own, so that its work is not counted as the server's. The plan comes in as JSON on standard
input, the outcome goes out as JSON on standard output. A plan either reads one page over and over or has writers, each
of which saves its own ballot on the version the server answered last.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode


@dataclass
class Plan:
    """Where to send what: `connections` clients, or one for each writer, go on until the time is over."""

    host: str
    port: int
    path: str
    connections: int
    seconds: float
    warm_up: float = 1.0
    headers: dict[str, str] = field(default_factory=dict)
    writers: list[dict[str, Any]] = field(default_factory=list)


class Client(Protocol):
    """Knows the next request; is told the answer before."""

    def request(self, answer: bytes) -> bytes:
        """The bytes to send."""


class Reader:
    """Asks for the same page again, packed, as browsers do."""

    def __init__(self, plan: Plan) -> None:
        headers = {"Accept": "text/html", "Accept-Encoding": "gzip", **plan.headers}
        self._bytes = _request(plan, "GET", plan.path, headers)

    def request(self, answer: bytes) -> bytes:
        """Always the same."""
        return self._bytes


class Writer:
    """A juror whose page saves the ballot: `fields` with a changing comment, on the newest version."""

    def __init__(
        self, plan: Plan, *, path: str, headers: dict[str, str], fields: dict[str, str], version: int
    ) -> None:
        form = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        self._plan = plan
        self._path = path
        self._headers = headers | form
        self._fields = fields
        self._version = version
        self._saves = 0

    def request(self, answer: bytes) -> bytes:
        """The next save."""
        if answer:
            self._version = json.loads(answer)["version"]
        self._saves += 1
        comment = f"Simpanan ke-{self._saves}: manfaatnya jelas, buktinya lengkap."
        body = urlencode({**self._fields, "version": self._version, "comment_team": comment}).encode()
        return (
            _request(self._plan, "POST", self._path, self._headers | {"Content-Length": str(len(body))})
            + body
        )


def _clients(plan: Plan) -> list[Client]:
    if plan.writers:
        return [Writer(plan, **writer) for writer in plan.writers]
    return [Reader(plan)] * plan.connections


def _request(plan: Plan, method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {plan.host}:{plan.port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass
class Outcome:
    """What came back within the measured time."""

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    statuses: dict[str, int]
    bytes_per_answer: int

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return self.requests / self.seconds


def run(plan: Plan) -> Outcome:
    """Carry out a plan in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        check=False,
        timeout=plan.seconds + plan.warm_up + 60,
    )
    if done.returncode:
        raise RuntimeError(f"the load generator failed: {done.stderr}")
    return Outcome(**json.loads(done.stdout))


class Connection:
    """One client's socket: sends, reads exactly one answer, notes how long it took."""

    def __init__(self, plan: Plan, client: Client) -> None:
        self.client = client
        self.socket = socket.create_connection((plan.host, plan.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        self._expected = -1
        self._body = 0
        self._status = ""
        self.sent_at = 0.0

    def send(self) -> None:
        """Begin one exchange, knowing the answer of the one before."""
        request = self.client.request(self._buffer[self._body :])
        self._buffer, self._expected, self._status = b"", -1, ""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[str, int] | None:
        """Take what has arrived; status and size once the answer is whole."""
        block = self.socket.recv(262144)
        if not block:
            raise ConnectionError("the server closed the connection")
        self._buffer += block
        if self._expected < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return None
            self._status, length = _read_head(self._buffer[:end])
            self._body = end + 4
            self._expected = self._body + length
        return (self._status, len(self._buffer)) if len(self._buffer) >= self._expected else None

    def text(self) -> str:
        """The beginning of the last answer's body, to show what was wrong."""
        return self._buffer[self._body :][:300].decode(errors="replace")


def _read_head(head: bytes) -> tuple[str, int]:
    status = head[9:12].decode()
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return status, int(value)
    if status == "304":
        return status, 0
    raise ValueError(f"an answer without length: {head!r}")


class _Measurement:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._waits: list[float] = []
        self._statuses: Counter[str] = Counter()
        self._bytes = 0

    def carry_out(self) -> Outcome:
        """Run the plan in this process."""
        selector = selectors.DefaultSelector()
        connections = [Connection(self._plan, client) for client in _clients(self._plan)]
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send()
        begin = time.perf_counter() + self._plan.warm_up
        end = begin + self._plan.seconds
        while (now := time.perf_counter()) < end:
            for key, _ in selector.select(timeout=1):
                self._continue(key.data, counted_from=begin, now=now)
        for connection in connections:
            connection.socket.close()
        return self._outcome()

    def _continue(self, connection: Connection, *, counted_from: float, now: float) -> None:
        if answer := connection.receive():
            if now >= counted_from:
                status, size = answer
                self._waits.append(time.perf_counter() - connection.sent_at)
                self._statuses[status] += 1
                self._bytes += size
            if not answer[0].startswith("2"):
                raise RuntimeError(f"the server answered {answer[0]}: {connection.text()}")
            connection.send()

    def _outcome(self) -> Outcome:
        waits = sorted(self._waits)
        if not waits:
            raise RuntimeError("not one answer came back")
        p50, p95, p99 = (waits[min(len(waits) - 1, int(len(waits) * share))] for share in (0.5, 0.95, 0.99))
        size = self._bytes // len(waits)
        return Outcome(len(waits), self._plan.seconds, p50, p95, p99, dict(self._statuses), size)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.stdout.write(json.dumps(asdict(_Measurement(Plan(**json.load(sys.stdin))).carry_out())))
