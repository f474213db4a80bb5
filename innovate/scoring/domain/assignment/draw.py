"""The draw itself, step by step, and its report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from innovate.scoring.domain.assignment.bridges import choose_bridged, join_groups, price_bridges
from innovate.scoring.domain.assignment.candidates import list_candidates, sift
from innovate.scoring.domain.assignment.linkage import find_groups, measure_efficiency
from innovate.scoring.domain.assignment.places import Draw, DrawInputs, DrawnPair, Gap, Hard, Why
from innovate.scoring.domain.assignment.table import Array, Table, build_table
from innovate.scoring.domain.assignment.transport import fill, find_level

STAGES = ("candidates", "places", "bridges", "report")
Tell = Callable[[str], None]
LUCK = 0.2  # how much chance there is between jurors who know a subject equally well


def draw(inputs: DrawInputs, *, seed: int, tell: Tell = lambda _stage: None) -> Draw:
    """Give every entry `k` jurors as far as the hard rules let it, keeping the pairs that stand.

    Hard: never a conflict, never a juror twice on an entry, never above a juror's capacity. Soft, in this order: as
    many places filled as can be, loads as equal as can be, jurors who know the subject; and a tenth of the entries has
    one juror from elsewhere, so that all can be compared. `tell` hears each stage as it begins.
    """
    import numpy as np

    table = build_table(inputs)
    rng = np.random.Generator(np.random.PCG64(seed))
    tell(STAGES[0])
    cost = LUCK * rng.random(table.taste.shape, np.float32) - table.taste
    bridged = choose_bridged(table, rng)
    tell(STAGES[1])
    seated = table.standing | place(table, cost, table.standing, table.need - bridged, rng)
    tell(STAGES[2])
    bridges = place(table, price_bridges(table, seated, rng), seated, bridged.astype(int), rng)
    seated = seated | bridges
    if not is_settled(table, seated):
        plain = table.standing | place(table, cost, table.standing, table.need, rng, every=True)
        if _order(plain) < _order(seated):
            seated, bridges = plain, np.zeros(plain.shape, bool)
    bridges = bridges | join_groups(table, seated, rng)
    tell(STAGES[3])
    return _report(table, seated, bridges & seated)


def place(table: Table, cost: Array, seated: Array, need: Array, rng: Array, *, every: bool = False) -> Array:
    """New pairs (a mask) for `need` open places beside those `seated`; over `every` allowed pair if asked."""
    import numpy as np

    new = np.zeros(seated.shape, bool)
    if not need.any() or not len(table.jurors):
        return new
    held = seated.sum(axis=0)
    allowed = table.free & ~seated & (held < table.capacity)
    found = list_candidates(cost, allowed, need, rng, every=every)
    if not every:
        level = find_level(held, table.capacity, int(need.sum()))
        found = sift(found, need, np.clip(level, held, np.maximum(held, table.capacity)) - held)
    taken = fill(found, need, held, table.capacity)
    new[found.rows[taken], found.columns[taken]] = True
    return new


def is_settled(table: Table, seated: Array) -> bool:
    """Whether every place is filled and loads are as equal as room and standing pairs would let them be.

    If not, conflicts are in the way, or giving the bridges last has cost something; one more draw without them tells.
    """
    import numpy as np

    held, loads, places = table.standing.sum(axis=0), seated.sum(axis=0), int(table.need.sum())
    level = find_level(held, table.capacity, places)
    lid = np.maximum(held, table.capacity)
    low, high = (np.clip(edge, held, lid) for edge in (np.floor(level + 1e-6), np.ceil(level - 1e-6)))
    return bool(loads.sum() - held.sum() == places and (loads >= low).all() and (loads <= high).all())


def _order(seated: Array) -> tuple[int, int]:
    """More places filled, then more equal loads."""
    loads = seated.sum(axis=0)
    return -int(loads.sum()), int((loads**2).sum())


def _report(table: Table, seated: Array, bridges: Array) -> Draw:
    loads = seated.sum(axis=0)
    count = int(seated.sum())
    places = int(table.need.sum())
    room = int((table.capacity - table.standing.sum(axis=0)).clip(min=0).sum())
    return Draw(
        panel=tuple(_explain(table, seated, bridges)),
        loads={juror.id: int(load) for juror, load in zip(table.jurors, loads, strict=True)},
        hard=tuple(_find_hard(table, seated)),
        mean_affinity=float(table.fit[seated].mean()) if count else 1.0,
        components=int(find_groups(seated).max(initial=-1)) + 1 if count else 0,
        efficiency=measure_efficiency(seated, table.k),
        conflict_violations=int((seated & ~table.free).sum()),
        wanted=len(table.ideas) * table.k,
        capacity_gap=max(0, places - room),
    )


def _explain(table: Table, seated: Array, bridges: Array) -> Iterator[DrawnPair]:
    import numpy as np

    for row, column in np.argwhere(seated).tolist():
        idea, juror = table.ideas[row], table.jurors[column]
        why = []
        if table.standing[row, column]:
            why.append(Why.KEPT)
        if bridges[row, column]:
            why.append(Why.BRIDGE)
        if juror.expertise and idea.track in juror.expertise:
            why.append(Why.TRACK)
        if idea.words & juror.words:
            why.append(Why.WORDS)
        if not why and not juror.expertise:
            why.append(Why.ANY)
        yield DrawnPair(idea.id, juror.id, tuple(why or [Why.BALANCE]))


def _find_hard(table: Table, seated: Array) -> Iterator[Hard]:
    has = seated.sum(axis=1) + table.beside
    free = (table.free | table.standing)[:, table.capacity > 0].sum(axis=1) + table.beside
    for idea, got, possible in zip(table.ideas, has.tolist(), free.tolist(), strict=True):
        if got < table.k:
            reason = Gap.CONFLICTS if possible < table.k else Gap.CAPACITY
            yield Hard(idea.id, table.k - got, reason, possible)
