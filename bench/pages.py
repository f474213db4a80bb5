"""Loads on pages: requests a second, waiting time, CPU of the server, beside a bare Flask page."""

from __future__ import annotations

from dataclasses import dataclass

from bench.load import Outcome, Plan, run
from bench.people import Person
from bench.report import Line, Report
from bench.server import Server

CONNECTIONS = (1, 8, 32)
TARGET_AT = 8
NOISE = 0.9  # two loads of the same page differ by some per cent
TRIES = 3  # the kernel may hand all connections of a load to one of the two workers, which halves its rate


@dataclass(frozen=True)
class Load:
    """What one load gave, with the server's CPU time for each request."""

    outcome: Outcome
    cpu_ms: float

    @property
    def text(self) -> str:
        """For the table."""
        rate, p95 = self.outcome.per_second, 1000 * self.outcome.p95
        return f"{rate:6.0f}/s  p95 {p95:6.1f} ms  CPU {self.cpu_ms:5.2f} ms"


Loads = dict[int, Load]


def load_page(
    server: Server, path: str, connections: int, seconds: float, person: Person | None = None
) -> Load:
    """One load; every answer must be a 200."""
    headers = person.headers if person else {}
    plan = Plan(server.host, server.port, path, connections, seconds, headers=headers)
    before = server.cpu_seconds()
    outcome = run(plan)
    used = server.cpu_seconds() - before
    if set(outcome.statuses) != {"200"}:
        raise RuntimeError(f"{path} answered {outcome.statuses}")
    share = plan.seconds / (plan.seconds + plan.warm_up)
    return Load(outcome, 1000 * used * share / outcome.requests)


def _load_best(server: Server, path: str, connections: int, seconds: float) -> Load:
    """The quickest of several loads, each with new connections."""
    loads = [load_page(server, path, connections, seconds / TRIES) for _ in range(TRIES)]
    return max(loads, key=lambda load: load.outcome.per_second)


def measure_reference(report: Report, server: Server, seconds: float) -> Loads:
    """The bare page."""
    loads = {}
    for connections in CONNECTIONS:
        loads[connections] = load = _load_best(server, "/", connections, seconds)
        report.add("Reference: a bare Flask page", Line(f"ok, {_clients(connections)}", load.text))
    return loads


def measure_public(
    report: Report, server: Server, path: str, what: str, reference: Loads, seconds: float, *, share: float
) -> None:
    """A public page as visitors meet it, at each number of connections; the target counts at 8."""
    for connections in CONNECTIONS:
        load = _load_best(server, path, connections, seconds)
        ratio = load.outcome.per_second / reference[connections].outcome.per_second
        counts = connections == TARGET_AT
        line = Line(
            f"{what}, {_clients(connections)}",
            load.text,
            f"{ratio:6.0%} of the bare page, {load.outcome.bytes_per_answer / 1024:.1f} kB",
            f">= {share:.0%}" if counts else "",
            ratio >= share if counts else None,
        )
        report.add("Public pages", line)


def compare_sizes(report: Report, server: Server, small: str, large: str, seconds: float) -> None:
    """A board of 5,000 entries must be served as quickly as one of 500: loads in turn, the best of each counts."""
    rates: dict[str, float] = {small: 0, large: 0}
    for path in (small, large) * (2 * TRIES):
        load = load_page(server, path, TARGET_AT, seconds / TRIES)
        rates[path] = max(rates[path], load.outcome.per_second)
    ratio = rates[large] / rates[small]
    line = Line(
        "leaderboard: 5,000 beside 500 entries", f"{ratio:.0%}", "best of 6 each", "no slower", ratio >= NOISE
    )
    report.add("Public pages", line)


def measure_signed_in(
    report: Report,
    server: Server,
    path: str,
    what: str,
    person: Person,
    seconds: float,
    *,
    limit_ms: float = 0,
) -> None:
    """A page made anew for one person at each request, one request at a time."""
    load = load_page(server, path, 1, seconds, person)
    wait = 1000 * load.outcome.p95
    line = Line(
        what,
        f"p50 {1000 * load.outcome.p50:6.1f} ms  p95 {wait:6.1f} ms",
        f"CPU {load.cpu_ms:.1f} ms, {load.outcome.bytes_per_answer / 1024:.1f} kB",
        f"p95 <= {limit_ms:g} ms" if limit_ms else "",
        wait <= limit_ms if limit_ms else None,
    )
    report.add("Pages of signed-in people", line)


def _clients(connections: int) -> str:
    return f"{connections} connection{'s' * (connections != 1)}"
