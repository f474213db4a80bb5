"""What is said about a file of scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from innovate.results.domain.fair.codes import Flag, Note
from innovate.results.domain.fair.reliability import Concordance, Icc
from innovate.results.domain.method import Method
from innovate.results.domain.ties.rules import Decision


@dataclass(frozen=True)
class RankedIdea:
    """One idea. Numbers are NaN and ranks None where they cannot be known; ranks are those within its track.

    `error` is the standard error of the score by itself, as R's lme4 gives it; `low` and `high` are of the idea against
    its group, on which its rank depends.
    """

    idea: str
    track: str
    rank: int | None
    raw_rank: int | None
    raw: float
    score: float
    error: float
    low: float
    high: float
    rank_low: float
    rank_high: float
    p_top: float
    ballots: int
    decision: Decision | None = None


@dataclass(frozen=True)
class RankedJuror:
    """One juror: `severity` (points, below 0 is strict), its standard error, the plain mean of their ballots."""

    juror: str
    ballots: int
    severity: float
    error: float
    mean: float


@dataclass(frozen=True)
class Reliability:
    """Agreement: correlations and concordance of a complete table (NaN otherwise), Krippendorff's alphas."""

    icc: Icc
    alpha_interval: float
    alpha_ordinal: float
    concordance: Concordance


@dataclass(frozen=True)
class Ranking:
    """Everything about a file. Deviations in points; `criteria` names those of the tie rules, heaviest first."""

    method: Method
    ideas: Sequence[RankedIdea]
    jurors: Sequence[RankedJuror]
    sd_juror: float
    sd_residual: float
    severity_share: float
    components: int
    reliability: Reliability
    flags: Sequence[Flag]
    notes: Sequence[Note]
    criteria: Sequence[str]
