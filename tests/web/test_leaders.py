"""The leaders' page, its lists and its paper, as they are read."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest

from innovate.accounts.models import SiteRole, UnitKind
from innovate.core.db import db
from innovate.core.jobs import run_job
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.leaders.queries.lists.named import LISTS
from tests.factories.build import NOW, give_role, make_event, make_idea, make_team, make_unit, make_user
from tests.factories.learning import make_activity, make_attendance, make_session
from tests.support.queries import counted_queries

YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def now(db_session, clock_at):
    clock_at(NOW)


def fill(times: int = 1) -> None:
    """Two years with teams of a kecamatan, a kelurahan and an office, and something learnt."""
    for days in (0, -365):
        for _n in range(times):
            event = make_event(shift_days=days)
            district = make_unit(kind=UnitKind.KECAMATAN)
            units = (district, make_unit(kind=UnitKind.KELURAHAN, parent_id=district.id), make_unit())
            for unit in units:
                captain = make_user(unit_id=unit.id, name="Nama Peserta")
                team = make_team(event, captain, make_user())
                make_idea(team, state=IdeaState.ELIGIBLE, title="LENTERA", submitted_at=NOW)
                session = make_session(make_activity(captain), starts=timedelta(days=days - 2))
                make_attendance(session, captain)
    db.session.commit()


def leader():
    return make_user(is_leader=True)


def test_the_page_shows_findings_pictures_and_their_tables(sign_in_as) -> None:
    fill()
    page = sign_in_as(leader()).get("/pimpinan").text
    assert f"Inovasi kota {NOW.year}" in page
    assert "6 unit ikut serta" in page
    for caption in (
        "Unit yang ikut serta menurut tahun",
        "Dari pendaftaran sampai pemenang",
        "JP menurut tahun",
    ):
        assert caption in page
    assert page.count("Lihat sebagai tabel") == page.count("</figure>")
    assert page.count("btn-now") == 1
    assert "Nama Peserta" not in page
    assert "LENTERA" not in page


def test_every_number_opens_a_list_that_answers(sign_in_as) -> None:
    fill()
    client = sign_in_as(leader())
    ways = set(re.findall(r'href="(/pimpinan/daftar/[^"]+)"', client.get("/pimpinan").text))
    assert len(ways) > 12
    for way in ways:
        answer = client.get(way.replace("&amp;", "&"))
        assert answer.status_code == 200, way
        assert "Nama Peserta" not in answer.text
        assert "LENTERA" not in answer.text  # nothing was announced


def test_year_and_class_narrow_the_page(sign_in_as) -> None:
    fill()
    client = sign_in_as(leader())
    page = client.get(f"/pimpinan?tahun={NOW.year - 1}&jenis=kelurahan").text
    assert f"Inovasi kota {NOW.year - 1}" in page
    assert "1 dari 2 unit ikut serta (50" in page
    assert f"Inovasi kota {NOW.year}" in client.get("/pimpinan?tahun=9999&jenis=apa").text


def test_a_list_is_searched_narrowed_and_taken_along(sign_in_as) -> None:
    fill()
    client = sign_in_as(leader())
    rows = client.get("/pimpinan/daftar/unit?keadaan=belum&q=Dinas").text
    assert "Dinas Percontohan" in rows
    nothing = client.get("/pimpinan/daftar/tim?q=tidak-ada").text
    assert "Tidak ada yang cocok" in nothing
    assert 'value="tidak-ada"' in nothing
    answer = client.get("/pimpinan/daftar/tim.xlsx?jenis=kecamatan")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet.max_row == 4  # title, an empty row, heads, one team
    assert client.get("/pimpinan/daftar/nilai").status_code == 404
    assert client.get("/pimpinan/daftar/nilai.xlsx").status_code == 404
    assert client.get("/pimpinan/daftar/tim?page=99&q=%25").status_code == 200


def test_the_number_of_queries_does_not_grow(sign_in_as) -> None:
    fill()
    client = sign_in_as(leader())
    client.get("/pimpinan")
    pages = [
        "/pimpinan",
        *(f"/pimpinan/daftar/{name}" for name in LISTS),
    ]

    def count() -> dict[str, int]:
        found = {}
        for path in pages:
            db.session.expunge_all()
            with counted_queries() as queries:
                assert client.get(path).status_code == 200
            found[path] = len(queries)
        return found

    before = count()
    assert before["/pimpinan"] <= 32  # surveys ask three of each year
    fill(3)
    assert count() == before


def test_only_leaders_and_who_runs_the_site_read_it(sign_in_as) -> None:
    fill()
    event = make_event()
    others = []
    for role in (Role.ORGANIZER, Role.AUDITOR, Role.CHAIR):
        others.append(make_user())
        give_role(event, others[-1], role)
    db.session.commit()
    paths = ("/pimpinan", "/pimpinan/daftar/tim", "/pimpinan/daftar/tim.xlsx", "/pimpinan/pdf/abcdefgh2345")
    for user in (*others, make_user()):
        client = sign_in_as(user)
        assert [client.get(path).status_code for path in paths] == [404] * 4
        assert "/pimpinan" not in client.get("/beranda").text
    for role in (SiteRole.ORGANIZER, SiteRole.ADMIN):
        client = sign_in_as(make_user(site_role=role))
        assert client.get("/pimpinan").status_code == 200
        assert 'href="/pimpinan"' in client.get("/beranda").text


def test_an_empty_site_says_when_the_page_fills(sign_in_as) -> None:
    page = sign_in_as(leader()).get("/pimpinan").text
    assert "Belum ada angka" in page
    assert "Susun PDF" not in page


def press(client, address: str, page: str = "/pimpinan"):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)[1]
    return client.post(address, data={"csrf_token": token})


def test_the_pdf_is_made_and_only_its_reader_fetches_it(sign_in_as) -> None:
    fill()
    mine, other = sign_in_as(leader()), sign_in_as(leader())
    assert press(mine, f"/pimpinan/pdf?tahun={NOW.year}").status_code == 302
    assert "Menunggu giliran" in mine.get("/pimpinan").text
    assert press(mine, "/pimpinan/pdf").status_code == 302
    assert "PDF Anda sedang disusun." in mine.get("/pimpinan").text
    assert run_job("tasks.run") == 1
    address = re.search(r'href="(/pimpinan/pdf/[^"]+)"', mine.get("/pimpinan").text)[1]
    answer = mine.get(address)
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="pimpinan-{NOW.year}.pdf"'
    assert other.get(address).status_code == 404


def test_an_administrator_opens_the_page_to_somebody_and_closes_it(sign_in_as) -> None:
    admin, user = sign_in_as(make_user(site_role=SiteRole.ADMIN)), make_user()
    db.session.commit()
    theirs, page = sign_in_as(user), f"/admin/orang/{user.public_id}"
    assert press(admin, f"{page}/pimpinan/tunjuk", page).status_code == 302
    assert theirs.get("/pimpinan").status_code == 200
    assert "Tutup halaman pimpinan" in admin.get(page).text
    assert press(admin, f"{page}/pimpinan/akhiri", page).status_code == 302
    assert theirs.get("/pimpinan").status_code == 404
