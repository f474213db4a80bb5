"""Events of any size: exact, true to their own ballots, the same for the same seed."""

import json
from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from innovate.core import clock
from innovate.core.db import db
from innovate.demo.services import scale
from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.phases import current_span
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event
from innovate.events.queries import get_actor
from innovate.ideas.models import Idea, IdeaRevision
from innovate.notifications.models import OutboxMail
from innovate.results.domain.standing import hash_rows
from innovate.results.models import StandingRow
from innovate.results.queries.boards import compute_rows, list_boards
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.jury import Assignment, Juror
from innovate.scoring.models.rounds import Criterion
from innovate.teams.models import Membership, Team
from tests.factories.build import NOW

SMALL = ("--ideas", "23", "--jurors", "5", "--per-idea", "3")


def load(app: Flask, *args: str):
    with clock.frozen(NOW):
        return app.test_cli_runner().invoke(args=["demo", "load", *args])


def count(model, *where) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


@pytest.fixture
def event(app, monkeypatch) -> Event:
    monkeypatch.setattr("innovate.demo.domain.scale.CHUNK", 10)  # three chunks
    result = load(app, *SMALL, "--seed", "4", "--slug", "ukur")
    assert result.exit_code == 0, result.output
    assert "/k/ukur loaded" in result.output
    assert scale.ORGANIZER in result.output
    return get_actor("ukur", None).event


def test_the_numbers_are_those_asked_for(event) -> None:
    assert event.state is EventState.PUBLISHED
    assert current_span(event.phases, NOW).kind is PhaseKind.JUDGING
    mine = Idea.event_id == event.id
    assert count(Idea, mine) == count(Team) == count(Membership) == 23
    assert sorted(db.session.scalars(select(Idea.number).where(mine))) == list(range(1, 24))
    assert event.next_entry_number == 24
    assert count(Juror, Juror.event_id == event.id) == 5
    assert count(Assignment) == count(Ballot, Ballot.state == BallotState.SUBMITTED) == 69
    assert count(BallotScore) == 69 * 6
    each = Counter(db.session.scalars(select(Ballot.idea_id)))
    assert set(each.values()) == {3}
    load_of = Counter(db.session.scalars(select(Assignment.user_id)))
    assert sorted(load_of.values()) == [13, 14, 14, 14, 14]


def test_what_is_judged_is_each_ideas_own_revision(event) -> None:
    pairs = db.session.execute(
        select(Idea.id, IdeaRevision.idea_id, Idea.title, IdeaRevision.title)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .where(Idea.event_id == event.id)
    ).all()
    assert len(pairs) == 23
    assert all(idea == owner and title == pinned for idea, owner, title, pinned in pairs)
    judged = select(Ballot.revision_id, Idea.submitted_revision_id).join(Idea, Idea.id == Ballot.idea_id)
    assert all(read == pinned for read, pinned in db.session.execute(judged))


def test_stored_totals_are_what_the_scores_add_up_to(event) -> None:
    criteria = {row.id: row for row in db.session.scalars(select(Criterion))}
    assert sum(row.weight for row in criteria.values()) == 100
    given = defaultdict(dict)
    for score in db.session.scalars(select(BallotScore)):
        assert score.value in {Decimal(n) for n in range(1, 6)}
        given[score.ballot_id][score.criterion_id] = score.value
    ballots = list(db.session.scalars(select(Ballot)))
    for ballot in ballots:
        expected = sum(criteria[key].weight * (value - 1) / 4 for key, value in given[ballot.id].items())
        assert ballot.total == pytest.approx(float(expected), abs=1e-9)
    assert len({ballot.total for ballot in ballots}) > 20


def test_some_ballots_may_be_left_open(app) -> None:
    result = load(
        app, "--ideas", "40", "--jurors", "8", "--per-idea", "5", "--scored", "50", "--slug", "ukur"
    )
    assert result.exit_code == 0, result.output
    assert count(Assignment, Assignment.cleared_at.is_not(None)) == 200
    assert 70 < count(Ballot) < 130


def test_an_announced_event_serves_its_snapshot(app) -> None:
    result = load(app, *SMALL, "--slug", "ukur", "--announce")
    assert result.exit_code == 0, result.output
    event = get_actor("ukur", None).event
    (view,) = list_boards(event)
    assert view.state is BoardState.ANNOUNCED
    assert view.board.snapshot.sha256 == hash_rows(compute_rows(event, view))
    assert count(StandingRow) == 23
    assert count(OutboxMail) == 0  # nobody is told about an event for measuring


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--ideas", "5", "--jurors", "2", "--per-idea", "3"), "more ballots than there are jurors"),
        (("--ideas", "0", "--jurors", "2", "--per-idea", "1"), "at least 1"),
    ],
)
def test_an_impossible_size_is_refused_before_anything_is_written(app, args, words) -> None:
    result = load(app, *args)
    assert result.exit_code == 1
    assert words in result.output
    assert count(Event) == 0


def test_an_address_is_taken_once(event, app) -> None:
    result = load(app, *SMALL, "--slug", "ukur")
    assert result.exit_code == 1
    assert count(Event) == 1
    assert load(app, *SMALL, "--slug", "ukur-lagi").exit_code == 0
    assert count(Event) == 2


def test_the_same_seed_gives_the_same_event_on_any_database(databases, database_kind) -> None:
    found = []
    for seed in ("4", "4", "5"):
        with databases.own_app(database_kind) as app:
            found.append(_dump(app, seed))
    first, again, other = found
    assert first == again
    assert first != other


def _dump(app: Flask, seed: str) -> str:
    """Everything that was drawn, without keys of the database."""
    assert load(app, *SMALL, "--slug", "ukur", "--seed", seed).exit_code == 0
    with app.app_context():
        ideas = db.session.execute(
            select(Idea.number, Idea.public_id, Idea.title, Idea.in_gallery).order_by(Idea.number)
        ).all()
        ballots = db.session.execute(
            select(Idea.number, Assignment.public_id, Ballot.total, Ballot.comment_team)
            .join(Ballot, Ballot.assignment_id == Assignment.id)
            .join(Idea, Idea.id == Assignment.idea_id)
            .order_by(Assignment.public_id)
        ).all()
        scores = db.session.execute(
            select(Assignment.public_id, Criterion.name, BallotScore.value)
            .join(Ballot, Ballot.assignment_id == Assignment.id)
            .join(BallotScore, BallotScore.ballot_id == Ballot.id)
            .join(Criterion, Criterion.id == BallotScore.criterion_id)
            .order_by(Assignment.public_id, Criterion.position)
        ).all()
    return json.dumps([list(map(list, rows)) for rows in (ideas, ballots, scores)], default=str)
