"""Reading everything a result rests on, as it is at this moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from innovate.audit.domain.notes import write_instant
from innovate.core.db import db
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.results.domain.bundle.inputs import (
    EQUALLY_STRICT,
    Criterion,
    Exclusion,
    FrozenResult,
    Place,
    RoundPart,
    RoundScore,
    RubricPart,
    Rule,
    Ruling,
    SpreadPart,
    write_ratio,
    write_score,
)
from innovate.results.domain.method import Method
from innovate.results.domain.ranking import TIE_PLACES
from innovate.results.domain.standing import Row
from innovate.results.domain.ties.rules import MARKS, Plenary, TieRule
from innovate.results.models import Snapshot, StandingRow
from innovate.results.queries.boards import BoardView, load_basis
from innovate.results.queries.kept import KeptBallots, counted_or_excluded
from innovate.scoring.domain.leaves import published_id
from innovate.scoring.models import rounds as tables
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotState
from innovate.scoring.models.rounds import Round

if TYPE_CHECKING:  # numpy is loaded by whoever computes
    from innovate.results.domain.scored.rounds import ScoredRound, Scoring


def gather_result(
    event: Event,
    view: BoardView,
    snapshot: Snapshot,
    rows: Sequence[Row | StandingRow],
    scoring: Scoring | None,
    ballots: KeptBallots,
) -> FrozenResult:
    """The ballots, rubrics, rules, weights and exclusions behind these rows, jurors under pseudonyms. `scoring` is what
    the rows were computed from.
    """
    from innovate.results.domain.bundle.settled import state_ties

    basis = load_basis(event, view)
    rounds, rules = basis.rounds, basis.rules
    scores = [_by_idea(each) for each in scoring.rounds] if scoring else [{} for _ in rounds]
    rubric_ids = ballots.rubric_ids | {round_.rubric_id for round_ in rounds if round_.rubric_id}
    ratios = {each["round"]: each["ratio"] for each in snapshot.fits or []}
    result = FrozenResult(
        event=event.slug,
        name=event.name,
        round=view.number,
        snapshot=snapshot.number,
        taken_at=write_instant(snapshot.taken_at),
        method=snapshot.method,
        minimum_ballots=rules.minimum_ballots,
        jurors=ballots.jurors,
        rounds=tuple(
            _write_round(round_, rules.method, ratios, _write_spread(scored, ballots.secret))
            for round_, scored in zip(
                rounds, scoring.rounds if scoring else [None] * len(rounds), strict=True
            )
        ),
        rubrics=tuple(_list_rubrics(rubric_ids)),
        ties=tuple(map(_write_rule, rules.tie_order)),
        rulings=tuple(_write_rulings(basis.rulings)),
        seeds={},
        exclusions=tuple(_list_exclusions([round_.id for round_ in rounds], ballots.secret)),
        places=tuple(_write_place(row, scores) for row in rows),
        lines=ballots.lines,
        joint=rules.joint,
    )
    return state_ties(result)


def _by_idea(scored: ScoredRound) -> dict[int, RoundScore]:
    """What each idea with a ballot has in a round."""
    made = scored.fit.ballots
    found = zip(made.ideas, scored.estimate.score.tolist(), made.per_idea.tolist(), strict=True)
    return {idea: RoundScore(write_score(score), ballots) for idea, score, ballots in found}


def _write_round(
    round_: Round, method: Method, ratios: Mapping[int, str], spread: SpreadPart | None
) -> RoundPart:
    about = round_.id, round_.number, round_.phase.name, _number(round_.weight), round_.rubric_id or 0
    ratio = EQUALLY_STRICT if method is Method.RAW else ratios.get(round_.id, EQUALLY_STRICT)
    return RoundPart(*about, method=method.value, ratio=ratio, spread=spread)


def _write_spread(scored: ScoredRound | None, secret: str) -> SpreadPart | None:
    found = scored.spread if scored else None
    if scored is None or found is None:
        return None
    named = [published_id(secret, "juror", juror) for juror in scored.fit.ballots.jurors]
    pairs = zip(map(write_ratio, found.spread), map(write_ratio, found.noise), strict=True)
    return SpreadPart(write_ratio(found.mu), dict(zip(named, pairs, strict=True)))


def _write_rule(rule: TieRule) -> Rule:
    marks = {"marks": [f"{mark:g}" for mark in MARKS]} if rule is TieRule.COUNT_BACK else {}
    return {"rule": rule.value, **marks}


def _write_rulings(rulings: Sequence[Plenary]) -> list[Ruling]:
    ideas = {idea for ruling in rulings for idea in ruling.order}
    query = select(Idea.id, Idea.public_id).where(Idea.id.in_(ideas))
    named = dict(db.session.execute(query).tuples().all()) if ideas else {}
    return [Ruling(tuple(named[idea] for idea in ruling.order), ruling.reason) for ruling in rulings]


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _list_rubrics(rubric_ids: Iterable[int]) -> list[RubricPart]:
    table = tables.Criterion
    columns = (table.rubric_id, table.id, table.name, table.weight, table.minimum, table.maximum)
    query = select(*columns).where(table.rubric_id.in_(sorted(rubric_ids)))
    found: dict[int, list[Criterion]] = {key: [] for key in sorted(rubric_ids)}
    for rubric, key, name, *numbers in db.session.execute(query.order_by(table.position, table.id)):
        found[rubric].append(Criterion(key, name, *map(_number, numbers)))
    return [RubricPart(key, tuple(criteria)) for key, criteria in found.items()]


def _list_exclusions(round_ids: Sequence[int], secret: str) -> list[Exclusion]:
    """What was taken out of the count, with the reason and instant of the last time it was."""
    query = select(BallotChange.ballot_id, BallotChange.reason, BallotChange.at)
    query = query.join(Ballot, Ballot.id == BallotChange.ballot_id).where(counted_or_excluded(round_ids))
    query = query.where(Ballot.state == BallotState.EXCLUDED, BallotChange.action == "exclude")
    last = {
        ballot: (reason, at) for ballot, reason, at in db.session.execute(query.order_by(BallotChange.id))
    }
    excluded = select(Ballot.id).where(counted_or_excluded(round_ids), Ballot.state == BallotState.EXCLUDED)
    found = []
    for ballot in db.session.scalars(excluded.order_by(Ballot.id)):
        reason, at = last.get(ballot, ("", None))
        named = published_id(secret, "ballot", ballot)
        found.append(Exclusion(named, reason, write_instant(at) if at else ""))
    return sorted(found, key=lambda each: each.ballot)


def _write_place(row: Row | StandingRow, scores: Sequence[Mapping[int, RoundScore]]) -> Place:
    return Place(
        idea=row.idea_public_id,
        number=row.number,
        title=row.title,
        group=row.group_code,
        track=row.track_code,
        rank=row.rank,
        score=write_score(_as_ranked(row.score)),
        rounds=tuple(each.get(row.idea_id, RoundScore(None, 0)) for each in scores),
        ties={},
        award=row.award,
        pool=row.pool,
    )


def _as_ranked(score: float | None) -> float | None:
    """A score as ranks compare it: rounded as numpy does, so that equal ranks are equal texts."""
    return None if score is None else round(score * 10**TIE_PLACES) / 10**TIE_PLACES
