"""The draw of 10,000 entries x 200 jurors x 5 ballots, as the command on files does it."""

from __future__ import annotations

import time
from random import Random

from bench.report import Line, Report
from innovate.scoring.domain.assignment.draw import draw
from innovate.scoring.domain.assignment.places import DrawInputs, EntryPlace, JurorPlace

HEADING = "G8: drawing 10,000 entries x 200 jurors x 5"
ENTRIES, JURORS, K, TRACKS, UNITS = 10_000, 200, 5, 8, 60
SECONDS, SPREAD, EFFICIENCY = 10, 12, 0.97


def make_inputs(seed: int = 1) -> DrawInputs:
    """Entries and jurors in tracks and units by chance; a juror of an entry's unit has a conflict."""
    rng = Random(seed)
    tracks = [f"t{n}" for n in range(TRACKS)]
    unit_of = [rng.randrange(UNITS) for _ in range(JURORS)]
    at = {unit: [n for n, own in enumerate(unit_of) if own == unit] for unit in range(UNITS)}
    return DrawInputs(
        ideas=[EntryPlace(n, rng.choice(tracks)) for n in range(ENTRIES)],
        jurors=[
            JurorPlace(n, None, frozenset(rng.sample(tracks, rng.choice((1, 2))))) for n in range(JURORS)
        ],
        k=K,
        forbidden=frozenset((n, juror) for n in range(ENTRIES) for juror in at[rng.randrange(UNITS)]),
    )


def measure_draw(report: Report) -> None:
    """G8: no conflict, loads nearly equal, nearly as comparable as can be, in seconds."""
    inputs = make_inputs()
    began = time.perf_counter()
    found = draw(inputs, seed=1)
    seconds = time.perf_counter() - began
    clean = not found.conflict_violations and not inputs.forbidden.intersection(found.pairs)
    complete = not found.hard and len(set(found.pairs)) == ENTRIES * K
    spread = found.most - found.least
    lines = (
        Line("time", f"{seconds:5.1f} s", "", f"< {SECONDS} s", seconds < SECONDS),
        Line(
            "conflicts; places left open",
            "none" if clean and complete else "SOME",
            "",
            "none",
            clean and complete,
        ),
        Line(
            "heaviest less lightest load",
            f"{spread}",
            f"{found.least} to {found.most}",
            f"<= {SPREAD}",
            spread <= SPREAD,
        ),
        Line(
            "design efficiency",
            f"{found.efficiency:.3f}",
            f"mean affinity {found.mean_affinity:.3f}, {found.components} group",
            f">= {EFFICIENCY}",
            found.efficiency >= EFFICIENCY and found.components == 1,
        ),
    )
    for line in lines:
        report.add(HEADING, line)
