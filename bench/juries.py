"""Made-up juries whose truth is known: the generator behind the numbers that the fair score has to reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innovate.results.domain.fair.ballots import Ballots, arrange

POINTS = 1.2  # of a ballot, for one standard deviation of ideas
MIDDLE, LOWEST, HIGHEST, STEPS = 5.5, 1.0, 10.0, 6
TRACK_SPREAD = 0.6


@dataclass(frozen=True)
class Jury:
    """What a competition is made of; standard deviations in those of ideas.

    Severities N(0, `severity`), log spreads N(0, `spread`), log consistencies N(0, `consistency`). With several
    `tracks` every juror has one, and each ballot goes to a juror of another with chance `cross`.
    """

    ideas: int = 500
    jurors: int = 50
    ballots: int = 5
    severity: float = 0.8
    noise: float = 0.8
    spread: float = 0.15
    consistency: float = 0.25
    tracks: int = 1
    cross: float = 0.2


@dataclass(frozen=True)
class Made:
    """The ballots of one jury, and the `truth` (N) and `track` (N) of their ideas."""

    ballots: Ballots
    truth: NDArray[np.float64]
    track: NDArray[np.intp]


def make(jury: Jury, seed: int) -> Made:
    """`y_ij = 5.5 + 1.2 (s_j theta_i + b_j + .8 g_j e_ij)`, rounded to sixths, clipped to 1..10."""
    luck = np.random.default_rng(seed)
    track = np.arange(jury.ideas) % jury.tracks
    truth = luck.normal(size=jury.ideas)
    if jury.tracks > 1:
        truth = truth + luck.normal(0, TRACK_SPREAD, jury.tracks)[track]
    severity, spread, consistency = (
        luck.normal(0, size, jury.jurors) for size in (jury.severity, jury.spread, jury.consistency)
    )
    juror = np.concatenate([_seat(jury, int(own), luck) for own in track])
    idea = np.repeat(np.arange(jury.ideas), jury.ballots)
    noise = jury.noise * np.exp(consistency[juror]) * luck.normal(size=len(idea))
    exact = MIDDLE + POINTS * (np.exp(spread[juror]) * truth[idea] + severity[juror] + noise)
    total = np.clip(np.round(exact * STEPS) / STEPS, LOWEST, HIGHEST)
    return Made(arrange(range(jury.ideas), range(jury.jurors), idea, juror, total), truth, track)


def _seat(jury: Jury, track: int, luck: np.random.Generator) -> NDArray[np.intp]:
    """The jurors of one idea."""
    home = np.arange(jury.jurors) % jury.tracks == track
    away = int((luck.random(jury.ballots) < jury.cross).sum()) if jury.tracks > 1 else 0
    seats = [(home, jury.ballots - away), (~home, away)]
    chosen = [luck.choice(np.flatnonzero(there), count, replace=False) for there, count in seats if count]
    return np.concatenate(chosen)


def make_panel(ideas: int, jurors: int, luck: np.random.Generator) -> Made:
    """A finale on 0..100: everybody judges everything; severity 8, noise 5, ideas 5."""
    truth = 5 * luck.normal(size=ideas)
    cells = 60 + truth[:, None] + 8 * luck.normal(size=jurors) + 5 * luck.normal(size=(ideas, jurors))
    idea, juror = np.divmod(np.arange(ideas * jurors), jurors)
    made = arrange(range(ideas), range(jurors), idea, juror, cells.ravel())
    return Made(made, truth, np.zeros(ideas, np.intp))
