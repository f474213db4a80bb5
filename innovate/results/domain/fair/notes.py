"""What an organizer must be told about a fit, as codes and numbers; the sentences are in `results.words`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from innovate.results.domain.fair.ballots import Ballots
from innovate.results.domain.fair.codes import Note, NoteCode
from innovate.results.domain.fair.design import Design
from innovate.results.domain.fair.fit import Fit

SMALL_SHARE = 0.05
FEW_JURORS = 3
FEW_DEGREES = 10


def note_fit(fit: Fit) -> list[Note]:
    """Every fallback that applies to a fit, in the order in which they are told."""
    return list(_note(fit))


def _note(fit: Fit) -> Iterator[Note]:
    made, groups = fit.ballots, fit.design.groups
    if groups > 1:
        bridges = suggest_bridges(made, fit.design)
        yield Note(NoteCode.SEPARATE_GROUPS, {"groups": groups, "bridges": bridges})
    if made.n == len(made.ideas):
        yield Note(NoteCode.ONE_BALLOT_EACH)
        return
    if np.ptp(made.total) == 0:
        yield Note(NoteCode.ALL_EQUAL)
        return
    if made.is_complete:
        yield Note(NoteCode.COMPLETE)
    elif fit.severity_share < SMALL_SHARE:
        yield Note(NoteCode.SMALL_SEVERITY, {"share": fit.severity_share})
    jurors, degrees = len(made.jurors), fit.degrees
    if jurors < FEW_JURORS or degrees < FEW_DEGREES:
        yield Note(NoteCode.UNCERTAIN, {"jurors": jurors, "degrees": degrees})
    if degrees <= 0:
        yield Note(NoteCode.NO_INTERVALS)


def suggest_bridges(ballots: Ballots, design: Design) -> list[tuple[object, object]]:
    """Ballots (idea, juror) that would join all groups: one for each group beside the largest.

    An idea of the largest group goes to the juror of the other group who has the fewest ballots; each idea is asked for
    once while there are enough. Conflicts of interest are for the caller to look at.
    """
    sizes = np.bincount(design.idea_group)
    home = int(np.argmax(sizes))
    ideas = [n for n in np.argsort(ballots.per_idea, kind="stable") if design.idea_group[n] == home]
    loads = ballots.per_juror
    bridges: list[tuple[object, object]] = []
    for group in (group for group in range(design.groups) if group != home):
        jurors = np.flatnonzero(design.juror_group == group)
        juror = int(jurors[np.argmin(loads[jurors])])
        bridges.append((ballots.ideas[int(ideas[len(bridges) % len(ideas)])], ballots.jurors[juror]))
    return bridges
