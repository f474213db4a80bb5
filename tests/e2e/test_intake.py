"""Scores from a spreadsheet: uploaded, a name matched, previewed, saved, seen on the panel, taken back."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, expect

from innovate.core.db import db, transaction
from innovate.scoring.models.ballots import Ballot, BallotState
from tests.factories.build import PASSWORD
from tests.factories.spreadsheets import Judged, as_xlsx
from tests.support.axe import assert_accessible
from tests.support.browser import visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def office(shared_site: Site, tmp_path: Path) -> SimpleNamespace:
    with shared_site.application(), transaction():
        judged = Judged()
        rows = judged.rows("4", "4", "3", "2", "5")
        rows[0][0] = "Karya sulung"
        file = tmp_path / "nilai.xlsx"
        file.write_bytes(as_xlsx(rows))
        return SimpleNamespace(
            site=shared_site,
            file=file,
            email=judged.organizer.user.email,
            title=judged.ideas[0].title,
            round_id=judged.round.id,
            room=f"{shared_site.url}/k/{judged.event.slug}/kelola/impor-nilai/1",
        )


def test_a_spreadsheet_becomes_ballots_and_is_taken_back(browser: Browser, office: SimpleNamespace) -> None:
    with visitor(browser) as person:
        page = person.new_page()
        page.goto(office.site.url + "/masuk")
        page.fill("[name=email]", office.email)
        page.fill("[name=password]", PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/beranda*")
        page.goto(office.room)
        assert_accessible(page)
        page.set_input_files("[name=files]", office.file)
        page.get_by_role("button", name="Unggah dan baca kolomnya").click()
        page.get_by_label("Karya sulung").select_option(label=f"001 {office.title}")
        assert_accessible(page)
        page.get_by_role("button", name="Periksa isinya").click()
        expect(page.get_by_role("heading", name="4 penilaian siap disimpan")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Simpan 4 penilaian").click()
        expect(page.get_by_role("heading", name="4 penilaian diimpor")).to_be_visible()
        assert_accessible(page)
        page.get_by_label("Alasan").fill("Berkas tertukar")
        page.get_by_role("button", name="Tarik kembali impor ini").click()
        expect(page.get_by_text("Ditarik kembali oleh Rina")).to_be_visible()
    with office.site.application():
        states = [row.state for row in db.session.query(Ballot).filter_by(round_id=office.round_id)]
        assert states == [BallotState.EXCLUDED] * 4
