"""What an import would do in the round as it is."""

from __future__ import annotations

from collections.abc import Sequence

from innovate.intake.domain.faults import CellFault, Code
from innovate.intake.domain.gather import MOST_FAULTS, gather
from innovate.intake.domain.plan import Clash, Given, Plan
from innovate.intake.domain.reading import Reading, Upload
from innovate.intake.domain.world import Pair, World


def make_plan(files: Sequence[Upload], reading: Reading, world: World) -> Plan:
    """What the import would do, by the round as it is. A ballot with a fault is counted nowhere but there."""
    found = gather(files, reading, world)
    ready: dict[Pair, Given] = {}
    incomplete: dict[Pair, tuple[Given, tuple[int, ...]]] = {}
    clashes: dict[Pair, Clash] = {}
    blank = 0
    for pair, given in found.given.items():
        wrong = None if given.is_blank else _check_pair(world, pair, given)
        missing = tuple(key for key in world.criteria if key not in given.cells)
        if given.is_blank:
            blank += 1
        elif wrong is not None:
            found.faults.append(wrong)
        elif missing:
            incomplete[pair] = (given, missing)
        elif pair in world.held:
            clashes[pair] = Clash(given, world.held[pair])
        elif len(given.values) == len(world.criteria):
            ready[pair] = given
    faults = sorted(found.faults, key=lambda fault: (fault.file, fault.row, fault.column))[:MOST_FAULTS]
    return Plan(ready, incomplete, clashes, faults, list(found.strange.values()), blank, found.skipped)


def _check_pair(world: World, pair: Pair, given: Given) -> CellFault | None:
    """Why this juror's ballot for this entry cannot be, told at the cell that names the entry."""
    entry, juror = world.entries[pair[0]], world.jurors[pair[1]]
    rules = (
        (not entry.is_judged, Code.NOT_JUDGED),
        (not juror.serves, Code.NOT_SERVING),
        (pair in world.barred, Code.CONFLICT),
        (juror.id == world.clerk_id, Code.OWN),
        (entry.id in world.clerk_barred, Code.OWN_CONFLICT),
        (entry.id in world.locked, Code.LOCKED),
    )
    code = next((code for holds, code in rules if holds), None)
    if code is None:
        return None
    return CellFault(code, given.file, given.row, given.place, entry.label, juror.full_name)
