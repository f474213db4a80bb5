"""A server killed in the middle of two hundred saves: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from innovate.audit.queries import find_chain_fault
from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Criterion
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.support.database import Databases
from tests.support.savers import Ballot as Sent
from tests.support.savers import save_all_at_once, sign_in
from tests.support.server import Site, running_site

pytestmark = pytest.mark.slow

JURORS, ENTRIES = 8, 25
KILLED_AT = 100


@pytest.fixture
def address(databases: Databases, database_kind: str, tmp_path: Path) -> str:
    return databases.fresh_url(database_kind, "killed", tmp_path)


def test_what_was_acknowledged_survives_the_server(address: str, tmp_path: Path) -> None:
    with running_site(tmp_path, database_url=address, at=NOW) as site:
        sent = set_desks(site)
        save_all_at_once(
            host_of(site),
            list(sent.values()),
            times=5,
            acknowledged=lambda count: site.kill() if count == KILLED_AT else None,
        )
    assert not [ballot.refused for ballot in sent.values() if ballot.refused]
    kept = sum(ballot.version for ballot in sent.values())
    on_its_way = [ballot for ballot in sent.values() if ballot.sent > ballot.version]
    assert kept >= KILLED_AT
    assert len(on_its_way) > JURORS, "the server was not killed in the middle"
    expect_sound(site, address, sent)
    with running_site(tmp_path, database_url=address, at=NOW) as site:
        save_all_at_once(host_of(site), on_its_way, times=1)  # the same requests once more
    assert not [ballot.refused for ballot in sent.values() if ballot.refused]
    assert all(ballot.version == ballot.sent for ballot in sent.values())
    expect_sound(site, address, sent)


def host_of(site: Site) -> str:
    return site.url.removeprefix("http://")


def set_desks(site: Site) -> dict[int, Sent]:
    """Two hundred ballots nobody has begun, by their assignment, in the hands of eight jurors who signed in."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        round_ = build.make_round(event)
        jurors = [build.make_user() for _ in range(JURORS)]
        for juror in jurors:
            build.give_role(event, juror, Role.JUROR)
        ideas = [build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE) for _ in range(ENTRIES)]
        seats = [build.make_assignment(round_, idea, juror) for juror in jurors for idea in ideas]
        keys = [key for (key,) in db.session.query(Criterion.id).filter_by(rubric_id=round_.rubric_id)]
        slug, emails = event.slug, {juror.id: juror.email for juror in jurors}
    people = {user_id: sign_in(host_of(site), email, PASSWORD) for user_id, email in emails.items()}
    return {
        seat.id: Sent(people[seat.user_id], f"/k/{slug}/juri/karya/{seat.public_id}/simpan", keys)
        for seat in seats
    }


def expect_sound(site: Site, address: str, sent: dict[int, Sent]) -> None:
    """No ballot is lost or half there, the trail holds, and the database finds no fault with itself."""
    with site.application():
        expect_whole(sent)
        assert find_chain_fault() is None
    if address.startswith("sqlite"):
        for path in (address.removeprefix("sqlite:///"), site.folder / "queue.sqlite3"):
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def expect_whole(sent: dict[int, Sent]) -> None:
    """Every ballot is what was acknowledged last, or that with the one save that was on its way; never a mixture."""
    found = {ballot.assignment_id: ballot for ballot in db.session.scalars(select(Ballot))}
    for seat in db.session.scalars(select(Assignment)):
        ballot, known = found.pop(seat.id, None), sent[seat.id]
        version = ballot.version if ballot else 0
        assert version in {known.version, known.sent}
        if ballot:
            assert (seat.user_id, ballot.comment_team) == (ballot.user_id, f"Simpanan ke-{version}")
            expect_scores(ballot, known)
            expect_history(ballot)
    assert not found


def expect_scores(ballot: Ballot, known: Sent) -> None:
    """Every criterion has the value and the note of the same save, and the total is theirs."""
    scores = db.session.query(BallotScore).filter_by(ballot_id=ballot.id).all()
    value = known.value(ballot.version)
    expected = {(key, value, f"Simpanan ke-{ballot.version}") for key in known.criteria}
    assert {(score.criterion_id, score.value, score.comment) for score in scores} == expected
    assert ballot.total == pytest.approx(25 * (value - 1))


def expect_history(ballot: Ballot) -> None:
    """What each save replaced, once each."""
    query = db.session.query(BallotChange.version, BallotChange.before).filter_by(ballot_id=ballot.id)
    kept = [(version, before["comment_team"]) for version, before in query.order_by(BallotChange.id)]
    assert kept == [(n, f"Simpanan ke-{n}") for n in range(1, ballot.version)]
