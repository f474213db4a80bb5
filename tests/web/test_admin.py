"""Site administration: for admins only, and everything it promises."""

import csv
import io
import json

import pytest

from innovate.accounts import queries
from innovate.accounts.models import SiteRole, Unit
from innovate.accounts.services import sessions
from innovate.audit.models import AuditEntry
from innovate.audit.services import record
from innovate.core import jobs
from innovate.core.db import db
from innovate.core.paging import PAGE_SIZE
from innovate.notifications.models import MailState, OutboxMail
from innovate.notifications.services import enqueue_mail
from tests.factories.build import NOW, make_unit, make_user
from tests.support.queries import counted_queries

PAGES = [
    "/admin",
    "/admin/orang",
    "/admin/unit",
    "/admin/unit/baru",
    "/admin/unit/impor",
    "/admin/unit/ekspor.csv",
    "/admin/surel",
    "/admin/jejak",
    "/admin/jejak.csv",
    "/admin/jejak/periksa",
]


@pytest.fixture
def admin(app):
    return make_user(site_role=SiteRole.ADMIN, name="Sinta Admin")


@pytest.fixture
def desk(admin, sign_in_as):
    """The administrator's browser."""
    return sign_in_as(admin)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [SiteRole.MEMBER, SiteRole.ORGANIZER])
def test_others_do_not_see_that_it_exists(app, sign_in_as, path, role) -> None:
    assert sign_in_as(make_user(site_role=role)).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/admin/orang/{id}",
        "/admin/orang/{id}/nonaktifkan",
        "/admin/orang/{id}/aktifkan",
        "/admin/orang/{id}/keluarkan",
        "/admin/orang/{id}/kirim-tautan",
        "/admin/unit/baru",
        "/admin/unit/impor",
        "/admin/unit/impor/simpan",
        "/admin/surel/1/ulang",
    ],
)
def test_others_cannot_act_either(app, sign_in_as, path) -> None:
    victim = make_user()
    client = sign_in_as(make_user(site_role=SiteRole.ORGANIZER))
    answer = client.post(path.format(id=victim.public_id), data={"site_role": "admin", "reason": "x"})
    assert answer.status_code == 404
    assert (victim.site_role, victim.is_active) == (SiteRole.MEMBER, True)


def test_the_state_of_the_system(app, desk, monkeypatch) -> None:
    page = desk.get("/admin")
    assert "Pelaksana tugas tidak berjalan" in page.text
    assert "Server surel belum diatur" in page.text
    assert "SQLite 3" in page.text
    monkeypatch.setattr(jobs, "find_last_heartbeat", lambda: NOW)
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://mail.test")
    assert "Semua berjalan" in desk.get("/admin").text
    make_user(is_demo=True)
    db.session.commit()
    page = desk.get("/admin")
    assert "1 akun peragaan masih terbuka" in page.text
    assert "Ada yang perlu diperiksa" in page.text


def test_people_are_searched_and_filtered(desk) -> None:
    unit = make_unit(name="Dinas Sosial")
    make_user(name="Rina", email="rina@dinsos.go.id", unit_id=unit.id)
    make_user(name="Budi", disabled_at=NOW)
    db.session.commit()
    page = desk.get("/admin/orang")
    assert "3 orang" in page.text
    assert "Dinas Sosial" in page.text
    assert "Budi" not in desk.get("/admin/orang?q=dinsos").text
    assert "Rina" not in desk.get("/admin/orang?state=disabled").text
    assert "Rina" in desk.get(f"/admin/orang?unit={unit.id}").text
    assert "Sinta Admin" in desk.get("/admin/orang?role=admin").text
    assert "Tidak ada yang cocok" in desk.get("/admin/orang?q=tidakada").text
    assert "3 orang" in desk.get("/admin/orang?role=raja&page=x&unit=y").text
    assert desk.get("/admin/orang?unit=" + "9" * 30).status_code == 200


def test_long_lists_have_pages(desk) -> None:
    for n in range(PAGE_SIZE + 1):
        make_user(name=f"Nomor {n:03}")
    db.session.commit()
    assert f"Nomor {PAGE_SIZE - 1:03}" in desk.get("/admin/orang").text
    assert "Nomor 050" not in desk.get("/admin/orang").text
    assert "Nomor 050" in desk.get("/admin/orang?page=2").text


def test_one_person_without_the_nip(desk, admin) -> None:
    person = make_user(name="Rina", nip="198609262015051001", position="Analis")
    db.session.commit()
    page = desk.get(f"/admin/orang/{person.public_id}")
    assert "Analis" in page.text
    assert "19860926" not in page.text
    assert desk.get("/admin/orang/tidakada").status_code == 404


def test_a_role_is_given_and_recorded_but_not_to_oneself(desk, admin) -> None:
    person = make_user()
    db.session.commit()
    path = f"/admin/orang/{person.public_id}"
    assert desk.post(path, data={"site_role": "organizer"}).headers["Location"] == path
    assert person.site_role is SiteRole.ORGANIZER
    assert f"mengubah peran situs {person.name}." in desk.get("/admin/jejak").text
    refused = desk.post(f"/admin/orang/{admin.public_id}", data={"site_role": "member"})
    assert refused.status_code == 422
    assert "hanya dapat diubah admin lain" in refused.text
    assert desk.post(path, data={"site_role": "raja"}).status_code == 422


def test_an_account_is_closed_with_a_reason_and_opened_again(desk, sign_in_as) -> None:
    person = make_user()
    theirs = sign_in_as(person)
    path = f"/admin/orang/{person.public_id}"
    refused = desk.post(f"{path}/nonaktifkan", data={"reason": ""})
    assert refused.status_code == 422
    assert "Bagian ini wajib diisi." in refused.text
    desk.post(f"{path}/nonaktifkan", data={"reason": "Pindah tugas"})
    assert "Akun ini dinonaktifkan." in desk.get(path).text
    assert theirs.get("/akun").status_code == 302
    assert "Pindah tugas" in desk.get(f"/admin/jejak?objek=user&id={person.id}").text
    desk.post(f"{path}/aktifkan")
    assert "Akun ini dinonaktifkan." not in desk.get(path).text
    assert desk.post(f"{path}/aktifkan").status_code == 422


def test_signing_somebody_out_and_sending_a_link(desk, sign_in_as) -> None:
    person = make_user()
    theirs = sign_in_as(person)
    desk.post(f"/admin/orang/{person.public_id}/keluarkan")
    assert theirs.get("/akun").status_code == 302
    desk.post(f"/admin/orang/{person.public_id}/kirim-tautan")
    mail = db.session.query(OutboxMail).filter_by(address=person.email).one()
    assert (mail.template, mail.confidential) == ("account_reset", True)
    assert theirs.get(mail.context["path"]).status_code == 200


# -- units


def unit_values(**changes):
    return {"code": "dinkes", "name": "Dinas Kesehatan", "kind": "dinas", "parent_id": "0", **changes}


def test_a_unit_is_added_moved_and_closed(desk) -> None:
    assert desk.post("/admin/unit/baru", data=unit_values()).status_code == 302
    top = queries.get_unit("dinkes")
    desk.post(
        "/admin/unit/baru",
        data=unit_values(code="pkm", name="Puskesmas", kind="puskesmas", parent_id=str(top.id)),
    )
    page = desk.get("/admin/unit")
    assert page.text.index("Dinas Kesehatan") < page.text.index("\u2003<a") < page.text.index("Puskesmas</a>")
    circle = desk.post(
        "/admin/unit/dinkes", data=unit_values(parent_id=str(queries.get_unit("pkm").id), name="Nama Baru")
    )
    assert circle.status_code == 422
    assert "tidak dapat berada di bawah dirinya sendiri" in circle.text
    assert "Nama Baru" in circle.text
    desk.post(
        "/admin/unit/pkm",
        data=unit_values(code="pkm", name="Puskesmas", kind="puskesmas", valid_until="2026-11-22"),
    )
    db.session.expire_all()
    assert queries.get_unit("pkm").parent_id is None
    assert "Ditutup" in desk.get("/admin/unit?q=puskesmas").text
    assert "Dinas Kesehatan" not in desk.get("/admin/unit?q=puskesmas").text
    assert desk.get("/admin/unit/tidak-ada").status_code == 404


@pytest.mark.parametrize(
    "change", [{"code": "Huruf Besar"}, {"name": ""}, {"kind": "x"}, {"valid_from": "x"}]
)
def test_a_wrong_unit_is_refused(desk, change) -> None:
    assert desk.post("/admin/unit/baru", data=unit_values(**change)).status_code == 422
    assert db.session.query(Unit).count() == 0


def upload(desk, text: str | bytes, name="unit.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    answer = desk.post("/admin/unit/impor", data={"file": (io.BytesIO(content), name)})
    answer.request.environ["wsgi.input"].close()  # the test client leaves a large body open
    return answer


def test_an_import_is_shown_first_then_saved(desk) -> None:
    make_unit(code="dinkes", name="Dinas Kesehatan Lama", kind="dinas")
    db.session.commit()
    table = [
        ["kode", "nama", "jenis", "induk"],
        ["dinkes", "Dinas Kesehatan", "dinas", ""],
        ["pkm", "Puskesmas", "puskesmas", "dinkes"],
    ]
    page = upload(desk, "\n".join(";".join(line) for line in table))
    assert page.status_code == 200
    assert "1 baru, 1 diganti, 0 tetap." in page.text
    assert queries.find_unit("pkm") is None
    done = desk.post("/admin/unit/impor/simpan", data={"table": json.dumps(table)})
    assert done.status_code == 302
    assert queries.get_unit("pkm").parent_id == queries.get_unit("dinkes").id
    exported = desk.get("/admin/unit/ekspor.csv")
    assert "attachment" in exported.headers["Content-Disposition"]
    assert "pkm,Puskesmas,,puskesmas,dinkes,," in exported.text
    assert "0 unit akan berubah" in upload(desk, exported.data).text


def test_a_table_with_faults_names_each_and_saves_nothing(desk) -> None:
    table = [["kode", "nama", "jenis"], ["a", "Unit A", "dinas"], ["b", "", "kerajaan"]]
    page = upload(desk, "\n".join(",".join(line) for line in table))
    assert page.status_code == 422
    assert "2 kesalahan dalam berkas" in page.text
    assert "Jenis “kerajaan” tidak dikenal." in page.text
    assert desk.post("/admin/unit/impor/simpan", data={"table": json.dumps(table)}).status_code == 422
    assert db.session.query(Unit).count() == 0


@pytest.mark.parametrize("table", ["", "x", "{}", "[1]", "null"])
def test_a_broken_table_is_refused(desk, table) -> None:
    assert desk.post("/admin/unit/impor/simpan", data={"table": table}).status_code == 422


def test_files_too_large_or_missing_are_refused(desk) -> None:
    assert "lebih besar dari 1 MB" in upload(desk, "x" * (1024 * 1024 + 1)).text
    assert "Pilih satu berkas." in desk.post("/admin/unit/impor", data={}).text
    assert "tidak dapat dibaca sebagai XLSX" in upload(desk, b"PK broken", "x.xlsx").text


# -- mail and trail


def test_failed_mail_is_shown_with_its_reason_and_tried_again(desk) -> None:
    mail = enqueue_mail("account_reset", address="ani@example.org", at=NOW, context={"path": "/rahasia"})
    mail.state, mail.last_error = MailState.FAILED, "550 tidak ada orangnya"
    enqueue_mail("account_reset", address="budi@example.org", at=NOW)
    db.session.commit()
    page = desk.get("/admin/surel?state=failed")
    assert "550 tidak ada orangnya" in page.text
    assert "budi@example.org" not in page.text
    assert "/rahasia" not in page.text
    desk.post(f"/admin/surel/{mail.id}/ulang")
    assert mail.state is MailState.PENDING
    assert desk.post(f"/admin/surel/{mail.id}/ulang").status_code == 422
    assert desk.post("/admin/surel/999/ulang").status_code == 404
    assert "ani@example.org" in desk.get("/admin/surel?q=ani").text


def note(actor_id, action="user.update_profile", **values):
    record(action, actor_id=actor_id, at=NOW, object_type="user", object_id=actor_id, **values)


def test_the_trail_is_filtered_and_hides_the_nip(desk, admin) -> None:
    person = make_user(name="Rina", email="rina@x.go.id")
    note(person.id, before={"nip": "198609262015051001", "name": "Lama"}, after={"nip": None, "name": "Rina"})
    unit = make_unit(name="Dinas Kesehatan")
    record("unit.update", actor_id=admin.id, at=NOW, object_type="unit", object_id=unit.code)
    db.session.commit()
    page = desk.get("/admin/jejak?jenis=user").text
    assert "<b>Rina</b> mengubah profilnya." in page
    assert "<dt>NIP</dt><dd><del>•••</del>" in page
    assert "<dt>Nama</dt><dd><del>Lama</del>" in page
    assert "19860926" not in page
    assert "user.update_profile" not in page
    assert "Dinas Kesehatan" not in page
    assert "<b>Sinta Admin</b> mengubah unit kerja Dinas Kesehatan." in desk.get("/admin/jejak").text
    assert "Dinas Kesehatan" not in desk.get("/admin/jejak?orang=rina@x").text
    assert "Tidak ada catatan yang cocok" in desk.get("/admin/jejak?orang=siapa@x.go.id").text
    assert "mengubah profilnya" in desk.get("/admin/jejak?sejak=2026-11-23&sampai=2026-11-23").text
    assert "Tidak ada catatan yang cocok" in desk.get("/admin/jejak?sampai=2026-11-22").text
    assert "catatan" in desk.get("/admin/jejak?sejak=bukan-tanggal&sampai=9999-12-31").text


def test_the_trail_as_a_file_says_the_same(desk, admin) -> None:
    person = make_user(name="=Rina", email="rina@x.go.id")
    note(person.id, before={"nip": "198609262015051001"}, after={"nip": None})
    note(admin.id, action="session.begin")
    db.session.commit()
    answer = desk.get("/admin/jejak.csv?orang=rina")
    rows = list(csv.reader(answer.get_data().decode("utf-8-sig").splitlines()))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert rows[0][:4] == ["Nomor", "Waktu", "Pelaku", "Tindakan"]
    assert rows[1][1:5] == ["2026-11-23 09:30:00+07:00", "'=Rina", "mengubah profilnya", ""]
    assert rows[1][6:8] == ["NIP: ••• → –", "user.update_profile"]
    assert "19860926" not in answer.text
    assert len(rows) == 2


def test_the_chain_is_checked_on_demand(desk, admin) -> None:
    note(admin.id)
    note(admin.id)
    db.session.commit()
    assert "Rantai utuh" in desk.get("/admin/jejak/periksa").text
    last = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    db.session.query(AuditEntry).filter_by(id=last.id).update({"action": "lain"})
    db.session.commit()
    page = desk.get("/admin/jejak/periksa")
    assert f"Rantai putus di catatan {last.id}" in page.text


@pytest.mark.parametrize("path", ["/admin/orang", "/admin/unit", "/admin/surel", "/admin/jejak"])
def test_lists_cost_the_same_with_one_row_and_with_three(desk, path) -> None:
    def grow() -> None:
        unit = make_unit()
        user = make_user(unit_id=unit.id)
        note(user.id)
        enqueue_mail("account_reset", address=user.email, at=NOW)
        sessions.begin_session(user, at=NOW, days=1)
        db.session.commit()

    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries_:
            assert desk.get(path).status_code == 200
        return len(queries_)

    grow()
    one = cost()
    grow()
    grow()
    assert cost() == one
