"""How strict each juror is, what to ask them, and how far the jury agrees. Loads numpy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.ideas.models import Idea
from innovate.results.domain.fair.codes import Flag
from innovate.results.domain.fair.fit import Fit
from innovate.results.domain.fair.flags import flag_all, flag_own_unit
from innovate.results.domain.fair.reliability import Components, components, predict_reliability
from innovate.results.domain.method import Method, ScoringRules
from innovate.results.queries.boards import BoardView
from innovate.results.queries.computed import Basis, score
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.rounds import Criterion, Round
from innovate.teams.models import Team

BUYS = (1, 2, 3, 5, 8, 12)  # ballots for each entry


class JurorSeverity(NamedTuple):
    """One juror of a round: `severity` (points, below 0 is strict; None where it is not known) and its error."""

    user_id: int
    name: str
    public_id: str
    ballots: int
    mean: float
    severity: float | None
    error: float | None


class Question(NamedTuple):
    """A flag with the names of whom and what it is about."""

    flag: Flag
    juror: str
    juror_public_id: str


@dataclass(frozen=True)
class JuryReport:
    """A round's jury. `buys`: (ballots for each entry, reliability of the score then), empty where unknown."""

    jurors: Sequence[JurorSeverity]
    questions: Sequence[Question]
    agreement: Components | None
    buys: Sequence[tuple[int, float]]
    sd_juror: float | None
    sd_residual: float | None
    share: float | None
    ballots: int


def report_jury(view: BoardView, hidden: Collection[int] = ()) -> JuryReport | None:
    """The jury of one round by itself, from the ballots as they are now; None while there is none.

    No question is asked about a `hidden` idea.
    """
    scoring = score(Basis([view.round], ScoringRules(Method.FAIR)))
    if scoring is None:
        return None
    fit = scoring.rounds[0].fit
    people = {
        row.id: row
        for row in db.session.execute(
            select(User.id, User.name, User.public_id, User.unit_id).where(User.id.in_(fit.ballots.jurors))
        )
    }
    ideas = {
        row.id: row
        for row in db.session.execute(
            select(Idea.id, Idea.title, Idea.unit_id, Team.unit_id.label("team_unit_id"))
            .join(Team, Team.id == Idea.team_id)
            .where(Idea.id.in_(fit.ballots.ideas))
        )
    }
    flags = [
        *flag_all(fit, _cells(view.round, fit), wanted=view.round.ballots_per_idea),
        *flag_own_unit(fit, _find_own(fit, people, ideas)),
    ]
    found = components(fit)
    known = bool(np.isfinite(found.single))
    single = found.adjusted / (found.k - (found.k - 1) * found.adjusted) if known else 0.0
    return JuryReport(
        jurors=sorted(_jurors(fit, people), key=lambda row: (row.severity or 0.0, row.name)),
        questions=[_name(flag, people, ideas) for flag in flags if flag.idea not in hidden],
        agreement=found if known else None,
        buys=[(k, predict_reliability(single, k)) for k in BUYS] if known else [],
        sd_juror=_number(np.sqrt(fit.sb2)),
        sd_residual=_number(np.sqrt(fit.s2)),
        share=_number(fit.severity_share),
        ballots=fit.ballots.n,
    )


def _find_own(fit: Fit, people: dict[int, Any], ideas: dict[int, Any]) -> NDArray[np.bool_]:
    """Which ballots (n) are on an entry of the juror's own unit, or of a team of it."""
    units = [people[key].unit_id for key in fit.ballots.jurors]
    theirs = [{ideas[key].unit_id, ideas[key].team_unit_id} - {None} for key in fit.ballots.ideas]
    pairs = zip(fit.ballots.idea, fit.ballots.juror, strict=True)
    return np.array([units[juror] in theirs[idea] for idea, juror in pairs])


def _jurors(fit: Fit, people: dict[int, Any]) -> list[JurorSeverity]:
    made = fit.ballots
    means = np.bincount(made.juror, made.total) / made.per_juror
    known = not np.isnan(fit.sb2)
    return [
        JurorSeverity(
            int(key),
            people[key].name,
            people[key].public_id,
            int(made.per_juror[n]),
            float(means[n]),
            float(fit.severity[n]) if known else None,
            float(fit.severity_error[n]) if known else None,
        )
        for n, key in enumerate(made.jurors)
    ]


def _cells(round_: Round, fit: Fit) -> Any:
    """Shares of each criterion's range (n x C) in the order of the fit's ballots; NaN where a value is missing."""
    span = Criterion.maximum - Criterion.minimum
    query = (
        select(Ballot.idea_id, Ballot.user_id, Criterion.id, (BallotScore.value - Criterion.minimum) / span)
        .join(BallotScore, BallotScore.ballot_id == Ballot.id)
        .join(Criterion, Criterion.id == BallotScore.criterion_id)
        .where(Ballot.round_id == round_.id, Ballot.state == BallotState.SUBMITTED)
        .where(Criterion.rubric_id == Ballot.rubric_id, BallotScore.value.is_not(None))
    )
    rows = db.session.execute(query).all()
    made = fit.ballots
    keys = zip(made.idea.tolist(), made.juror.tolist(), strict=True)
    place = {(made.ideas[i], made.jurors[j]): n for n, (i, j) in enumerate(keys)}
    column = {key: n for n, key in enumerate(sorted({row[2] for row in rows}))}
    cells = np.full((made.n, max(1, len(column))), np.nan)
    for idea, juror, criterion, share in rows:
        at = place.get((idea, juror))
        if at is not None:
            cells[at, column[criterion]] = float(share)
    return cells


def _name(flag: Flag, people: dict[int, Any], ideas: dict[int, Any]) -> Question:
    juror = people.get(flag.juror)
    idea = ideas.get(flag.idea)
    named = Flag(flag.code, flag.juror, idea.title if idea else None, flag.values)
    return Question(named, juror.name if juror else "", juror.public_id if juror else "")


def _number(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
