"""Reading what a draw needs, and who has fallen silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from innovate.core.db import db
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.domain.assignment.places import DrawInputs, EntryPlace, JurorPlace, Pair
from innovate.scoring.domain.assignment.plan import Plan, count_places, is_silent
from innovate.scoring.domain.assignment.words import match_keywords
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.queries.jury import JurorRow, coverage_by_idea, list_jurors
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import is_entry_of


def list_serving(round_: Round) -> list[JurorRow]:
    """The jurors of the round with their progress in it, by name."""
    serving = find_round_jury(round_)
    rows = list_jurors(round_.event_id, round_.id)
    return [row for row in rows if serving is None or row.user.id in serving]


def load_draw(round_: Round, *, silent: Collection[int] = ()) -> DrawInputs:
    """The inputs of a draw as they are now. Jurors in `silent` give back what they have not handed in."""
    people = [row for row in list_serving(round_) if row.user.id not in silent]
    entries = coverage_by_idea(round_)
    ids = {entry.idea_id for entry in entries}
    words = find_words(round_, {word for row in people for word in row.keywords})
    seats, gone = _list_pairs(round_, silent)
    forbidden = {pair for pair in find_conflicts(round_.event_id) if pair[0] in ids}
    return DrawInputs(
        ideas=[
            EntryPlace(entry.idea_id, entry.track_code, words.get(entry.idea_id, frozenset()))
            for entry in sorted(entries)
        ],
        jurors=sorted(map(as_place, people), key=lambda juror: juror.id),
        k=round_.ballots_per_idea,
        forbidden=frozenset(forbidden | {pair for pair in gone if pair[0] in ids and pair not in seats}),
        existing=frozenset(pair for pair in seats if pair[0] in ids),
    )


def as_place(row: JurorRow) -> JurorPlace:
    """A juror as the rules of a draw want them."""
    return JurorPlace(row.user.id, row.capacity, frozenset(row.expertise), frozenset(row.keywords))


def _list_pairs(round_: Round, silent: Collection[int]) -> tuple[set[Pair], set[Pair]]:
    """Pairs that stand, and pairs that ended: whoever was taken off an entry does not get it again by draw."""
    query = (
        select(Assignment.idea_id, Assignment.user_id, Assignment.state, Ballot.state)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_.id)
    )
    standing: set[Pair] = set()
    ended: set[Pair] = set()
    for idea, user, state, ballot in db.session.execute(query):
        given_back = user in silent and ballot is not BallotState.SUBMITTED
        kept = state is AssignmentState.ACTIVE and not given_back
        (standing if kept else ended).add((idea, user))
    return standing, ended


def find_words(
    round_: Round, keywords: Collection[str], *, idea_ids: Collection[int] | None = None
) -> dict[int, frozenset[str]]:
    """Which of the jurors' keywords stand in an entry's title or texts; reads no text where nobody named any."""
    if not keywords:
        return {}
    query = (
        select(Idea.id, IdeaRevision.title, IdeaRevision.answers)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .where(is_entry_of(round_))
        .execution_options(yield_per=500)
    )
    if idea_ids is not None:
        query = query.where(Idea.id.in_(idea_ids))
    return {
        idea: match_keywords("\n".join([title, *_texts(answers)]), keywords)
        for idea, title, answers in db.session.execute(query)
    }


def _texts(answers: Mapping[str, Any]) -> Iterable[str]:
    return (text for text in answers.values() if isinstance(text, str))


# -- planning --------------------------------------------------------------------------------------------------------


def load_plan(round_: Round, jurors: list[JurorRow]) -> Plan:
    """The arithmetic of a round as it stands; `jurors` with their progress in it."""
    assigned = [entry.assigned for entry in coverage_by_idea(round_)]
    limits = [(row.capacity, row.progress.assigned) for row in jurors]
    return count_places(round_.ballots_per_idea, assigned, limits)


class Silent(NamedTuple):
    """A juror without a sign of life: since when, and how much they would give back."""

    juror: JurorRow
    last_at: datetime | None
    left: int


def list_silent(round_: Round, jurors: list[JurorRow], *, days: int, at: datetime) -> list[Silent]:
    """Jurors with work left who have opened and saved nothing for so many days, most work first."""
    query = select(Assignment.user_id, func.min(Assignment.created_at)).group_by(Assignment.user_id)
    query = query.where(Assignment.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE)
    given = dict(db.session.execute(query).tuples().all())
    found = []
    for row in jurors:
        signs = (row.last_seen_at, row.progress.last_at)
        if row.progress.left and is_silent(signs, given[row.user.id], at, days):
            last = max((sign for sign in signs if sign), default=None)
            found.append(Silent(row, last, row.progress.left))
    return sorted(found, key=lambda silent: (-silent.left, silent.juror.user.name))
