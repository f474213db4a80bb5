"""What there is to say about a file besides its ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from innovate.results.domain.fair.ballots import Ballots, Index
from innovate.results.domain.fair.codes import Flag, FlagCode, Note, NoteCode
from innovate.results.domain.fair.estimate import Estimate
from innovate.results.domain.fair.fit import Fit
from innovate.results.domain.fair.intervals import find_brackets
from innovate.results.domain.fair.reliability import components
from innovate.results.domain.fair.spread import SpreadFit
from innovate.results.domain.filed.work import Work
from innovate.results.domain.sheets.scores import Scores

NAMED = 10  # brackets of a group told in a note, among its first hundred


def note_file(work: Work) -> Iterator[Note]:
    """What does not count, and who was not judged."""
    scores = work.scores
    if missing := sorted(set(scores.tracks) - set(work.ballots.ideas)):
        yield Note(NoteCode.NOT_JUDGED, {"count": len(missing), "ideas": missing})
    if lacking := sorted(key for key, found in scores.ballots.items() if None in found):
        yield Note(NoteCode.INCOMPLETE, {"count": len(lacking), "ballots": lacking})


def note_spread(spread: SpreadFit | None) -> Iterator[Note]:
    """Where the spread-aware score is the fair score after all."""
    if spread is None:
        return
    if spread.few.any():
        jurors = [spread.fit.ballots.jurors[n] for n in np.flatnonzero(spread.few)]
        yield Note(NoteCode.SPREAD_TOO_FEW, {"count": len(jurors), "jurors": jurors})
    if spread.is_off:
        yield Note(NoteCode.SPREAD_ALIKE)


def note_agreement(fit: Fit) -> Iterator[Note]:
    """Reliability of any design."""
    found = components(fit)
    if np.isfinite(found.single):
        values = {"single": found.single, "mean": found.mean, "adjusted": found.adjusted, "k": found.k}
        yield Note(NoteCode.RELIABILITY, values)


def note_brackets(ballots: Ballots, estimate: Estimate, groups: Sequence[Index]) -> Iterator[Note]:
    """The first runs of places whose ends cannot be told apart."""
    if not estimate.is_known:
        return
    found = []
    for members in groups:
        order = members[np.argsort(-estimate.score[members], kind="stable")]
        runs = find_brackets(estimate, order[: 10 * NAMED])[:NAMED]
        found += [[ballots.ideas[n] for n in order[first : last + 1]] for first, last in runs]
    if found:
        yield Note(NoteCode.NOT_SEPARATED, {"count": len(found), "groups": found})


def flag_weights(scores: Scores) -> Iterator[Flag]:
    """Weights that sum neither to 100 nor to 1; they count in proportion."""
    whole = sum(each.weight for each in scores.criteria)
    if min(abs(whole - 100), abs(whole - 1)) > 1e-6:
        yield Flag(FlagCode.WEIGHTS, values={"sum": whole})
