"""A person takes their data along, then asks to be forgotten; the officer answers, and the mail says so."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core.db import transaction
from tests.factories.build import PASSWORD, make_user
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def people(site: Site) -> dict[str, str]:
    with site.application(), transaction():
        person, officer = make_user(name="Rina Maharani"), make_user(is_data_officer=True)
        return {"person": person.email, "officer": officer.email}


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto(f"{site.url}/masuk")
    page.get_by_label("Surel").fill(email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/beranda")


def test_from_the_copy_to_the_farewell(browser: Browser, site: Site, people: dict[str, str], mailbox) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True) as person:
        page = person.new_page()
        sign_in(page, site, people["person"])
        page.goto(f"{site.url}/akun/data")
        page.get_by_role("button", name="Siapkan salinan data saya").tap()
        link = page.get_by_role("link", name="Salinan ")
        expect(link).to_be_visible(timeout=20_000)
        assert_accessible(page)
        with page.expect_download() as download:
            link.tap()
        archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
        assert json.loads(archive.read("data.json"))["profil"][0]["nama"] == "Rina Maharani"
        page.get_by_role("link", name="Ajukan permintaan").tap()
        page.get_by_label("Penghapusan data diri dan penutupan akun").check()
        page.get_by_role("button", name="Kirim permintaan").tap()
        expect(page.get_by_text("sisa 72 jam")).to_be_visible()
    with visitor(browser, viewport=DESKTOP) as office:
        page = office.new_page()
        sign_in(page, site, people["officer"])
        page.get_by_role("link", name="Pelindungan data").click()
        page.get_by_role("link", name="Rina Maharani").click()
        assert_accessible(page)
        page.get_by_label("Jawaban kepada pemohon").fill("Data diri Anda sudah dikosongkan.")
        page.get_by_label("Kata sandi Anda").fill(PASSWORD)
        page.get_by_role("button", name="Penuhi dan kirim jawaban").click()
        expect(page.get_by_text("Jawaban dikirim kepada pemohon.")).to_be_visible()
        page.get_by_role("link", name="Selesai").click()
        expect(page.get_by_text("Orang yang datanya dihapus")).to_be_visible()
    assert "sudah dikosongkan" in mailbox.wait(people["person"])[-1].text
