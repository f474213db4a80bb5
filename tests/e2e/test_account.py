"""A person comes in by a real browser, real mail and the real runner."""

import re

import pytest

from tests.support.browser import DESKTOP, PHONE, visitor

SECRET = "tiga ekor ikan belida"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_sign_up_to_every_device_signed_out(site, mailbox, browser, size) -> None:
    site.flask("accounts", "load-units")
    with visitor(browser, base_url=site.url, viewport=size) as person:
        page = person.new_page()
        page.goto("/daftar?next=/akun/perangkat")
        page.get_by_label("Nama lengkap tanpa gelar").fill("Rina Maharani")
        page.get_by_label("Surel").fill("rina@pontianak.go.id")
        search = page.get_by_role("searchbox", name="Cari unit kerja")
        search.fill("kel saig")
        search.press("Enter")
        assert "Kelurahan Saigon" in page.locator("#unit_id option:checked").inner_text()
        page.get_by_label("Kata sandi").fill(SECRET)
        page.get_by_role("button", name="Daftar").click()
        page.get_by_role("heading", name="Periksa surel Anda").wait_for()

        (mail,) = mailbox.wait("rina@pontianak.go.id")
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
        page.get_by_label("Surel").fill("rina@pontianak.go.id")
        page.get_by_label("Kata sandi").fill(SECRET)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url("**/beranda")
