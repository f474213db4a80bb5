"""Templates as people see them: saved from an event, offered, used, downloaded and uploaded again."""

from __future__ import annotations

import io

import pytest

from innovate.accounts.models import SiteRole
from innovate.events.domain.kinds import Role
from innovate.events.models import Event, SavedTemplate
from tests.factories.build import give_role, make_event, make_field, make_user
from tests.support.pages import fields_of, fill


@pytest.fixture
def organizer(app):
    return make_user(site_role=SiteRole.ORGANIZER)


@pytest.fixture
def event(organizer):
    event = make_event(name="Lomba Parit", rules="Ketentuan lama.")
    give_role(event, organizer, Role.ORGANIZER)
    make_field(event, "uraian", label="Uraian parit", word_limit=250)
    return event


def test_an_event_becomes_a_template_and_the_template_an_event(
    organizer, event, sign_in_as, db_session
) -> None:
    desk = sign_in_as(organizer)
    room = f"/k/{event.slug}/kelola/templat"
    saved = fill(desk, room, having="description", name="Pola parit", description="Untuk lomba sungai.")
    page = desk.get(saved.location).text
    for said in ("Pola parit", "Untuk lomba sungai.", "Uraian parit", "paling banyak 250 kata", "Versi 1"):
        assert said in page
    template = db_session.query(SavedTemplate).one()
    assert "Pola parit" in desk.get("/kompetisi/baru").text
    fill(
        desk,
        f"/kompetisi/baru/identitas?template={template.key}",
        name="Lomba Parit 2027",
        zone="Asia/Pontianak",
    )
    fill(desk, "/kompetisi/baru/jadwal", first_day="2027-03-01", propose="1")
    fill(desk, "/kompetisi/baru/jadwal", having="name_0")
    assert "Pola parit" in desk.get("/kompetisi/baru/periksa").text
    fill(desk, "/kompetisi/baru/periksa")
    made = db_session.query(Event).filter_by(slug="lomba-parit-2027").one()
    assert (made.template, made.rules) == (template.key, "Ketentuan lama.")
    again = f"/k/{made.slug}/kelola/templat"
    assert fields_of(desk, again, having="into")["into"] == [
        template.public_id
    ]  # its next version is proposed
    answer = fill(desk, again, having="into")
    assert "Versi 2" in desk.get(answer.location).text


def test_a_file_goes_out_is_checked_and_comes_in_again(organizer, event, sign_in_as, db_session) -> None:
    desk = sign_in_as(organizer)
    file = desk.get(f"/k/{event.slug}/kelola/templat.yaml")
    assert file.headers["Content-Disposition"] == f'attachment; filename="templat-{event.slug}.yaml"'
    given = {key: values[-1] for key, values in fields_of(desk, "/templat/unggah").items()}
    sent = {**given, "file": (io.BytesIO(file.data), "lomba.yaml")}
    seen = desk.post("/templat/unggah", data=sent, content_type="multipart/form-data")
    assert seen.status_code == 200
    assert "belum disimpan" in seen.text
    assert "Uraian parit" in seen.text
    assert db_session.query(SavedTemplate).count() == 0
    saved = desk.post(
        "/templat/unggah", data={**given, "text": file.text, "source": "lomba.yaml", "act": "save"}
    )
    template = db_session.query(SavedTemplate).one()
    assert saved.location == f"/templat/{template.public_id}"
    assert "lomba.yaml" in desk.get(saved.location).text
    again = desk.get(f"/templat/{template.public_id}/1.yaml")
    assert "Uraian parit" in again.text
    assert desk.get(f"/templat/{template.public_id}/2.yaml").status_code == 404


def test_every_template_of_the_product_is_shown_with_its_file(organizer, sign_in_as) -> None:
    desk = sign_in_as(organizer)
    page = desk.get("/templat/bawaan/iga").text
    for said in ("Rancang bangun", "20 kriteria", "Indeks Inovasi Daerah"):
        assert said in page
    assert desk.get("/templat/bawaan/iga.yaml").text.startswith("key: iga")
    assert desk.get("/templat/bawaan/tidak-ada").status_code == 404
    assert desk.get("/templat/bawaan/tidak-ada.yaml").status_code == 404


def test_a_template_is_renamed_offered_removed_and_brought_back(organizer, event, sign_in_as) -> None:
    desk = sign_in_as(organizer)
    page = fill(desk, f"/k/{event.slug}/kelola/templat", having="description", name="Pola").location
    assert sign_in_as(make_user(site_role=SiteRole.ORGANIZER)).get(page).status_code == 404
    refused = fill(desk, page, having="description", name="")
    assert refused.status_code == 422
    fill(desk, page, having="description", name="Pola baru")
    desk.post(f"{page}/jangkauan", data={"reach": "offered"})
    assert "Admin situs memutuskan" in desk.get("/templat").text
    desk.post(f"{page}/jangkauan", data={"reach": "proposed"})
    admin = sign_in_as(make_user(site_role=SiteRole.ADMIN))
    assert "diusulkan untuk semua" in admin.get("/templat").text
    admin.post(f"{page}/jangkauan", data={"reach": "offered"})
    other = sign_in_as(make_user(site_role=SiteRole.ORGANIZER))
    assert "Pola baru" in other.get("/kompetisi/baru").text
    assert "Hapus templat" not in other.get(page).text
    desk = sign_in_as(organizer)
    desk.post(f"{page}/hapus")
    assert desk.get(page).status_code == 404
    assert "Pola baru dihapus" in desk.get("/templat").text
    desk.post(f"{page}/kembalikan")
    assert desk.get(page).status_code == 200


def test_who_opens_no_competitions_downloads_but_saves_nothing(event, sign_in_as, db_session) -> None:
    person = make_user()
    give_role(event, person, Role.ORGANIZER)
    desk = sign_in_as(person)
    page = f"/k/{event.slug}/kelola/templat"
    assert "memerlukan hak membuka kompetisi baru" in desk.get(page).text
    assert desk.get(f"{page}.yaml").status_code == 200
    assert desk.post(page, data={"name": "X"}).status_code == 404
    assert desk.get("/templat").status_code == 404
    stranger = sign_in_as(make_user())
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"{page}.yaml").status_code == 404
    assert db_session.query(SavedTemplate).count() == 0
