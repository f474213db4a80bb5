"""A person comes in by a real browser, real mail and the real runner."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.factories.build import NOW
from tests.support.browser import DESKTOP, PHONE, visitor
from tests.support.database import Databases
from tests.support.server import Site, running_site
from tests.support.smtp import Postbox, postbox

SECRET = "tiga ekor ikan belida"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mailbox: Postbox, databases: Databases) -> Iterator[Site]:
    """One product with the city's units for both people, who know nothing of each other."""
    folder = tmp_path_factory.mktemp("account")
    databases.fresh_url("sqlite", "account", folder)
    with running_site(folder, at=NOW, MAIL_URL=mailbox.url) as running:
        running.flask("accounts", "load-units")
        yield running


@pytest.mark.parametrize(
    ("email", "size"),
    [("rina@pontianak.go.id", DESKTOP), ("dedi@pontianak.go.id", PHONE)],
    ids=["desktop", "phone"],
)
def test_from_sign_up_to_every_device_signed_out(
    site: Site, mailbox: Postbox, browser: Browser, email: str, size: dict[str, int]
) -> None:
    with visitor(browser, base_url=site.url, viewport=size) as person:
        page = person.new_page()
        page.goto("/daftar?next=/akun/perangkat")
        page.get_by_label("Nama lengkap tanpa gelar").fill("Rina Maharani")
        page.get_by_label("Surel").fill(email)
        search = page.get_by_role("searchbox", name="Cari unit kerja")
        search.fill("kel saig")
        search.press("Enter")
        assert "Kelurahan Saigon" in page.locator("#unit_id option:checked").inner_text()
        page.get_by_label("Kata sandi").fill(SECRET)
        page.get_by_role("button", name="Daftar").click()
        page.get_by_role("heading", name="Periksa surel Anda").wait_for()

        (mail,) = mailbox.wait(email)
        page.goto(re.search(r"/daftar/konfirmasi/\S+", mail.text).group(0))
        page.get_by_role("button", name="Konfirmasi dan masuk").click()
        page.get_by_role("heading", name="Masuk di 1 perangkat").wait_for()
        assert page.url.endswith("/akun/perangkat")

        page.goto("/akun")
        assert "Kelurahan Saigon" in page.content()
        page.goto("/akun/perangkat")
        page.get_by_role("button", name="Keluar dari semua perangkat").click()
        page.locator(".iv-confirm-panel").get_by_role("button", name="Keluar dari semua perangkat").click()
        page.get_by_role("heading", name="Masuk").wait_for()
        page.get_by_label("Surel").fill(email)
        page.get_by_label("Kata sandi").fill(SECRET)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url("**/beranda")
