"""Pages about passages that ideas share: what teams, screeners and others read."""

import re
from datetime import timedelta

import pytest

from innovate.events.domain.kinds import EventState, Role
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, SimilarNote
from innovate.ideas.services.similar.comparing import compare_waiting
from tests.factories import build
from tests.factories.alike import PASSAGE, make_alike, make_pair, write
from tests.factories.build import NOW
from tests.support.queries import counted_queries

START = " ".join(PASSAGE.split()[:8])


@pytest.fixture
def event(db_session):
    event = build.make_event(team_min=1)
    build.make_field(event, "ringkasan", word_limit=None)
    return event


def staff(event, sign_in_as, role=Role.SECRETARIAT, **values):
    user = build.make_user(**values)
    build.give_role(event, user, role)
    return sign_in_as(user)


def room(event, page=""):
    return f"/k/{event.slug}/kelola/mirip{page}"


def test_the_list_says_what_is_alike_and_what_it_cannot_see(event, sign_in_as) -> None:
    office = staff(event, sign_in_as)
    assert "Tidak ada usulan yang mirip" in office.get(room(event)).text
    make_pair(event)
    page = office.get(room(event)).text
    assert "1 pasangan usulan yang mirip belum diperiksa" in page
    assert "PARIT SATU" in page
    assert "PARIT DUA" in page
    assert "ditulis ulang dengan kata-kata lain" in page
    assert "Tidak ada pasangan di sini" in office.get(room(event) + "?tampil=sudah").text
    assert office.get(room(event) + "?tampil=lain&page=99").status_code == 200
    assert "Usulan yang mirip" in office.get(f"/k/{event.slug}/kelola/seleksi").text


def test_the_pages_cost_the_same_for_more_pairs(event, sign_in_as) -> None:
    office = staff(event, sign_in_as)
    pair = make_pair(event)
    one = f"/k/{event.slug}/kelola/seleksi/{build.db.session.get(Idea, pair.first_id).public_id}"
    office.get(room(event))
    office.get(one)
    with counted_queries() as few:
        office.get(room(event))
        office.get(one)
    for number in range(2, 6):
        make_alike(event, number)
    compare_waiting(at=NOW)
    with counted_queries() as many:
        office.get(room(event))
        office.get(one)
    assert len(many) <= len(few)


def test_both_passages_stand_side_by_side_and_a_note_is_taken(event, sign_in_as, db_session) -> None:
    pair = make_pair(event)
    office = staff(event, sign_in_as, name="Sri Wahyuni")
    address = room(event, f"/{pair.public_id}")
    page = office.get(address).text
    assert len(re.findall(f"<mark>{re.escape(START)}", page)) == 2
    assert "Bagian 1: 60 kata" in page
    for team in db_session.query(Idea).filter(Idea.id.in_([pair.first_id, pair.second_id])):
        assert db_session.get(build.Team, team.team_id).name not in page
    seen = re.search(r'name="seen" type="hidden" value="([^"]+)"', page)[1]
    refused = office.post(address, data={"seen": seen, "reason": " "})
    assert refused.status_code == 422
    stale = office.post(address, data={"seen": "0.0", "reason": "Kutipan wajar"})
    assert stale.status_code == 409
    assert "berubah sejak Anda membukanya" in stale.text
    assert "Kutipan wajar" in stale.text
    assert db_session.query(SimilarNote).count() == 0
    done = office.post(
        address, data={"seen": seen, "reason": "Lanjutan unit yang sama"}, follow_redirects=True
    )
    assert "Hasil pemeriksaan dicatat." in done.text
    assert "Sri Wahyuni" in done.text
    assert "Lanjutan unit yang sama" in office.get(address).text
    screened = f"/k/{event.slug}/kelola/seleksi/{db_session.get(Idea, pair.second_id).public_id}"
    assert "Sudah diperiksa" in office.get(screened).text


def test_a_running_competition_of_others_is_not_named(event, sign_in_as) -> None:
    other = build.make_event(name="Lomba Rahasia")
    build.make_field(other, "ringkasan", word_limit=None)
    pair = make_pair(event, other)
    office = staff(event, sign_in_as)
    page = office.get(room(event)).text
    assert "Usulan kompetisi lain yang belum selesai" in page
    assert "PARIT DUA" not in page
    assert "Lomba Rahasia" not in page
    assert office.get(room(event, f"/{pair.public_id}")).status_code == 404
    other.state = EventState.ARCHIVED
    build.db.session.commit()
    assert "PARIT DUA" in office.get(room(event, f"/{pair.public_id}")).text


def test_a_barred_screener_finds_no_pair(event, sign_in_as, monkeypatch) -> None:
    pair = make_pair(event)
    office, barred = staff(event, sign_in_as), pair.second_id
    monkeypatch.setattr(policy, "barriers", [lambda _actor, idea: idea.id == barred])
    assert "PARIT DUA" not in office.get(room(event)).text
    address = room(event, f"/{pair.public_id}")
    assert office.get(address).status_code == 404
    assert office.post(address, data={"seen": "1.1", "reason": "Sudah"}).status_code == 404


@pytest.mark.parametrize("role", [Role.JUROR, Role.CHAIR, Role.MENTOR])
def test_others_find_nothing(event, sign_in_as, role) -> None:
    pair = make_pair(event)
    person = staff(event, sign_in_as, role)
    assert person.get(room(event)).status_code == 404
    assert person.get(room(event, f"/{pair.public_id}")).status_code == 404


def draft_of(event, captain):
    groups = {
        group.code: group.id for group in build.db.session.query(build.Group).filter_by(event_id=event.id)
    }
    team = build.make_team(event, captain, group_id=groups.get("A"))
    return build.make_idea(team, title="BARU", answers={"ringkasan": write(3, copied=True)})


def test_a_team_is_told_without_seeing_a_competitors_text(event, sign_in_as) -> None:
    make_alike(event, 0, title="PESAING DIAM")
    compare_waiting(at=NOW)
    captain = build.make_user()
    idea = draft_of(event, captain)
    member = sign_in_as(captain)
    for page in ("ajukan", "pratinjau"):
        text = member.get(f"/k/{event.slug}/usulan/{idea.public_id}/{page}").text
        assert "Ada bagian yang mirip dengan 1 usulan lain" in text
        assert "PESAING DIAM" not in text
        assert "<mark>" not in text


def test_a_team_reads_what_everybody_may_read(event, sign_in_as, monkeypatch) -> None:
    old = build.make_event(shift_days=-400)
    build.make_field(old, "ringkasan", word_limit=None)
    shown = make_alike(old, 0, title="JUARA LAMA", state=IdeaState.ELIGIBLE)
    compare_waiting(at=NOW + timedelta(minutes=1))
    monkeypatch.setattr(policy, "showcases", [lambda ids: {shown.id} & set(ids)])
    captain = build.make_user()
    idea = draft_of(event, captain)
    text = sign_in_as(captain).get(f"/k/{event.slug}/usulan/{idea.public_id}/ajukan").text
    assert f"Mirip dengan JUARA LAMA, {old.name}" in text
    assert text.count(f"<mark>{START}") == 2
    assert "Ini keterangan saja" in text
