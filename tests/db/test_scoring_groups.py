"""A divided jury: nobody begins to judge until its groups were joined or accepted."""

from types import SimpleNamespace

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.paper.services.printing import prepare_sheets
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.rounds import Rubric
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.groups import is_held, list_groups
from innovate.scoring.services.ballots import save_ballot
from innovate.scoring.services.groups import accept_groups
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries


@pytest.fixture
def jury(db_session):
    """Ana and Budi on one entry, Cici alone on another."""
    event = build.make_event(slug="lomba", shift_days=-17)
    round_ = build.make_round(event, accepted_groups=1)
    ideas = [build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, number=n) for n in (1, 2)]
    people = {}
    for name, role in (("Ana", "JUROR"), ("Budi", "JUROR"), ("Cici", "JUROR"), ("Ketua", "CHAIR")):
        people[name] = build.make_user(name=name)
        build.give_role(event, people[name], Role[role])
    seats = {
        name: build.make_assignment(round_, ideas[n], people[name])
        for name, n in (("Ana", 0), ("Budi", 0), ("Cici", 1))
    }
    db.session.commit()

    def save(name):
        sheet = get_sheet("lomba", seats[name].public_id, people[name].id)
        return save_ballot(people[name], sheet, Filled(0, dict.fromkeys(sheet.criteria, "4")), at=NOW)

    def accept(name="Ketua", *, seen=2, confirmed=True):
        accept_groups(get_actor("lomba", people[name]), round_, seen=seen, confirmed=confirmed, at=NOW)

    return SimpleNamespace(
        event=event, round=round_, ideas=ideas, people=people, seats=seats, save=save, accept=accept
    )


def test_the_groups_are_named_the_largest_first(jury) -> None:
    build.make_assignment(jury.round, build.make_idea(build.make_team(jury.event)), jury.people["Cici"])
    assert list_groups(jury.round) == [(["Cici"], 2), (["Ana", "Budi"], 1)]


def test_nobody_begins_until_the_chair_accepts(jury) -> None:
    with pytest.raises(Refused, match="belum dapat dimulai"):
        jury.save("Ana")
    db.session.rollback()
    assert (db.session.query(Ballot).count(), is_held(jury.round.rubric_id)) == (0, True)
    with pytest.raises(NotAllowed):
        jury.accept("Ana")
    with pytest.raises(Refused, match="Centang"):
        jury.accept(confirmed=False)
    with pytest.raises(Stale):
        jury.accept(seen=3)
    jury.accept()
    with pytest.raises(Refused, match="Tidak ada pembagian"):
        jury.accept()
    assert jury.save("Ana").version == 1
    entry = db.session.query(AuditEntry).filter_by(action="round.accept_groups").one()
    assert entry.actor_id == jury.people["Ketua"].id


def test_a_bridge_opens_it_as_well_and_later_division_stops_nobody(jury) -> None:
    bridge = build.make_assignment(jury.round, jury.ideas[1], jury.people["Budi"])
    assert not is_held(jury.round.rubric_id)
    jury.save("Ana")
    db.session.delete(bridge)
    db.session.flush()
    with counted_queries() as queries:
        assert not is_held(jury.round.rubric_id)
    assert len(queries) == 1
    assert jury.save("Cici").version == 1


def test_more_groups_than_were_accepted_ask_again(jury) -> None:
    jury.accept()
    build.make_assignment(jury.round, build.make_idea(build.make_team(jury.event)), jury.people["Ketua"])
    with pytest.raises(Refused, match="belum dapat dimulai"):
        jury.save("Ana")


def test_paper_is_a_beginning_too(jury) -> None:
    organizer = build.make_user()
    build.give_role(jury.event, organizer, Role.ORGANIZER)
    with pytest.raises(Refused, match="belum dapat dimulai"):
        prepare_sheets(get_actor("lomba", organizer), jury.round, at=NOW)
    db.session.rollback()
    assert db.session.get_one(Rubric, jury.round.rubric_id).locked_at is None
