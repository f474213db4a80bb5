"""Pages of impact under odd hands: strange addresses, stale forms, entries that left."""

from __future__ import annotations

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.impact.domain.kinds import Asked, Check, Status
from innovate.impact.models import FollowUp, Innovation
from innovate.impact.services.links import Links
from tests.factories.archive import make_past
from tests.factories.boards import climb
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_unit,
    make_user,
)
from tests.factories.endorsement import make_coordinator
from tests.factories.impact import furnish, make_followup, make_innovation, make_request


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", shift_days=-17)


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def captain(db_session):
    return make_user()


@pytest.fixture
def idea(event, captain, organizer):
    found = make_idea(make_team(event, captain), title="PARIT KITA", state=IdeaState.ELIGIBLE, number=1)
    found.in_gallery = True
    make_ballot(make_assignment(make_round(event), found, make_user()), [4, 4, 4, 4, 4])
    return found


@pytest.fixture
def innovation(idea):
    return make_innovation(idea, status=Status.RUNNING)


def test_a_number_with_three_digits_after_its_comma_stays_what_it_is(
    client, innovation, captain, organizer, sign_in_as, clock_at
):
    clock_at(NOW)
    found = furnish(innovation, captain, make_user())
    row = make_followup(innovation)
    link = Links("test-secret").path(row.public_id, captain.public_id)
    name = f"nilai-{found['indicator'].public_id}"
    said = {"state": "running", "is_used": "yes", "version": "0", name: "1,250"}
    assert client.post(link, data=said).status_code == 302
    assert 'value="1,25"' in client.get(link).text
    check = f"/k/lomba/dampak/{innovation.public_id}/periksa/jawaban/{row.public_id}"
    assert "1,25 hari" in sign_in_as(organizer).get(check).text


@pytest.mark.parametrize(
    "query",
    [
        "tahun=99999999999999999999999",
        "tahun=-5",
        "page=99999999999999999999",
        "unit=%25&kategori=_",
    ],
)
def test_strange_addresses_of_the_gallery_are_answered(client, db_session, query):
    make_past(make_user())
    assert client.get(f"/dampak/galeri?{query}").status_code == 200


def test_an_entry_that_left_after_the_announcement_is_in_no_gallery(
    event, organizer, idea, innovation, sign_in_as
):
    climb(event, organizer)
    reader = sign_in_as(make_user())
    entry = f"/k/lomba/galeri/{idea.public_id}"
    assert reader.get(entry).status_code == 200
    idea.state = IdeaState.DISQUALIFIED
    db.session.flush()
    for address in (entry, f"/dampak/inovasi/{innovation.public_id}"):
        assert reader.get(address).status_code == 404
    for address in ("/dampak/galeri", "/k/lomba/galeri"):
        assert "PARIT KITA" not in reader.get(address).text


def test_a_form_of_verification_that_is_older_than_the_answer_is_refused(
    event, organizer, innovation, captain, sign_in_as
):
    answer = furnish(innovation, captain, make_user())["answer"]
    check = f"/k/lomba/dampak/{innovation.public_id}/periksa/jawaban/{answer.public_id}"
    desk = sign_in_as(organizer)
    assert 'name="version" type="hidden" value="0"' in desk.get(check).text
    answer.version, answer.people = 1, 90_000
    db.session.flush()
    page = desk.post(check, data={"verdict": "verified", "note": "", "version": "0"})
    assert page.status_code == 422
    assert "berubah sejak Anda membukanya" in page.text
    assert db.session.get_one(FollowUp, answer.id).check is Check.WAITING
    assert desk.post(check, data={"verdict": "verified", "version": "1"}).status_code == 302


def test_only_those_who_may_answer_are_led_to_the_form(event, idea, captain, organizer, sign_in_as):
    above = make_unit()
    below = make_unit(parent_id=above.id)
    near, far = make_user(), make_user()
    make_coordinator(below, near, organizer)
    make_coordinator(above, far, organizer)
    innovation = make_innovation(idea, unit_id=below.id)
    make_followup(innovation, closes_at=NOW.replace(year=2040))
    desk = f"/k/lomba/dampak/{innovation.public_id}"
    assert "/dampak/tindak-lanjut/" in sign_in_as(near).get(desk).text
    assert "/dampak/tindak-lanjut/" not in sign_in_as(far).get(desk).text


def test_whoever_was_accepted_keeps_contact_and_material(
    event, organizer, idea, innovation, captain, sign_in_as
):
    climb(event, organizer)
    asker = make_user()
    make_request(innovation, asker, state=Asked.ACCEPTED)
    idea.in_gallery = False
    db.session.flush()
    address = f"/dampak/inovasi/{innovation.public_id}/tiru"
    assert captain.email in sign_in_as(asker).get(address).text
    assert sign_in_as(make_user()).get(address).status_code == 404


def test_the_team_closes_its_innovation_for_others(event, organizer, innovation, captain, sign_in_as):
    climb(event, organizer)
    team = sign_in_as(captain)
    desk = f"/k/lomba/dampak/{innovation.public_id}"
    assert "Tutup bagi yang ingin meniru" in team.get(desk).text
    assert team.post(f"{desk}/replikasi", data={"buka": "0"}).status_code == 302
    assert not db.session.get_one(Innovation, innovation.id).is_replicable
    reader = sign_in_as(make_user())
    assert (
        f"/dampak/inovasi/{innovation.public_id}/tiru"
        not in reader.get(f"/dampak/inovasi/{innovation.public_id}").text
    )
    assert "PARIT KITA" not in reader.get("/dampak/galeri?tiru=1").text


def test_the_room_is_found_once_something_is_followed(event, organizer, idea, sign_in_as):
    manager = sign_in_as(organizer)
    room = "/k/lomba/kelola/dampak"
    assert room not in manager.get("/k/lomba/kelola/tim").text
    make_innovation(idea)
    assert room in manager.get("/k/lomba/kelola/tim").text
    assert "PARIT KITA" in manager.get(f"{room}?q=parit").text
    assert "Tidak ada inovasi yang cocok" in manager.get(f"{room}?q=selokan").text


def test_the_gallery_says_why_past_winners_have_no_status(client, db_session):
    assert "berasal dari arsip" not in client.get("/dampak/galeri").text
    make_past(make_user())
    assert "berasal dari arsip" in client.get("/dampak/galeri?x=1").text
