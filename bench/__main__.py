"""`make bench`: every number beside its reference, measured in the same run."""

from __future__ import annotations

import argparse
import sys

from bench import pages
from bench.report import Report, machine
from bench.server import running, workplace
from innovate.core.serving import ROOT


def main() -> int:
    """Run everything, print the tables, keep them in bench/results."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="measured time of each load (default: 5)")
    seconds = parser.parse_args().seconds
    report = Report()
    print(f"Innovate on {machine()}; web server with 2 workers; loads of {seconds:g} s")
    with workplace() as environment:
        with running(environment, bare=True) as server:
            reference = pages.measure_reference(report, server, seconds)
        with running(environment) as server:
            pages.measure_landing(report, server, reference, seconds)
    path = report.save(ROOT / "bench" / "results")
    missed = report.missed()
    print(
        f"\nkept in {path.relative_to(ROOT)}; {len(missed) or 'no'} target{'s' * (len(missed) != 1)} missed"
    )
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
