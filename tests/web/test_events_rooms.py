"""The organizer's rooms: what each holds, who may open it, what it refuses."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from innovate.accounts.models import SiteRole
from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.web.mail_text import render_mail
from innovate.demo.domain.papers import make_pdf
from innovate.events.domain.kinds import EventState, FieldKind, Role
from innovate.events.models import (
    DeadlineLetter,
    EventRole,
    FormField,
    Group,
    Phase,
    Prize,
    Question,
    RoleInvitation,
)
from innovate.notifications.models import OutboxMail
from tests.factories.build import (
    NOW,
    give_role,
    make_checklist_item,
    make_event,
    make_field,
    make_team,
    make_user,
)
from tests.support.pages import fields_of, fill, press
from tests.support.queries import counted_queries

ROOMS = (
    "persiapan",
    "umum",
    "teks",
    "jadwal",
    "aturan-tim",
    "formulir",
    "formulir/baru",
    "kelompok",
    "kategori",
    "daftar-periksa",
    "penghargaan",
    "tanya-jawab",
    "rujukan",
    "orang",
)


@pytest.fixture
def event(app):
    return make_event(slug="lomba", name="Lomba Kota")


@pytest.fixture
def staff(event, sign_in_as):
    user = make_user(name="Sari Wulandari")
    give_role(event, user, Role.ORGANIZER)
    return sign_in_as(user)


@pytest.mark.parametrize("room", ROOMS)
def test_room_opens_for_organizer_and_auditor_for_nobody_else(event, sign_in_as, room):
    doors = {}
    for role in Role:
        user = make_user()
        give_role(event, user, role)
        doors[role] = sign_in_as(user).get(f"/k/lomba/kelola/{room}")
    assert {role for role, door in doors.items() if door.status_code == 200} == {Role.ORGANIZER, Role.AUDITOR}
    assert {door.status_code for role, door in doors.items()} == {200, 404}
    assert "Lomba Kota" in doors[Role.ORGANIZER].text
    assert sign_in_as(make_user()).get(f"/k/lomba/kelola/{room}").status_code == 404
    stranger = make_user()
    give_role(make_event(), stranger, Role.ORGANIZER)
    assert sign_in_as(stranger).get(f"/k/lomba/kelola/{room}").status_code == 404
    assert sign_in_as(make_user(site_role=SiteRole.ADMIN)).get(f"/k/lomba/kelola/{room}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "umum",
        "teks",
        "jadwal",
        "aturan-tim",
        "formulir/baru",
        "penghargaan",
        "orang",
        "terbitkan",
        "arsipkan",
    ],
)
def test_auditors_write_nothing(event, sign_in_as, address):
    auditor = make_user()
    give_role(event, auditor, Role.AUDITOR)
    client = sign_in_as(auditor)
    before = db.session.query(AuditEntry).count()
    token = fields_of(client, "/k/lomba/kelola/umum")["csrf_token"]
    answer = client.post(f"/k/lomba/kelola/{address}", data={"csrf_token": token, "name": "Lain"})
    assert answer.status_code == 404
    assert db.session.query(AuditEntry).count() == before
    assert "Simpan" not in client.get("/k/lomba/kelola/umum").text


def test_visitors_are_asked_to_sign_in(event, client):
    answer = client.get("/k/lomba/kelola/umum")
    assert answer.location.startswith("/masuk?next=/k/lomba/kelola/umum")


def test_general_facts_change_and_show(event, staff, client):
    answer = fill(staff, "/k/lomba/kelola/umum", name="Lomba Baru", contact="inovasi@pontianak.go.id")
    assert answer.status_code == 302
    text = client.get("/k/lomba").text
    assert "<h1>Lomba Baru</h1>" in text
    assert "mailto:inovasi@pontianak.go.id" in text


def test_the_address_of_a_public_event_is_refused_with_what_was_typed(event, staff):
    answer = fill(staff, "/k/lomba/kelola/umum", slug="lomba-lain", tagline="Ajakan yang baru")
    assert answer.status_code == 422
    assert "tautannya sudah beredar" in answer.text
    assert 'value="Ajakan yang baru"' in answer.text


def test_texts_are_markdown_without_markup_of_their_own(event, staff, client):
    fill(staff, "/k/lomba/kelola/teks", description="**Tebal** <script>alert(1)</script>\r\n\r\nBaris dua")
    text = client.get("/k/lomba").text
    assert "<strong>Tebal</strong>" in text
    assert "<script>alert(1)" not in text
    assert "Baris dua" in text


def test_moving_a_public_deadline_asks_for_a_reason_and_shows_it(event, staff, client):
    page = "/k/lomba/kelola/jadwal"
    held = fields_of(staff, page, "ends_1")
    assert held["ends_1"] == ["2026-12-03T09:30"]
    refused = fill(staff, page, ends_1="2026-12-02T23:59")
    assert refused.status_code == 422
    assert "Tuliskan alasan perubahan" in refused.text
    assert 'value="2026-12-02T23:59"' in refused.text
    taken = fill(staff, page, ends_1="2026-12-02T23:59", reason="Surat 400.10/7 karena libur")
    assert taken.status_code == 302
    text = client.get("/k/lomba").text
    assert "Jadwal pernah diubah 1 kali" in text
    assert "Alasan: Surat 400.10/7 karena libur" in text
    assert (
        "ditutup Kamis, 3 Desember 2026 pukul 09.30 WIB menjadi Rabu, 2 Desember 2026 pukul 23.59 WIB" in text
    )


def test_a_public_letter_is_a_pdf_that_opens(event, staff):
    page = "/k/lomba/kelola/jadwal"
    held = {name: values[-1] for name, values in fields_of(staff, page, "ends_1").items()}
    typed = {**held, "ends_1": "2026-12-04T23:59", "reason": "Listrik padam", "letter_is_public": "y"}
    torn = {**typed, "letter": (io.BytesIO(b"%PDF-1.7 rusak"), "surat.pdf")}
    refused = staff.post(page, data=torn, content_type="multipart/form-data")
    assert (refused.status_code, "PDF itu tidak dapat dibuka" in refused.text) == (422, True)
    assert "Listrik padam" in refused.text
    assert db.session.query(DeadlineLetter).count() == 0
    sound = {**typed, "letter": (io.BytesIO(make_pdf("Surat", ["Perpanjangan"])), "surat.pdf")}
    assert staff.post(page, data=sound, content_type="multipart/form-data").status_code == 302
    assert db.session.query(DeadlineLetter).one().is_public


def test_impossible_dates_stand_beside_their_field(event, staff):
    answer = fill(staff, "/k/lomba/kelola/jadwal", ends_0="2026-01-01T00:00", reason="Salah ketik")
    assert answer.status_code == 422
    assert "Akhir tahap harus setelah awalnya." in answer.text
    answer = fill(staff, "/k/lomba/kelola/jadwal", ends_0="besok", reason="Salah ketik")
    assert answer.status_code == 422
    assert "Isi tanggal dan jam dengan lengkap." in answer.text


def test_phases_are_added_and_removed_in_a_draft(sign_in_as):
    event = make_event(slug="draf", state=EventState.DRAFT)
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    staff = sign_in_as(user)
    page = "/k/draf/kelola/jadwal"
    press(staff, page, f"{page}/tahap/final")
    assert len([name for name in fields_of(staff, page, "ends_1") if name.startswith("ends_")]) == 7
    phase = event_phases(event.id)[-1]
    press(staff, page, f"{page}/{phase}/hapus")
    assert len(event_phases(event.id)) == 6


def event_phases(event_id: int) -> list[str]:
    from innovate.events.models import Phase

    query = db.session.query(Phase.public_id).filter_by(event_id=event_id).order_by(Phase.position)
    return [row[0] for row in query]


@pytest.mark.parametrize(
    ("name", "answers", "shown"),
    [
        ("kelompok", {"code": "C", "name": "Umum"}, "Umum"),
        ("kategori", {"name": "Data terbuka"}, "Data terbuka"),
        ("daftar-periksa", {"label": "Surat ada"}, "Surat ada"),
        ("penghargaan", {"name": "Juara Favorit", "rank": ""}, "Juara Favorit"),
        ("tanya-jawab", {"question": "Berapa biayanya?", "answer": "Gratis"}, "Berapa biayanya?"),
        ("rujukan", {"title": "Juknis", "url": "https://contoh.go.id/juknis.pdf"}, "Juknis"),
    ],
)
def test_lists_take_change_and_lose_rows(event, staff, name, answers, shown):
    page = f"/k/lomba/kelola/{name}"
    assert fill(staff, page, **answers).status_code == 302
    text = staff.get(page).text
    assert shown in text
    row_id = text.rsplit('id="b-', 1)[1].split('"')[0]
    key = next(k for k in ("name", "label", "question", "title") if k in answers)
    assert fill(staff, f"{page}/{row_id}", **{key: "Diganti"}).status_code == 302
    text = staff.get(page).text
    assert "Diganti" in text
    press(staff, page, f"{page}/{row_id}/hapus")
    assert "Diganti" not in staff.get(page).text.split("iv-toasts")[0]


def test_links_must_be_links(event, staff):
    answer = fill(staff, "/k/lomba/kelola/rujukan", title="Jahat", url="javascript:alert(1)")
    assert answer.status_code == 422
    assert "https://" in answer.text
    assert 'value="Jahat"' in answer.text


def test_rows_move_by_buttons(event, staff):
    page = "/k/lomba/kelola/tanya-jawab"
    for word in ("Pertama", "Kedua"):
        fill(staff, page, question=word, answer="Ya")
    rows = {row.question: row.public_id for row in db.session.query(Question)}
    press(staff, page, f"{page}/{rows['Kedua']}/naik")
    text = staff.get(page).text
    assert text.index("Kedua") < text.index("Pertama")


def test_a_group_in_use_is_kept_with_the_reason(event, staff):
    group = db.session.query(Group).filter_by(event_id=event.id).first()
    make_team(event, group_id=group.id)
    db.session.commit()
    answer = press(staff, "/k/lomba/kelola/kelompok", f"/k/lomba/kelola/kelompok/{group.public_id}/hapus")
    assert answer.status_code == 422
    assert "Masih dipakai tim atau usulan" in answer.text
    assert db.session.get(Group, group.id) is not None


def test_labels_rename_groups_everywhere(event, staff, client):
    fill(staff, "/k/lomba/kelola/kelompok", to="/k/lomba/kelola/kelompok/sebutan", group_label="Klaster")
    assert "Klaster yang dinilai terpisah" in client.get("/k/lomba").text


def test_fields_of_the_form_are_built(event, staff):
    answer = fill(
        staff,
        "/k/lomba/kelola/formulir/baru",
        label="Bentuk inovasi",
        kind="choice",
        choices="Digital\r\nNondigital\r\n",
        required="y",
    )
    assert answer.status_code == 302
    field = db.session.query(FormField).one()
    assert (field.key, field.kind, field.required) == ("bentuk_inovasi", FieldKind.CHOICE, True)
    assert field.options == {"choices": ["Digital", "Nondigital"]}
    page = f"/k/lomba/kelola/formulir/{field.public_id}"
    assert fields_of(staff, page, "label")["choices"] == ["Digital\nNondigital\n"[:-1]]
    refused = fill(staff, page, label="Bentuk inovasi", kind="number")
    assert refused.status_code == 422
    assert "Jenis isian tidak dapat diubah" in refused.text
    press(staff, "/k/lomba/kelola/formulir", f"{page}/hapus")
    text = staff.get("/k/lomba/kelola/formulir").text
    assert "Isian yang dihapus" in text
    assert "0 isian" in text
    press(staff, "/k/lomba/kelola/formulir", f"{page}/kembalikan")
    assert "1 isian" in staff.get("/k/lomba/kelola/formulir").text


def test_rows_of_another_event_are_not_found(event, staff):
    other = make_event()
    field = make_field(other)
    item = make_checklist_item(other)
    db.session.commit()
    assert staff.get(f"/k/lomba/kelola/formulir/{field.public_id}").status_code == 404
    assert staff.get(f"/k/lomba/kelola/daftar-periksa/{item.public_id}").status_code == 404


def test_archiving_closes_the_forms_but_not_the_pages(event, staff, client):
    press(staff, "/k/lomba/kelola/umum", "/k/lomba/kelola/arsipkan")
    assert "Sudah diarsipkan" in staff.get("/k/lomba/kelola/persiapan").text
    page = staff.get("/k/lomba/kelola/umum")
    assert page.status_code == 200
    assert "<fieldset disabled>" in page.text
    assert client.get("/k/lomba").status_code == 200
    press(staff, "/k/lomba/kelola/persiapan", "/k/lomba/kelola/buka-arsip")
    assert "Sudah terbit" in staff.get("/k/lomba/kelola/persiapan").text


# -- people -------------------------------------------------------------------------------------------------------


def test_what_must_lie_ahead_at_launch_is_no_gap_once_it_lies_behind(event, staff):
    db.session.query(Phase).filter_by(event_id=event.id).update({"ends_at": NOW - timedelta(days=1)})
    page = staff.get(f"/k/{event.slug}/kelola/persiapan").text
    assert "Sudah terbit" in page
    assert "Pengajuan masih akan dibuka" not in page


def test_an_invitation_works_without_and_with_an_account(event, staff, sign_in_as, client):
    answer = fill(staff, "/k/lomba/kelola/orang", email="Dosen@Untan.ac.id", name="Prof. Ngadi", role="juror")
    assert answer.status_code == 302
    invitation = db.session.query(RoleInvitation).one()
    address = f"/undangan/peran/{invitation.nonce}"
    text = staff.get("/k/lomba/kelola/orang").text
    assert address in text
    assert "https://wa.me/?text=" in text
    assert db.session.query(OutboxMail).one().address == "dosen@untan.ac.id"
    shown = client.get(address).text
    assert "Anda diundang menjadi juri" in shown
    assert "Sari Wulandari" in shown
    assert f"/masuk?next={address}" in shown
    assert f"next={address}" in shown.split("Buat akun")[0].rsplit("href=", 1)[1]
    guest = make_user(name="Thomas Ngadi")
    theirs = sign_in_as(guest)
    assert "dialamatkan ke surel lain" in theirs.get(address).text
    press(theirs, address, f"{address}/terima")
    assert db.session.query(EventRole).filter_by(user_id=guest.id).one().role is Role.JUROR
    assert "Undangan ini sudah dipakai" in client.get(address).text


def test_links_are_renewed_and_taken_back(event, staff, client):
    fill(staff, "/k/lomba/kelola/orang", email="", name="Bu Lina", role="secretariat")
    old = db.session.query(RoleInvitation).one().nonce
    page = "/k/lomba/kelola/orang"
    press(staff, page, f"{page}/undangan/{old}/putar")
    new = db.session.query(RoleInvitation).one().nonce
    assert client.get(f"/undangan/peran/{old}").status_code == 404
    assert client.get(f"/undangan/peran/{new}").status_code == 200
    press(staff, page, f"{page}/undangan/{new}/cabut")
    assert "sudah tidak berlaku" in client.get(f"/undangan/peran/{new}").text
    assert press(staff, page, f"{page}/undangan/{new}/kirim").status_code == 422


def test_another_events_invitation_is_out_of_reach(event, staff):
    other = make_event()
    foreign = RoleInvitation(
        event_id=other.id,
        role=Role.JUROR,
        name="X",
        invited_by_id=make_user().id,
        created_at=NOW,
        expires_at=NOW.replace(year=2027),
    )
    db.session.add(foreign)
    db.session.commit()
    page = "/k/lomba/kelola/orang"
    assert press(staff, page, f"{page}/undangan/{foreign.nonce}/cabut").status_code == 404


def test_roles_end_and_titles_show_in_the_public_jury(event, staff, client):
    juror = make_user(name="Maria Sulastri", title_before="Dr.", title_after="M.Si.")
    row = give_role(event, juror, Role.CHAIR)
    db.session.commit()
    page = "/k/lomba/kelola/orang"
    assert fill(staff, f"{page}/{row.public_id}", title="Ombudsman Kalbar").status_code == 302
    text = client.get("/k/lomba").text
    assert "Dr. Maria Sulastri, M.Si." in text
    assert "Ketua dewan juri. Ombudsman Kalbar" in text
    press(staff, page, f"{page}/{row.public_id}/lepas")
    assert "Maria Sulastri" not in client.get("/k/lomba").text
    own = db.session.query(EventRole).filter_by(role=Role.ORGANIZER).one()
    answer = press(staff, page, f"{page}/{own.public_id}/lepas")
    assert answer.location == "/k/lomba/kelola/orang"
    assert "Penyelenggara terakhir tidak dapat dilepas" in staff.get(page).text


def test_auditors_see_people_but_no_links(event, staff, sign_in_as):
    fill(staff, "/k/lomba/kelola/orang", email="a@b.id", name="", role="juror")
    nonce = db.session.query(RoleInvitation).one().nonce
    auditor = make_user()
    give_role(event, auditor, Role.AUDITOR)
    text = sign_in_as(auditor).get("/k/lomba/kelola/orang").text
    assert "Sari Wulandari" in text
    assert nonce not in text


@pytest.mark.parametrize("room", ["orang", "penghargaan", "formulir", "persiapan"])
def test_rooms_cost_the_same_with_one_and_with_three_rows(event, staff, room):
    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            assert staff.get(f"/k/lomba/kelola/{room}").status_code == 200
        return len(queries)

    def grow(n: int) -> None:
        give_role(event, make_user(), Role.JUROR)
        make_field(event, f"f{n}")
        db.session.add(Prize(event_id=event.id, name=f"Juara {n}"))
        db.session.commit()

    grow(0)
    one = cost()
    grow(1)
    grow(2)
    assert cost() == one


@pytest.mark.parametrize(
    ("locale", "words"), [("id", "mengundang Anda menjadi juri di"), ("en", "invites you to be juror")]
)
def test_the_invitation_mail_names_the_role_and_leads_to_the_page(event, staff, app, locale, words):
    app.config["PUBLIC_URL"] = "https://inovasi.example.go.id"
    fill(staff, "/k/lomba/kelola/orang", email="dosen@untan.ac.id", name="Prof. Ngadi", role="juror")
    mail = db.session.query(OutboxMail).one()
    text = render_mail(mail.template, mail.context, locale)
    assert "Lomba Kota" in text.subject
    assert words in text.text
    nonce = db.session.query(RoleInvitation).one().nonce
    assert f"https://inovasi.example.go.id/undangan/peran/{nonce}" in text.text
