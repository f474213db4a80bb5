"""Pages of surveys: making one, answering it page by page, and reading what came back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from innovate.accounts.models import KeptForm, SiteRole
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.learning.domain.kinds import ActivityKind, ActivityState
from innovate.learning.models import Activity
from innovate.notifications.models import OutboxMail
from innovate.surveys.domain.kinds import Occasion, Part, Segment, SurveyKind, SurveyState
from innovate.surveys.models import Invitation, Survey, SurveyResponse
from innovate.surveys.services.ready_made import KEYS
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_user
from tests.factories.surveys import invite, make_draft, make_survey, respond
from tests.support.queries import counted_queries


@pytest.fixture
def event(db_session, clock_at):
    clock_at(NOW)
    return make_event(slug="lomba")


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


def hidden(page: str) -> dict[str, str]:
    """The marks a page of questions carries."""
    tags = re.findall(r"<input[^>]*>", page)
    found = {}
    for tag in tags:
        if 'type="hidden"' in tag and "form_owner" not in tag:
            name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
            found[name[1]] = value[1] if value else ""
    return found


def test_a_visitor_answers_a_public_survey_page_by_page(client, event, organizer) -> None:
    survey = make_survey(organizer, event)
    address = f"/survei/{survey.public_id}"
    first = client.get(address).text
    assert "Saya puas." in first
    assert "Bagian 1 dari 2" in first
    assert "Jawaban Anda anonim" in first
    missing = client.post(address, data={**hidden(first), "q-p2": "tidak", "langkah": "lanjut"})
    assert missing.status_code == 422
    assert missing.text.count("Pertanyaan ini wajib dijawab.") >= 2
    typed = {"q-p1": "2", "q-p2": "tidak", "q-p3": "Terlalu jauh"}
    second = client.post(address, data={**hidden(first), **typed, "langkah": "lanjut"}).text
    assert "Saran Anda" in second
    assert 'name="q-p3" value="Terlalu jauh"' in second
    back = client.post(address, data={**hidden(second), "q-p4": "Lebih dekat", "langkah": "kembali"}).text
    assert "Terlalu jauh</textarea>" in back
    sent = {**hidden(second), "q-p4": "Lebih dekat", "langkah": "lanjut"}
    assert client.post(address, data=sent).location == f"{address}/terima-kasih"
    assert client.post(address, data=sent).status_code == 302  # the same form again
    response = db.session.query(SurveyResponse).one()
    assert response.answers == {"p1": 2, "p2": "tidak", "p3": "Terlalu jauh", "p4": "Lebih dekat"}
    assert (response.at, response.invitation_id, response.unit_id) == (None, None, None)
    assert "jawaban Anda sudah masuk" in client.get(f"{address}/terima-kasih").text


def test_answers_after_the_closing_stay_on_the_page(client, event, organizer, clock_at) -> None:
    survey = make_survey(organizer, event)
    address = f"/survei/{survey.public_id}"
    page = client.get(address).text
    clock_at(survey.closes_at + timedelta(seconds=1))
    late = client.post(
        address, data={**hidden(page), "q-p1": "2", "q-p4": "Panjang & lebar", "langkah": "lanjut"}
    )
    assert late.status_code == 422
    assert "Jawaban tidak diterima lagi." in late.text
    assert "Panjang &amp; lebar" in late.text
    assert db.session.query(SurveyResponse).count() == 0
    assert client.get(address).status_code == 200


def test_a_link_by_mail_needs_no_account_and_answers_once(client, event, organizer) -> None:
    survey = make_survey(organizer, event, segment=Segment.LIST)
    asked = invite(survey)
    assert client.get(f"/survei/{survey.public_id}").status_code == 404
    page = client.get(f"/survei/t/{asked.token}").text
    whole = {**hidden(page), "bagian": "s2", "q-p1": "4", "langkah": "lanjut"}
    assert client.post(f"/survei/t/{asked.token}", data=whole).status_code == 302
    assert "jawaban Anda sudah masuk" in client.get(f"/survei/t/{asked.token}").text
    assert asked.answered
    assert db.session.query(SurveyResponse).one().invitation_id is None
    assert client.get("/survei/t/entah").status_code == 404


def test_an_alumnus_names_others_who_get_links(client, event, organizer) -> None:
    survey = make_survey(
        organizer, event, anonymous=False, kind=SurveyKind.BEHAVIOUR, segment=Segment.ATTENDEES
    )
    asked = invite(survey, make_user(), part=Part.ALUMNUS)
    address = f"/survei/t/{asked.token}/rekan"
    wrong = client.post(address, data={"superior": "bukan alamat"})
    assert wrong.status_code == 422
    assert "bukan alamat" in wrong.text
    assert client.post(address, data={"superior": asked.email}).status_code == 422
    right = {"superior": "atasan@kota.example", "peer": "a@kota.example\nb@kota.example"}
    assert client.post(address, data=right).status_code == 302
    named = db.session.query(Invitation).filter_by(named_by_id=asked.id).all()
    assert [each.part for each in named] == [Part.SUPERIOR, Part.PEER, Part.PEER]
    assert db.session.query(OutboxMail).filter_by(template="survey_invitation").count() == 3
    assert client.post(address, data={"superior": "lain@kota.example"}).status_code == 422
    other = client.get(f"/survei/t/{named[0].token}").text
    assert "Anda menjawab sebagai atasan dari" in other


def test_an_organizer_makes_one_and_opens_it(sign_in_as, event, organizer) -> None:
    captain = make_user()
    make_team(event, captain)
    browser = sign_in_as(organizer)
    room = "/k/lomba/kelola/survei"
    assert "Belum ada survei" in browser.get(room).text
    assert browser.post(f"{room}/baru", data={"key": "kosong"}).status_code == 422
    place = browser.post(f"{room}/baru", data={"key": "kosong", "title": "Kesan"}).location
    refused = browser.post(f"{place}/buka", follow_redirects=True)
    assert "belum berisi pertanyaan" in refused.text
    add = f"{place}/bagian/s1/pertanyaan"
    few = browser.post(add, data={"kind": "single", "text": "Puas?", "top": "5", "options": "Ya"})
    assert few.status_code == 422
    assert "Isi 2 sampai 40 pilihan" in few.text
    assert (
        browser.post(
            add, data={"kind": "single", "text": "Puas?", "top": "5", "options": "Ya | Yes\nTidak"}
        ).status_code
        == 302
    )
    shown = {"show_question": "p1", "show_values": "p1:o2"}
    assert (
        browser.post(add, data={"kind": "long", "text": "Mengapa?", "top": "5", **shown}).status_code == 302
    )
    assert "bersyarat" in browser.get(f"{place}/susun").text
    held = browser.post(f"{place}/pertanyaan/p1/hapus", follow_redirects=True)
    assert "harus berupa pilihan atau skala" in held.text
    plan = {
        "segment": "captains",
        "sends": "now",
        "days": "0",
        "open_days": "7",
        "reminders": "1",
        "remind_every": "2",
    }
    assert browser.post(f"{place}/kirim", data=plan).status_code == 302
    assert "Mengapa?" in browser.get(f"{place}/pratinjau").text
    browser.post(f"{place}/buka")
    survey = db.session.query(Survey).one()
    assert (survey.state, survey.sent_at) == (SurveyState.OPEN, NOW)
    assert [each.user_id for each in db.session.query(Invitation)] == [captain.id]
    page = browser.get(place).text
    assert "0 dari 1 yang diminta sudah menjawab" in page
    assert browser.get(f"{place}/tingkat.json").json == {"asked": 1, "answered": 0, "stage": "running"}
    assert browser.get(f"{place}/hasil").status_code == 404  # it is anonymous and runs
    assert sign_in_as(captain).get("/survei").text.count("Kesan") >= 1


@pytest.mark.parametrize("key", [key for key in KEYS if key != "keterampilan"])
def test_every_ready_made_one_can_be_looked_at(sign_in_as, event, organizer, key) -> None:
    browser = sign_in_as(organizer)
    place = browser.post("/k/lomba/kelola/survei/baru", data={"key": key}).location
    for page in ("", "/susun", "/atur", "/kirim", "/pratinjau"):
        assert browser.get(place + page).status_code == 200


def test_results_of_an_anonymous_survey_hide_few_and_small_groups(sign_in_as, event, organizer) -> None:
    survey = make_survey(organizer, event, state=SurveyState.CLOSED, closed_at=NOW)
    place = f"/k/lomba/kelola/survei/{survey.public_id}"
    for n in range(4):
        respond(survey, {"p1": 4, "p2": "ya", "p4": f"Tulisan {n}"})
    browser = sign_in_as(organizer)
    assert "Hasil belum dapat ditampilkan" in browser.get(f"{place}/hasil").text
    assert "Tulisan" not in browser.get(f"{place}/hasil.csv").text
    for n in range(8):
        respond(survey, {"p1": 5, "p2": "tidak" if n < 2 else "ya", "p4": f"Tulisan lagi {n}"})
    page = browser.get(f"{place}/hasil?menurut=p2").text
    assert "rata-rata 4,67" in page
    assert "Tulisan lagi 3" in page
    assert "(n 10)" not in page  # one group of two would be told by the rest
    assert "Nama" not in browser.get(f"{place}/hasil.csv").text.splitlines()[0]


def test_an_skm_shows_its_index(sign_in_as, event, organizer) -> None:
    from innovate.surveys.domain.skm import ELEMENTS
    from innovate.surveys.services.ready_made import load_ready_made

    closed = {"state": SurveyState.CLOSED, "closed_at": NOW, "kind": SurveyKind.SKM}
    survey = make_survey(organizer, event, load_ready_made()["skm"].whole, **closed)
    for n in range(6):
        respond(survey, {"layanan": "lain", **dict.fromkeys(ELEMENTS, 4 if n else 1)})
    browser = sign_in_as(organizer)
    page = browser.get(f"/k/lomba/kelola/survei/{survey.public_id}/hasil").text
    assert "87,50" in page
    assert "Baik" in page
    book = browser.get(f"/k/lomba/kelola/survei/{survey.public_id}/hasil.xlsx")
    assert book.data[:2] == b"PK"


def test_a_named_survey_has_rows_with_names(sign_in_as, event, organizer) -> None:
    survey = make_survey(organizer, event, anonymous=False, segment=Segment.LIST)
    asked = invite(survey, make_user(name="Dewi Sartika"), answered=True)
    respond(survey, {"p1": 3, "p4": "=1+1"}, invitation_id=asked.id, at=NOW)
    text = sign_in_as(organizer).get(f"/k/lomba/kelola/survei/{survey.public_id}/hasil.csv").text
    assert "Dewi Sartika" in text
    assert "'=1+1" in text


def test_surveys_of_the_site_are_its_organizers(sign_in_as, event, organizer) -> None:
    site = make_user(site_role=SiteRole.ORGANIZER)
    survey = make_draft(site)
    assert sign_in_as(site).get(f"/survei/kelola/{survey.public_id}").status_code == 200
    assert sign_in_as(organizer).get(f"/survei/kelola/{survey.public_id}").status_code == 404
    assert sign_in_as(organizer).get(f"/k/lomba/kelola/survei/{survey.public_id}").status_code == 404


def test_queries_do_not_grow(sign_in_as, event, organizer) -> None:
    survey = make_survey(organizer, event, anonymous=False, segment=Segment.LIST)
    pages = [
        f"/k/lomba/kelola/survei{path}" for path in ("", f"/{survey.public_id}", f"/{survey.public_id}/hasil")
    ]
    browser = sign_in_as(organizer)

    def count() -> list[int]:
        found = []
        for page in pages:
            db.session.expunge_all()
            with counted_queries() as queries:
                assert browser.get(page).status_code == 200
            found.append(len(queries))
        return found

    respond(survey, {"p1": 3}, invitation_id=invite(survey, make_user()).id, at=NOW)
    count()
    before = count()
    for _n in range(3):
        respond(survey, {"p1": 3}, invitation_id=invite(survey, make_user()).id, at=NOW)
        make_survey(organizer, event)
    assert count() == before


def make_training(organizer, event=None, **values):
    made = {"created_by_id": organizer.id, "created_at": NOW, "state": ActivityState.PUBLISHED, **values}
    return add(
        Activity(event_id=event.id if event else None, kind=ActivityKind.TRAINING, title="Bimtek", **made)
    )


def test_an_activity_shows_what_waits_and_to_its_organizers_the_levels(
    client, sign_in_as, event, organizer
) -> None:
    activity = make_training(organizer, event)
    place = f"/pelatihan/{activity.public_id}"
    about = {"activity_id": activity.id, "segment": Segment.LIST, "kind": SurveyKind.REACTION}
    survey = make_survey(organizer, event, title="Kesan bimtek", **about)
    person = make_user()
    invite(survey, person)
    page = sign_in_as(person).get(place).text
    assert "Survei yang menunggu Anda" in page
    assert f"/survei/{survey.public_id}" in page
    assert "Evaluasi kegiatan" not in page
    for browser in (client, sign_in_as(make_user())):
        assert "Kesan bimtek" not in browser.get(place).text
    page = sign_in_as(organizer).get(place).text
    for words in (
        "Kirkpatrick 1",
        "Kirkpatrick 2",
        "Kirkpatrick 3",
        "Kirkpatrick 4",
        "Kesan bimtek",
        f"{place}/",
    ):
        assert words in page
    new = f"/k/lomba/kelola/survei/baru?kegiatan={activity.public_id}"
    assert new.replace("&", "&amp;") in page
    made = sign_in_as(organizer).post(new, data={"key": "perilaku"}).location
    assert (
        db.session.query(Survey).filter_by(public_id=made.rsplit("/", 1)[1]).one().activity_id == activity.id
    )
    foreign = make_training(organizer)  # of the site: not this event's to ask about
    made = (
        sign_in_as(organizer)
        .post(f"/k/lomba/kelola/survei/baru?kegiatan={foreign.public_id}", data={"key": "perilaku"})
        .location
    )
    assert db.session.query(Survey).filter_by(public_id=made.rsplit("/", 1)[1]).one().activity_id is None


def test_the_home_says_which_surveys_wait(sign_in_as, event, organizer) -> None:
    person = make_user()
    browser = sign_in_as(person)
    assert "menunggu jawaban Anda" not in browser.get("/beranda").text
    survey = make_survey(organizer, event, segment=Segment.LIST)
    asked = invite(survey, person)
    assert f"/survei/{survey.public_id}" in browser.get("/beranda").text
    invite(make_survey(organizer, event, segment=Segment.LIST), person)
    assert "2 survei menunggu Anda" in browser.get("/beranda").text
    asked.answered = True
    db.session.flush()
    assert "Survei ini menunggu jawaban Anda" in browser.get("/beranda").text


def test_a_named_person_finds_what_they_typed_and_it_goes_when_sent(sign_in_as, event, organizer) -> None:
    person = make_user()
    survey = make_survey(organizer, event, segment=Segment.LIST, anonymous=False)
    asked = invite(survey, person)
    browser = sign_in_as(person)
    address = f"/survei/{survey.public_id}"
    assert browser.get(f"/survei/t/{asked.token}").location == address
    page = browser.get(address).text
    typed = {"q-p1": "2", "q-p2": "tidak", "q-p3": "Terlalu jauh dari kantor"}
    assert browser.post(address, data={**hidden(page), **typed, "langkah": "lanjut"}).status_code == 200
    again = browser.get(address).text
    assert "Terlalu jauh dari kantor</textarea>" in again
    sent = {**hidden(again), **typed, "bagian": "s2", "langkah": "lanjut"}
    assert browser.post(address, data=sent).status_code == 302
    assert db.session.query(SurveyResponse).one().answers["p3"] == "Terlalu jauh dari kantor"
    assert db.session.query(KeptForm).count() == 0


def test_nothing_typed_into_an_anonymous_survey_is_kept_beside_a_name(sign_in_as, event, organizer) -> None:
    person = make_user()
    survey = make_survey(organizer, event, segment=Segment.LIST)
    asked = invite(survey, person)
    browser = sign_in_as(person)
    assert browser.get(f"/survei/{survey.public_id}").location == f"/survei/t/{asked.token}"
    page = browser.get(f"/survei/t/{asked.token}").text
    assert "form_owner" not in page
    typed = {"q-p1": "2", "q-p2": "tidak", "q-p3": "Terlalu jauh dari kantor"}
    for langkah in ("lanjut", "kembali"):
        browser.post(f"/survei/t/{asked.token}", data={**hidden(page), **typed, "langkah": langkah})
    assert db.session.query(KeptForm).count() == 0


def test_a_visitor_who_answers_again_and_again_is_told_to_wait(client, event, organizer) -> None:
    survey = make_survey(organizer, event)
    address = f"/survei/{survey.public_id}"

    def send(n: int):
        page = client.get(address).text
        return client.post(
            address,
            data={**hidden(page), "slip": f"lembar-{n}", "bagian": "s2", "q-p1": "1", "langkah": "lanjut"},
        )

    assert [send(n).status_code for n in range(3)] == [302] * 3
    fourth = send(3)
    assert fourth.status_code == 429
    assert "Tunggu 60 detik" in fourth.text
    assert 'name="q-p1" value="1"' in fourth.text
    assert db.session.query(SurveyResponse).count() == 3


def test_before_is_not_compared_while_it_is_anonymous_and_runs(sign_in_as, event, organizer) -> None:
    activity = make_training(organizer, event)
    about = {"activity_id": activity.id, "kind": SurveyKind.SKILLS}
    before = make_survey(organizer, event, occasion=Occasion.BEFORE, **about)
    closed = {"state": SurveyState.CLOSED, "closed_at": NOW}
    after = make_survey(organizer, event, occasion=Occasion.AFTER, **closed, **about)
    for survey in (before, after):
        for _ in range(6):
            respond(survey, {"p1": 3})
    place = f"/k/lomba/kelola/survei/{after.public_id}/hasil"
    browser = sign_in_as(organizer)
    assert "Sebelum dan sesudah" not in browser.get(place).text
    before.state, before.closed_at = SurveyState.CLOSED, NOW
    db.session.flush()
    assert "Sebelum dan sesudah" in browser.get(place).text
