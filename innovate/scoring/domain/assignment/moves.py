"""What a juror would be on an entry if they were put there by hand."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from innovate.scoring.domain.assignment.linkage import find_groups, measure_efficiency
from innovate.scoring.domain.assignment.places import EntryPlace, JurorPlace, Pair


class Mark(enum.StrEnum):
    """How a juror and an entry go together; the first four refuse."""

    HERE = "here"  # has the entry already
    CONFLICT = "conflict"
    ABSENT = "absent"  # does not serve in the round
    FULL = "full"  # has as many as they take
    TRACK = "track"  # the entry's track is their expertise
    WORDS = "words"  # keywords of theirs are in its text
    BRIDGE = "bridge"  # shares no entry yet with those who have it
    OPEN = "open"


FORBIDDEN = frozenset({Mark.HERE, Mark.CONFLICT, Mark.ABSENT, Mark.FULL})
GOOD = frozenset({Mark.TRACK, Mark.WORDS, Mark.BRIDGE})


def is_full(capacity: int | None, load: int) -> bool:
    """Whether a juror with this load takes no further entry."""
    return capacity is not None and load >= capacity


def judge(
    entry: EntryPlace, juror: JurorPlace, seated: Collection[int], partners: Collection[int], *, barred: bool
) -> Mark:
    """The mark of a pair, load and service aside. `partners`: jurors who share an entry with this one."""
    if juror.id in seated:
        return Mark.HERE
    if barred:
        return Mark.CONFLICT
    if juror.expertise and entry.track in juror.expertise:
        return Mark.TRACK
    if entry.words & juror.words:
        return Mark.WORDS
    if seated and not any(other in partners for other in seated):
        return Mark.BRIDGE
    return Mark.OPEN


def find_partners(pairs: Iterable[Pair]) -> Mapping[int, frozenset[int]]:
    """For each juror those who share an entry with them."""
    panels: dict[int, set[int]] = {}
    for idea, juror in pairs:
        panels.setdefault(idea, set()).add(juror)
    found: dict[int, set[int]] = {}
    for panel in panels.values():
        for juror in panel:
            found.setdefault(juror, set()).update(panel)
    return {juror: frozenset(others - {juror}) for juror, others in found.items()}


@dataclass(frozen=True)
class Figures:
    """What a panel amounts to: loads, entries with too few jurors, groups of jurors, and how well entries compare."""

    least: int
    most: int
    short: int
    components: int
    efficiency: float


def measure(ideas: Collection[int], jurors: Collection[int], pairs: Collection[Pair], k: int) -> Figures:
    """The figures of a panel; `jurors` are those who serve, with or without entries."""
    import numpy as np

    row = {idea: n for n, idea in enumerate(sorted(ideas))}
    column = {juror: n for n, juror in enumerate(sorted({*jurors, *(juror for _idea, juror in pairs)}))}
    seated = np.zeros((len(row), len(column)), bool)
    for idea, juror in pairs:
        if idea in row:
            seated[row[idea], column[juror]] = True
    loads = seated.sum(axis=0)[[column[juror] for juror in sorted(jurors)]]
    return Figures(
        least=int(loads.min(initial=10**6)) if len(loads) else 0,
        most=int(loads.max(initial=0)),
        short=int((seated.sum(axis=1) < k).sum()),
        components=int(find_groups(seated).max(initial=-1)) + 1 if seated.any() else 0,
        efficiency=measure_efficiency(seated, k),
    )
