"""What an organizer must be told about a fit, as codes and numbers; the sentences are in `results.words`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np

from innovate.results.domain.fair.ballots import Ballots
from innovate.results.domain.fair.codes import Note, NoteCode
from innovate.results.domain.fair.design import Design
from innovate.results.domain.fair.fit import Fit

SMALL_SHARE = 0.05
FEW_JURORS = 3
FEW_DEGREES = 10


Pairs = Collection[tuple[object, object]]


def note_fit(fit: Fit, barred: Pairs = ()) -> list[Note]:
    """Every fallback that applies to a fit, in the order in which they are told. `barred` (idea, juror) are never
    suggested: conflicts of interest.
    """
    return list(_note(fit, barred))


def _note(fit: Fit, barred: Pairs) -> Iterator[Note]:
    made, groups = fit.ballots, fit.design.groups
    if groups > 1:
        bridges = suggest_bridges(made, fit.design, barred)
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


def suggest_bridges(ballots: Ballots, design: Design, barred: Pairs = ()) -> list[tuple[object, object]]:
    """Ballots (idea, juror) that would join all groups: one for each group beside the largest, none of them `barred`.

    An idea of the largest group goes to the juror of the other group who has the fewest ballots; each idea is asked for
    once while there are enough. Where every such pair is barred, an idea of the other group goes to a juror of the
    largest; a group without a free pair either way stays apart.
    """
    home = int(np.argmax(np.bincount(design.idea_group)))
    asked: Counter[int] = Counter()
    bridges: list[tuple[object, object]] = []
    for group in (group for group in range(design.groups) if group != home):
        for ideas_of, jurors_of in ((home, group), (group, home)):
            pair = _free_pair(ballots, design, ideas_of, jurors_of, asked, barred)
            if pair:
                idea, juror = pair
                asked[idea] += 1
                bridges.append((ballots.ideas[idea], ballots.jurors[juror]))
                break
    return bridges


def _free_pair(
    ballots: Ballots, design: Design, ideas_of: int, jurors_of: int, asked: Counter[int], barred: Pairs
) -> tuple[int, int] | None:
    """The first pair that is not barred: jurors and ideas with few ballots first."""
    jurors = np.flatnonzero(design.juror_group == jurors_of)
    ideas = np.flatnonzero(design.idea_group == ideas_of)
    count = ballots.per_idea
    for juror in jurors[np.argsort(ballots.per_juror[jurors], kind="stable")].tolist():
        free = [n for n in ideas.tolist() if (ballots.ideas[n], ballots.jurors[juror]) not in barred]
        if free:
            return min(free, key=lambda n: (asked[n], count[n])), juror
    return None
