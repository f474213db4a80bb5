"""A load generator for the loopback: keep-alive connections, each with one request on the way.

It runs as a process of its own, so that its work is not counted as the server's. The plan comes in as JSON on standard
input, the outcome goes out as JSON on standard output.
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


@dataclass
class Plan:
    """Where to send what: `connections` clients repeat the request until the time is over."""

    host: str
    port: int
    path: str
    connections: int
    seconds: float
    warm_up: float = 1.0
    headers: dict[str, str] = field(default_factory=dict)

    def request(self) -> bytes:
        """The bytes of one request, asking for a packed answer as browsers do."""
        headers = {
            "Host": f"{self.host}:{self.port}",
            "Accept-Encoding": "gzip",
            "Accept": "text/html",
            **self.headers,
        }
        lines = [f"GET {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
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
    """One client: sends, reads exactly one answer, notes how long it took."""

    def __init__(self, plan: Plan) -> None:
        self.socket = socket.create_connection((plan.host, plan.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        self._expected = -1
        self._status = ""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        """Begin one exchange."""
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
            self._expected = end + 4 + length
        return (self._status, len(self._buffer)) if len(self._buffer) >= self._expected else None


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
        self._request = plan.request()
        self._waits: list[float] = []
        self._statuses: Counter[str] = Counter()
        self._bytes = 0

    def carry_out(self) -> Outcome:
        """Run the plan in this process."""
        selector = selectors.DefaultSelector()
        connections = [Connection(self._plan) for _ in range(self._plan.connections)]
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(self._request)
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
            connection.send(self._request)

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
