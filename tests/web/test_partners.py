"""Pages of partners: what they say, to whom, and that they hide what is not public."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from innovate.accounts.models import SiteRole
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import Prize, Track
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.partners.domain.kinds import MixKind, OrganisationKind, Stage, Support
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.organisations import Organisation
from innovate.partners.models.teams import StatementAcceptance, TeamMix
from tests.factories.build import add, give_role, make_event, make_idea, make_team, make_user
from tests.factories.partners import (
    make_challenge,
    make_offer,
    make_organisation,
    make_partner_member,
    make_proposal,
    make_statement,
    make_use,
)


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", name="Lomba Kota", team_max=4)


@pytest.fixture
def manager(db_session):
    return make_user(name="Rini Kartika", email="rini@ukr.example")


@pytest.fixture
def organisation(manager):
    return make_organisation(manager, slug="ukr", name="Universitas Khatulistiwa Raya")


def picture() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(content, "PNG")
    content.seek(0)
    return content


def test_the_list_is_searched_filtered_and_cached(client, organisation) -> None:
    make_organisation(name="PT Sinyal Borneo", kind=OrganisationKind.COMPANY)
    make_organisation(name="Belum Disetujui", state=Stage.PENDING)
    answer = client.get("/mitra")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Universitas Khatulistiwa Raya" in answer.text
    assert "PT Sinyal Borneo" in answer.text
    assert "Belum Disetujui" not in answer.text
    assert "PT Sinyal Borneo" not in client.get("/mitra?q=khatul").text
    assert "Universitas Khatulistiwa Raya" not in client.get("/mitra?kind=company").text
    assert "Tidak ada yang cocok" in client.get("/mitra?q=tidakada&kind=media&page=9").text


def test_the_page_tells_what_is_public_and_nothing_else(client, organisation, event) -> None:
    draft = make_event(state="draft", name="Kompetisi Rahasia")
    make_challenge(organisation, event, title="Banjir rob dini")
    make_challenge(organisation, event, title="Masih menunggu", state=Stage.PENDING)
    make_challenge(organisation, draft, title="Tantangan rahasia")
    prize = add(Prize(event_id=event.id, name="Inovasi Hijau"))
    make_proposal(organisation, event, Support.PRIZE, prize_id=prize.id, state=Stage.ACCEPTED)
    mentor = make_user(name="Mentor Belum Menjawab")
    make_proposal(organisation, event, Support.MENTOR, user_id=mentor.id, state=Stage.ACCEPTED)
    person = make_user(name="Anggota Tersembunyi")
    make_partner_member(organisation, person)
    make_team(event, person, name="Parit Kita")
    page = client.get("/mitra/ukr").text
    for shown in ("Banjir rob dini", "Inovasi Hijau", "Parit Kita", "Kampus di tepi Kapuas."):
        assert shown in page
    for hidden in ("Masih menunggu", "rahasia", "Rahasia", mentor.name, person.name, "rini@ukr.example"):
        assert hidden not in page
    give_role(event, mentor, Role.MENTOR)
    assert mentor.name in client.get("/mitra/ukr").text


def test_what_was_not_accepted_is_not_there(client, sign_in_as, manager) -> None:
    make_organisation(manager, slug="nanti", state=Stage.PENDING)
    assert client.get("/mitra/nanti").status_code == 404
    assert client.get("/mitra/tidak-ada").status_code == 404
    assert sign_in_as(make_user()).get("/mitra/nanti").status_code == 404
    assert "Halaman ini belum terlihat umum." in sign_in_as(manager).get("/mitra/nanti").text


def test_registering_and_deciding(sign_in_as) -> None:
    asker, site = make_user(), make_user(site_role=SiteRole.ORGANIZER)
    data = {
        "name": "Komunitas Kode Tepian",
        "kind": "community",
        "description": "Pemrogram muda.",
        "website": "",
    }
    bad = sign_in_as(asker).post("/mitra/baru", data=data | {"website": "javascript:alert(1)"})
    assert bad.status_code == 422
    assert "Tulis alamat lengkap" in bad.text
    assert "Pemrogram muda." in bad.text
    assert sign_in_as(asker).post("/mitra/baru", data=data).location == "/mitra/komunitas-kode-tepian/kelola"
    desk = sign_in_as(site)
    assert "1 organisasi menunggu" in desk.get("/mitra/tinjau").text
    refused = desk.post("/mitra/tinjau/komunitas-kode-tepian", data={"answer": "tolak"})
    assert refused.status_code == 422
    assert "Tuliskan alasannya" in refused.text
    desk.post("/mitra/tinjau/komunitas-kode-tepian", data={"answer": "terima"})
    assert db.session.query(Organisation).one().state is Stage.ACCEPTED


def test_a_logo_is_drawn_anew(sign_in_as, manager, organisation, client) -> None:
    desk = sign_in_as(manager)
    bad = desk.post("/mitra/ukr/kelola/lambang", data={"file": (io.BytesIO(b"<svg onload=x>"), "a.png")})
    assert bad.status_code == 422
    assert "Gambar itu tidak dapat dibuka" in bad.text
    assert desk.post("/mitra/ukr/kelola/lambang", data={"file": (picture(), "a.png")}).status_code == 302
    answer = client.get("/mitra/ukr/lambang.png")
    assert (answer.mimetype, answer.data[:4]) == ("image/png", b"\x89PNG")
    assert "/mitra/ukr/lambang.png" in client.get("/mitra/ukr").text


def test_members_come_by_request_link_and_domain(sign_in_as, manager, organisation) -> None:
    asker = make_user(name="Lidia Natalia")
    sign_in_as(asker).post("/mitra/ukr/gabung", data={"note": "Dosen tetap"})
    room = sign_in_as(manager).get("/mitra/ukr/kelola").text
    assert "Lidia Natalia" in room
    assert "Dosen tetap" in room
    guest = sign_in_as(make_user())
    door = f"/mitra/undangan/{organisation.invite_nonce}"
    assert "Anda diundang menjadi anggota" in guest.get(door).text
    assert guest.post(door).location == "/mitra/ukr"
    assert guest.get("/mitra/undangan/xxxxxxxxxxxx").status_code == 404
    organisation.domains = ["ukr.example"]
    assert (
        "langsung menjadi anggota"
        in sign_in_as(make_user(email="a@ukr.example")).get("/mitra/ukr/gabung").text
    )
    last = sign_in_as(manager).post("/mitra/ukr/keluar", follow_redirects=True)
    assert "Pengelola terakhir" in last.text


def test_only_the_admin_sets_domains(sign_in_as, manager, organisation) -> None:
    form = {"domains": "ukr.example"}
    assert sign_in_as(manager).post("/mitra/ukr/kelola/domain", data=form).status_code == 404
    admin = sign_in_as(make_user(site_role=SiteRole.ADMIN))
    assert admin.post("/mitra/ukr/kelola/domain", data=form).status_code == 302
    assert organisation.domains == ["ukr.example"]


def test_an_accepted_challenge_is_on_the_event_s_page(sign_in_as, client, organisation, event) -> None:
    found = make_challenge(organisation, event, state=Stage.PENDING, title="Banjir rob dini")
    address = f"/k/lomba/tantangan/{found.public_id}"
    assert client.get(address).status_code == 404
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    desk = sign_in_as(organizer)
    assert "Banjir rob dini" in desk.get("/k/lomba/kelola/mitra").text
    form = {"title": "Banjir rob", "background": "Air.", "criteria": "Satu jam.", "contact": "a@ukr.example"}
    room = f"/k/lomba/kelola/mitra/tantangan/{found.public_id}"
    assert desk.post(room, data=form | {"answer": "kembalikan"}).status_code == 422
    assert desk.post(room, data=form | {"answer": "terima", "track": ""}).status_code == 302
    page = client.get("/k/lomba").text
    assert "Tantangan mitra" in page
    assert "Banjir rob" in client.get(address).text


def test_sponsors_stand_on_the_event_s_page(client, organisation, event) -> None:
    prize = add(Prize(event_id=event.id, name="Inovasi Hijau"))
    assert "dipersembahkan oleh" not in client.get("/k/lomba").text
    make_proposal(organisation, event, Support.PRIZE, prize_id=prize.id, state=Stage.ACCEPTED)
    assert "dipersembahkan oleh" in client.get("/k/lomba").text


def test_a_captain_asks_for_an_offer_and_reads_the_answer(
    sign_in_as, client, manager, organisation, event
) -> None:
    offer = make_offer(organisation, title="Magang riset")
    captain = make_user()
    team = make_team(event, captain, name="Parit Kita")
    address = f"/mitra/ukr/tawaran/{offer.public_id}"
    assert "Masuk untuk menyatakan minat" in client.get(address).text
    mine = sign_in_as(captain)
    assert mine.post(address, data={"team": team.public_id, "note": ""}).status_code == 422
    assert mine.post(address, data={"team": team.public_id, "note": "Kami siap"}).status_code == 302
    assert "Nyatakan minat tim" not in mine.get(address).text  # the only team has asked
    assert "Kami siap" in sign_in_as(manager).get(f"/mitra/ukr/kelola/tawaran/{offer.public_id}").text
    assert "Parit Kita" not in client.get(address).text
    assert "Magang riset" in sign_in_as(captain).get(f"/k/lomba/tim/{team.public_id}").text


def test_who_asked_is_only_for_the_desk_and_the_team(sign_in_as, organisation, event) -> None:
    offer = make_offer(organisation)
    make_use(offer, make_team(event, name="Tim Lain"))
    other = make_user()
    make_team(event, other)
    assert "Tim Lain" not in sign_in_as(other).get(f"/mitra/ukr/tawaran/{offer.public_id}").text


def test_the_team_sees_what_is_asked_and_who_has_not_accepted(sign_in_as, event, client) -> None:
    add(TeamMix(event_id=event.id, kind=MixKind.STUDENT, at_least=1))
    statement = make_statement(event, title="Hak atas karya")
    captain, member = make_user(name="Rina Maharani"), make_user(name="Dedi Kurniawan")
    team = make_team(event, captain, member)
    home = f"/k/lomba/tim/{team.public_id}"
    assert "Setiap tim wajib memuat paling sedikit 1 mahasiswa." in client.get("/k/lomba").text
    idea = make_idea(team, title="Parit Kita")
    mine = sign_in_as(captain)
    draft = mine.get(f"/k/lomba/usulan/{idea.public_id}").text
    assert "Sebelum diajukan, tim Anda masih perlu:" in draft
    assert "Hak atas karya: belum disetujui Rina Maharani, Dedi Kurniawan" in draft
    page = mine.get(home).text
    assert "Kurang 1 lagi." in page
    assert "Belum menyetujui: Rina Maharani, Dedi Kurniawan" in page
    assert mine.post(f"{home}/pernyataan", data={"statement": statement.public_id}).status_code == 422
    assert db.session.query(StatementAcceptance).count() == 0
    mine.post(f"{home}/pernyataan", data={"statement": statement.public_id, "agree": "y"})
    assert "Belum menyetujui: Dedi Kurniawan" in mine.get(home).text
    assert "Belum menyetujui" not in sign_in_as(make_user()).get(home).text
    assert sign_in_as(make_user()).get(f"{home}/pernyataan").status_code == 404


def test_the_organizer_asks_and_takes_the_acceptances_along(sign_in_as, event) -> None:
    organizer, captain = make_user(), make_user(name="=Rina")
    give_role(event, organizer, Role.ORGANIZER)
    team = make_team(event, captain)
    desk = sign_in_as(organizer)
    assert "Undang-Undang Nomor 27 Tahun 2022" in desk.get("/k/lomba/kelola/pernyataan/data_use").text
    form = {"title": "Data", "text": "Aman."}
    assert desk.post("/k/lomba/kelola/pernyataan/data_use", data=form).status_code == 302
    member = sign_in_as(captain)
    page = member.get(f"/k/lomba/tim/{team.public_id}/pernyataan").text
    key = page.split('name="statement" value="')[1].split('"')[0]
    member.post(f"/k/lomba/tim/{team.public_id}/pernyataan", data={"statement": key, "agree": "y"})
    file = sign_in_as(organizer).get("/k/lomba/kelola/pernyataan.csv").text
    assert "Data,data_use,1," in file
    assert "'=Rina" in file
    wrong = sign_in_as(organizer).post(
        "/k/lomba/kelola/susunan-tim", data={"student_least": "3", "student_most": "2"}
    )
    assert wrong.status_code == 422
    assert "tidak dapat dipenuhi" in wrong.text


def test_a_proposal_shows_the_challenge_of_its_track(sign_in_as, organisation, event) -> None:
    challenge = make_challenge(organisation, event, title="Banjir rob dini")
    captain = make_user()
    idea = make_idea(make_team(event, captain), title="Parit Kita", track_id=challenge.track_id)
    page = sign_in_as(captain).get(f"/k/lomba/usulan/{idea.public_id}").text
    assert "Banjir rob dini" in page
    assert "Universitas Khatulistiwa Raya" in page
    assert "Sebelum diajukan" not in page


def test_a_file_of_data_is_for_those_who_work_with_it(
    sign_in_as, client, organisation, manager, event
) -> None:
    form = {
        "event": "lomba",
        "title": "Banjir rob dini",
        "background": "Air.",
        "criteria": "Satu jam.",
        "contact": "a@ukr.example",
        "data_terms": "Hanya untuk kompetisi ini.",
    }
    address = "/mitra/ukr/kelola/tantangan/baru"
    desk = sign_in_as(manager)
    lying = desk.post(address, data=form | {"file": (io.BytesIO(b"MZ\x00"), "rob.csv")})
    assert lying.status_code == 422
    assert "Isi berkas tidak sesuai" in lying.text
    assert "Banjir rob dini" in lying.text
    assert desk.post(address, data=form | {"file": (io.BytesIO(b"jam\n1\n"), "rob.csv")}).status_code == 302
    found = db.session.query(Challenge).one()
    data = f"/k/lomba/tantangan/{found.public_id}/data"
    captain, member = make_user(), make_user()
    make_team(event, captain)
    make_partner_member(organisation, member)
    assert desk.get(data).text == "jam\n1\n"
    assert sign_in_as(captain).get(data).status_code == 404  # it waits for an answer
    assert sign_in_as(member).get(data).status_code == 404
    found.state = Stage.ACCEPTED
    db.session.commit()
    answer = sign_in_as(captain).get(data)
    assert answer.headers["Content-Disposition"] == "attachment; filename=rob.csv"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert sign_in_as(member).get(data).status_code == 200
    assert sign_in_as(make_user()).get(data).status_code == 404
    client.post("/keluar")
    assert "dapat diunduh anggota tim kompetisi ini" in client.get(data.removesuffix("/data")).text


def test_a_full_challenge_says_so_before_handing_in(sign_in_as, organisation, event) -> None:
    challenge = make_challenge(organisation, event, capacity=1)
    captain = make_user()
    idea = make_idea(make_team(event, captain), title="Parit Kita", track_id=challenge.track_id)
    page = f"/k/lomba/usulan/{idea.public_id}"
    assert "0 dari 1 tempat terisi tim lain" in sign_in_as(captain).get(page).text
    make_idea(make_team(event), state=IdeaState.SUBMITTED, track_id=challenge.track_id)
    assert "Semua 1 tempat sudah terisi tim lain." in sign_in_as(captain).get(page).text


def test_what_a_refusal_undid_is_shown_again(sign_in_as, organisation, manager, event) -> None:
    taken = make_challenge(organisation, event)
    waiting = make_challenge(
        organisation, event, state=Stage.PENDING, title="Banjir rob", filename="rob.csv", storage_key="x"
    )
    organizer = make_user()
    give_role(event, organizer, Role.ORGANIZER)
    track = db.session.get_one(Track, taken.track_id).public_id
    form = {
        "title": "Judul baru",
        "background": "Air.",
        "criteria": "Satu jam.",
        "contact": "a@ukr.example",
        "data_terms": "Hanya di sini.",
    }
    room = f"/k/lomba/kelola/mitra/tantangan/{waiting.public_id}"
    refused = sign_in_as(organizer).post(room, data=form | {"answer": "terima", "track": track})
    assert refused.status_code == 422
    assert "sudah memuat tantangan lain" in refused.text
    assert "Universitas Khatulistiwa Raya" in refused.text
    lying = form | {"file": (io.BytesIO(b"MZ\x00"), "rob.csv")}
    again = sign_in_as(manager).post(f"/mitra/ukr/kelola/tantangan/{waiting.public_id}", data=lying)
    assert again.status_code == 422
    assert "Sekarang dibagikan: rob.csv" in again.text
    assert db.session.get_one(Challenge, waiting.id).title == "Banjir rob"
