"""Who opens an entry and its files: jurors theirs, the chair every round's, organizer and auditor all; nobody else."""

import pytest

from innovate.core.db import db
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import IdeaFile, IdeaRevision
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import RoundEntry
from tests.factories.build import NOW, add, make_assignment, make_idea, make_team
from tests.factories.world import ROLES, build_world
from tests.support.queries import counted_queries

EVERYWHERE = {"organizer", "admin", "auditor"}


@pytest.fixture
def world(app):
    return build_world()


def with_file(world, idea):
    """Another entry holding a copy of the world's file."""
    known = world.values["file"]
    same = ("field_key", "filename", "media_type", "size", "sha256", "storage_key", "uploaded_by_id")
    file = add(IdeaFile(idea_id=idea.id, uploaded_at=NOW, **{name: getattr(known, name) for name in same}))
    db.session.get_one(IdeaRevision, idea.submitted_revision_id).files = [file.id]
    return file


def opened(world, client, sign_in_as, address) -> set[str]:
    """Roles for whom the address answers; everybody else finds nothing there (visitors are asked to sign in)."""
    db.session.commit()
    found = set()
    for role in ROLES:
        asking = client if role == "visitor" else sign_in_as(world.users[role])
        with asking.get(address) as answer:
            assert answer.status_code in {200, 404, 302}
            if answer.status_code == 200:
                found.add(role)
    return found


def file_of(world, idea, file) -> str:
    return f"/k/{world.event.slug}/usulan/{idea.public_id}/berkas/{file.public_id}"


def page_of(world, idea) -> str:
    return f"/k/{world.event.slug}/kelola/panel/karya/{idea.public_id}"


def test_files_of_an_entry_with_a_juror(world, client, sign_in_as) -> None:
    idea = make_idea(make_team(world.event), state=IdeaState.ELIGIBLE)
    seat_id = make_assignment(world.round, idea, world.users["juror"]).id
    address = file_of(world, idea, with_file(world, idea))
    readers = EVERYWHERE | {"secretariat", "juror", "chair"}
    assert opened(world, client, sign_in_as, address) == readers
    db.session.get_one(Assignment, seat_id).cleared_at = None  # has not declared yet
    assert opened(world, client, sign_in_as, address) == readers - {"juror"}
    seat = db.session.get_one(Assignment, seat_id)
    seat.cleared_at, seat.state = NOW, AssignmentState.REMOVED
    assert opened(world, client, sign_in_as, address) == readers - {"juror"}


def test_files_of_an_entry_without_a_juror(world, client, sign_in_as) -> None:
    idea = make_idea(make_team(world.event), state=IdeaState.ELIGIBLE)
    address = file_of(world, idea, with_file(world, idea))
    assert opened(world, client, sign_in_as, address) == EVERYWHERE | {"secretariat", "chair"}


@pytest.mark.parametrize("state", [IdeaState.SUBMITTED, IdeaState.INELIGIBLE, IdeaState.RETURNED])
def test_the_chair_does_not_read_what_no_round_judges(world, client, sign_in_as, state) -> None:
    idea = make_idea(make_team(world.event), state=state)
    address = file_of(world, idea, with_file(world, idea))
    assert opened(world, client, sign_in_as, address) == EVERYWHERE | {"secretariat"}
    assert "chair" not in opened(world, client, sign_in_as, page_of(world, idea))


def test_the_chair_reads_what_was_judged_and_left(world, client, sign_in_as) -> None:
    """Withdrawn after a ballot: the chair still explains the ballots."""
    world.idea.state = IdeaState.WITHDRAWN
    assert "chair" in opened(world, client, sign_in_as, page_of(world, world.idea))


def test_an_entry_chosen_into_a_round_by_hand_is_the_chairs_to_read(world, client, sign_in_as) -> None:
    world.round.takes_all = False
    idea = make_idea(make_team(world.event), state=IdeaState.ELIGIBLE)
    file = file_of(world, idea, with_file(world, idea))
    assert "chair" not in opened(world, client, sign_in_as, file)
    chosen = {"added_by_id": world.users["organizer"].id, "added_at": NOW}
    add(RoundEntry(round_id=world.values["final_id"], idea_id=idea.id, **chosen))
    assert "chair" in opened(world, client, sign_in_as, file)


def test_drafts_are_nobodys_business(world, client, sign_in_as) -> None:
    assert opened(world, client, sign_in_as, page_of(world, world.draft)) == set()


def test_the_page_shows_the_entry_with_its_files(world, sign_in_as) -> None:
    chair = sign_in_as(world.users["chair"])
    page = chair.get(page_of(world, world.idea)).text
    assert "PARIT KITA" in page
    assert "mengukur air parit setiap pagi." in page
    assert file_of(world, world.idea, world.values["file"]) in page
    panel = chair.get(f"/k/{world.event.slug}/kelola/panel?babak=1").text
    assert page_of(world, world.idea) in panel
    sheet = chair.get(f"/k/{world.event.slug}/kelola/panel/lembar/{world.assignment.public_id}").text
    assert page_of(world, world.idea) in sheet


def test_reading_costs_the_same_with_more_files(world, sign_in_as) -> None:
    chair = sign_in_as(world.users["chair"])
    counts = []
    for _n in range(2):
        db.session.expunge_all()
        with counted_queries() as queries:
            assert chair.get(page_of(world, world.idea)).status_code == 200
        counts.append(len(queries))
        files = db.session.get_one(IdeaRevision, world.idea.submitted_revision_id).files
        more = with_file(world, world.idea)
        db.session.get_one(IdeaRevision, world.idea.submitted_revision_id).files = [*files, more.id]
        db.session.commit()
    assert counts[0] == counts[1]
