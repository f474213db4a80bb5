"""The archive of past editions: imported, kept, and shown without persons."""

from __future__ import annotations

import io

import pytest

from innovate.accounts.models import SiteRole
from innovate.editions.models import PastEntry
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from tests.factories import build
from tests.factories.alike import PASSAGE, make_alike
from tests.factories.archive import make_past
from tests.factories.build import NOW, make_unit, make_user
from tests.support.pages import fields_of, fill
from tests.support.queries import counted_queries


@pytest.fixture
def user(app):
    return make_user(site_role=SiteRole.ORGANIZER)


@pytest.fixture
def keeper(user, sign_in_as):
    return sign_in_as(user)


def upload(client, text: str, name: str = "edisi.csv") -> str:
    given = {key: values[-1] for key, values in fields_of(client, "/edisi/kelola/impor").items()}
    data = {**given, "file": (io.BytesIO(text.encode()), name)}
    answer = client.post("/edisi/kelola/impor", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return answer.location


def test_a_sheet_is_mapped_previewed_saved_shown_and_taken_back(keeper, client, clock_at) -> None:
    make_unit(name="Dinas Kesehatan", code="dinkes")
    assert "Arsip masih kosong" in keeper.get("/edisi/kelola").text
    text = (
        "Nama inovasi;Dinas;Juara;Inovator;Kata;Kelompok\n"
        "PECI HAJI;Dinas Kesehatann;Juara I;Rina Kusuma;Cetak kartu;A\n"
        "SIAGA;dinkes;;Budi;;A\n"
    )
    page = upload(keeper, text)
    shown = keeper.get(page).text
    assert "Tidak ada kolom untuk Nama edisi" in shown
    assert "Simpan semuanya" not in shown
    answer = fill(
        keeper, page, having="column-0", edition="Lomba 2022", year="2022", **{"column-4": "summary"}
    )
    assert answer.status_code == 200
    assert "“Dinas Kesehatann” tidak ada di daftar unit kerja" in answer.text
    assert '<option value="dinkes">Dinas Kesehatan' in answer.text.partition("Mungkin maksudnya")[2]
    answer = fill(keeper, page, having="column-0", **{"unit-0": "dinkes"})
    assert "2 karya akan disimpan" in answer.text
    answer = fill(keeper, page, having="column-0", act="save")
    assert answer.location == "/edisi/kelola"
    room = keeper.get("/edisi/kelola").text
    assert "2 karya disimpan." in room
    assert "PECI HAJI" in room
    assert "SIAGA" not in keeper.get("/edisi/kelola?menang=1").text
    assert "SIAGA" in keeper.get("/edisi/kelola?q=budi").text
    assert "Tidak ada karya yang cocok" in keeper.get("/edisi/kelola?q=tidak+ada").text
    assert client.get("/edisi").text.count("Lomba 2022") == 0
    address = room.partition('action="/edisi/kelola/')[2].partition("/umum")[0]
    keeper.post(f"/edisi/kelola/{address}/umum", data={"shown": "1"})
    assert f'href="/edisi/{address}"' in client.get("/edisi").text
    public = client.get(f"/edisi/{address}").text
    for said in ("PECI HAJI", "Dinas Kesehatan", "Juara I"):
        assert said in public
    for hidden in ("Rina", "SIAGA", "Cetak kartu"):
        assert hidden not in public
    keeper.post(page + "/batalkan", data={"reason": "Berkas yang salah"})
    assert "dibatalkan: Berkas yang salah" in keeper.get("/edisi/kelola").text
    assert "PECI HAJI" in keeper.get("/edisi/kelola?dihapus=1").text
    assert "PECI HAJI" not in client.get(f"/edisi/{address}").text


def test_what_was_chosen_stays_on_the_page_when_it_is_refused(keeper) -> None:
    page = upload(keeper, "Nama inovasi;Dinas\nPECI HAJI;Dinas Lama\n")
    typed = {"edition": "Lomba Ketik 2022", "year": "2022", "column-1": "title"}
    refused = fill(keeper, page, having="column-0", **typed)
    assert (refused.status_code, "Dua kolom tidak boleh berarti sama" in refused.text) == (422, True)
    assert 'value="Lomba Ketik 2022"' in refused.text
    assert refused.text.count('<option value="title" selected') == 2


def test_an_entry_is_changed_removed_and_brought_back(keeper, user) -> None:
    entry = make_past(user)
    page = f"/edisi/kelola/karya/{entry.public_id}"
    refused = fill(keeper, page, having="title", title="PARIT BARU", reason="")
    assert refused.status_code == 422
    assert "PARIT BARU" in refused.text
    assert fill(keeper, page, having="title", title="PARIT BARU", reason="Ejaan").status_code == 302
    assert "PARIT BARU" in keeper.get("/edisi/kelola").text
    assert keeper.post(f"{page}/hapus", data={"reason": ""}).location == page
    keeper.post(f"{page}/hapus", data={"reason": "Bukan milik kota"})
    assert "PARIT BARU dihapus" in keeper.get("/edisi/kelola").text
    assert "PARIT BARU" not in keeper.get("/edisi/kelola").text
    keeper.post(f"{page}/kembalikan")
    assert "PARIT BARU" in keeper.get("/edisi/kelola").text


def test_an_edition_holds_each_title_once(keeper, user, db_session) -> None:
    old = make_past(user)
    page = f"/edisi/kelola/karya/{old.public_id}"
    keeper.post(f"{page}/hapus", data={"reason": "Salah berkas"})
    names = ("edition_id", "import_id", "award", "unit_name")
    new = build.add(PastEntry(title="parit lama 1", **{name: getattr(old, name) for name in names}))
    keeper.post(f"{page}/kembalikan")
    assert "Sudah ada karya berjudul PARIT LAMA 1 dalam edisi ini." in keeper.get("/edisi/kelola").text
    assert db_session.get(PastEntry, old.id).removed_at is not None
    other = build.add(PastEntry(title="Lain", **{name: getattr(old, name) for name in names}))
    page = f"/edisi/kelola/karya/{other.public_id}"
    refused = fill(keeper, page, having="title", title="PARIT lama 1", reason="Ejaan")
    assert (refused.status_code, "Sudah ada karya" in refused.text) == (422, True)
    page = f"/edisi/kelola/karya/{new.public_id}"
    assert fill(keeper, page, having="title", title="PARIT lama 1", reason="Ejaan").status_code == 302


def test_others_do_not_see_the_archive_nor_hidden_editions(user, client, sign_in_as, db_session) -> None:
    entry = make_past(user)
    edition = entry.edition_id
    from innovate.editions.models import PastEdition

    shown = db_session.get(PastEdition, edition)
    assert client.get(f"/edisi/{shown.public_id}").status_code == 200
    shown.is_public = False
    assert client.get(f"/edisi/{shown.public_id}").status_code == 404
    stranger = sign_in_as(make_user())
    assert stranger.get("/edisi/kelola").status_code == 404
    assert stranger.get(f"/edisi/kelola/karya/{entry.public_id}").status_code == 404


def test_the_room_costs_the_same_for_more_entries(keeper, user) -> None:
    make_past(user)
    keeper.get("/edisi/kelola")
    with counted_queries() as few:
        keeper.get("/edisi/kelola")
    for n in range(2, 7):
        make_past(user, n)
    with counted_queries() as many:
        keeper.get("/edisi/kelola")
    assert len(many) == len(few)


# -- entries and drafts that share passages with the archive ------------------------------------------------------


@pytest.fixture
def event(db_session):
    event = build.make_event(team_min=1)
    build.make_field(event, "ringkasan", word_limit=None)
    return event


def archived(user, **values):
    from innovate.editions.services.prints import keep_prints

    entry = make_past(user, summary=f"Dahulu begini. {PASSAGE}", **values)
    keep_prints([(entry.id, entry.summary)])
    return entry


def test_screening_shows_both_passages(event, user, sign_in_as, clock_at) -> None:
    from innovate.ideas.services.similar.comparing import compare_waiting

    archived(user, award="")
    idea = make_alike(event, 1)
    compare_waiting(at=NOW)
    secretary = build.make_user()
    build.give_role(event, secretary, Role.SECRETARIAT)
    office = sign_in_as(secretary)
    screen = office.get(f"/k/{event.slug}/kelola/seleksi/{idea.public_id}").text
    assert "Lomba Inovasi 1 (2020), edisi sebelumnya" in screen
    page = office.get(f"/k/{event.slug}/kelola/mirip/terdahulu/{idea.public_id}").text
    assert page.count(" ".join(PASSAGE.split()[:8])) == 2
    assert "PARIT LAMA 1" in page
    team_page = sign_in_as(build.make_user()).get(f"/k/{event.slug}/kelola/mirip/terdahulu/{idea.public_id}")
    assert team_page.status_code == 404


@pytest.mark.parametrize(("award", "named"), [("Juara I", True), ("", False)])
def test_a_draft_is_told_of_public_winners_and_only_counts_others(
    event, user, sign_in_as, clock_at, award, named
) -> None:
    archived(user, award=award)
    captain = build.make_user()
    idea = make_alike(event, 1, state=IdeaState.DRAFT, team=build.make_team(event, captain))
    page = sign_in_as(captain).get(f"/k/{event.slug}/usulan/{idea.public_id}/pratinjau").text
    assert ("PARIT LAMA 1" in page) is named
    assert ("1 usulan lain yang sudah diajukan" in page) is not named
