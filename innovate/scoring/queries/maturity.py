"""Reading the index of maturity a round verifies: what units claim of themselves, and what verifiers found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import FieldKind
from innovate.events.models import FormField
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import list_fields
from innovate.scoring.domain.maturity import Standing, claimed_level, mean_levels, stand
from innovate.scoring.models.ballots import Ballot, BallotScore
from innovate.scoring.models.indices import RoundIndex
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import CriterionRow
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.rounds import is_entry_of, list_rounds
from innovate.scoring.queries.totals import counted
from innovate.teams.models import Team


@dataclass(frozen=True)
class Index:
    """The index of a round: its indicators by key in order, its bands, and the fields in which units claim levels."""

    round: Round
    name: str
    bands: list[Any]
    indicators: dict[int, CriterionRow]
    claims: dict[int, FormField]  # by indicator
    fields: list[FormField]  # the profile: every other field that holds text


@dataclass(frozen=True)
class Row:
    """One entry: levels claimed and verified, and where both put it; `verified` from the first ballot on."""

    idea: Idea
    answers: Mapping[str, Any]
    claimed_levels: Mapping[int, Fraction]
    claimed: Standing
    verified_levels: Mapping[int, Fraction]
    verified: Standing | None

    @property
    def title(self) -> str:
        """As it was handed in."""
        return self.idea.submitted_revision.title if self.idea.submitted_revision else self.idea.title


def list_indexed(event_id: int) -> dict[int, RoundIndex]:
    """The indices of an event's rounds by round."""
    query = select(RoundIndex).join(Round, Round.id == RoundIndex.round_id).where(Round.event_id == event_id)
    return {row.round_id: row for row in db.session.scalars(query)}


@dataclass(frozen=True)
class OnSheet:
    """What a scorecard of such a round shows beside its total."""

    bands: Sequence[Any]
    standing: Standing


def find_on_sheet(
    bands: Sequence[Any] | None, criteria: Mapping[int, CriterionRow], values: Mapping[int, Any]
) -> OnSheet | None:
    """The points of the values given so far; None where the round verifies no index (`bands` None)."""
    if bands is None:
        return None
    levels = {key: Fraction(value) for key, value in values.items()}
    return OnSheet(bands, stand(criteria, levels, bands))


def get_index(event_id: int) -> Index:
    """The index of the event's first round that has one, or NotFound."""
    known = list_indexed(event_id)
    round_ = next((each for each in list_rounds(event_id) if each.id in known), None)
    if round_ is None:
        raise NotFound
    criteria = {criterion.id: criterion for criterion in list_criteria(round_.rubric_id)}
    fields = list_fields(event_id)
    by_label = {f.label.strip().casefold(): f for f in fields if f.kind is FieldKind.CHOICE}
    claims = {
        key: by_label[criterion.name.strip().casefold()]
        for key, criterion in criteria.items()
        if criterion.name.strip().casefold() in by_label
    }
    claiming = {field.id for field in claims.values()}
    profile = [f for f in fields if f.id not in claiming and f.kind is not FieldKind.FILE]
    row = known[round_.id]
    return Index(round_, row.name, row.bands, criteria, claims, profile)


def list_rows(index: Index, *, hidden: Collection[int] = (), page: int = 1, size: int = 50) -> Page[Row]:
    """Entries by number with both standings. Constant number of statements."""
    query = select(Idea).where(is_entry_of(index.round), Idea.id.not_in(hidden))
    query = query.options(
        joinedload(Idea.submitted_revision),
        joinedload(Idea.team).joinedload(Team.unit),
        joinedload(Idea.unit),
        joinedload(Idea.group),
        joinedload(Idea.track),
    )
    found = paginate(query.order_by(Idea.number, Idea.id), page=page, size=size)
    given = _given(index, [idea.id for idea in found.items])
    rows = [_row(index, idea, given.get(idea.id)) for idea in found.items]
    return Page(rows, found.page, found.size, found.total)


def _given(index: Index, idea_ids: Collection[int]) -> dict[int, list[dict[int, Any]]]:
    """By entry: the values of each ballot that counts."""
    query = select(Ballot.idea_id, Ballot.id, BallotScore.criterion_id, BallotScore.value)
    query = query.join(BallotScore, BallotScore.ballot_id == Ballot.id)
    query = query.where(
        Ballot.round_id == index.round.id,
        counted(),
        Ballot.idea_id.in_(idea_ids),
        BallotScore.criterion_id.in_(index.indicators),
        BallotScore.value.is_not(None),
    )
    ballots: dict[int, dict[int, dict[int, Any]]] = {}
    for idea_id, ballot_id, criterion_id, value in db.session.execute(query):
        ballots.setdefault(idea_id, {}).setdefault(ballot_id, {})[criterion_id] = value
    return {idea_id: list(values.values()) for idea_id, values in ballots.items()}


def _row(index: Index, idea: Idea, given: list[dict[int, Any]] | None) -> Row:
    answers = idea.submitted_revision.answers if idea.submitted_revision else {}
    claimed = _claims(index, answers)
    verified = mean_levels(given or ())
    return Row(
        idea,
        answers,
        claimed,
        stand(index.indicators, claimed, index.bands),
        verified,
        stand(index.indicators, verified, index.bands) if given else None,
    )


def _claims(index: Index, answers: Mapping[str, Any]) -> dict[int, Fraction]:
    found = {}
    for key, field in index.claims.items():
        level = claimed_level(field.options.get("choices", []), str(answers.get(field.key) or ""))
        if level is not None:
            found[key] = Fraction(level)
    return found
