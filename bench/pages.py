"""Loads on pages: requests a second, waiting time, CPU of the server, beside a bare Flask page."""

from __future__ import annotations

from dataclasses import dataclass

from bench.load import Outcome, Plan, run
from bench.report import Line, Report
from bench.server import Server

CONNECTIONS = (1, 8, 32)
PUBLIC_SHARE = 0.30


@dataclass(frozen=True)
class Load:
    """What one load gave, with the server's CPU time for each request."""

    outcome: Outcome
    cpu_per_request: float

    @property
    def text(self) -> str:
        """For the table."""
        return (
            f"{self.outcome.per_second:6.0f}/s  p95 {1000 * self.outcome.p95:6.1f} ms"
            f"  CPU {1000 * self.cpu_per_request:5.2f} ms"
        )


Loads = dict[int, Load]


def load_page(
    server: Server, path: str, connections: int, seconds: float, headers: dict[str, str] | None = None
) -> Load:
    """One load; every answer must be a 200."""
    plan = Plan(server.host, server.port, path, connections, seconds, headers=headers or {})
    before = server.cpu_seconds()
    outcome = run(plan)
    used = server.cpu_seconds() - before
    if set(outcome.statuses) != {"200"}:
        raise RuntimeError(f"{path} answered {outcome.statuses}")
    share = plan.seconds / (plan.seconds + plan.warm_up)
    return Load(outcome, used * share / outcome.requests)


def measure_reference(report: Report, server: Server, seconds: float) -> Loads:
    """The bare page."""
    loads = {}
    for connections in CONNECTIONS:
        loads[connections] = load = load_page(server, "/", connections, seconds)
        report.add("Reference: a bare Flask page", Line(f"ok, {connections} connections", load.text))
    return loads


def measure_page(
    report: Report, heading: str, server: Server, path: str, reference: Loads, seconds: float, *, share: float
) -> Loads:
    """A public page at each number of connections; the target counts at 8."""
    loads = {}
    for connections in CONNECTIONS:
        loads[connections] = load = load_page(server, path, connections, seconds)
        ratio = load.outcome.per_second / reference[connections].outcome.per_second
        at_target = connections == 8
        line = Line(
            f"{path}, {connections} connections, {load.outcome.bytes_per_answer / 1024:.1f} kB",
            load.text,
            f"{ratio:6.0%} of the bare page",
            f">= {share:.0%}" if at_target else "",
            ratio >= share if at_target else None,
        )
        report.add(heading, line)
    return loads


def measure_landing(report: Report, server: Server, reference: Loads, seconds: float) -> None:
    """The landing page for a visitor."""
    measure_page(report, "Landing page", server, "/", reference, seconds, share=PUBLIC_SHARE)
