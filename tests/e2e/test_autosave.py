"""Autosave in a real browser: whatever happens on the way, nothing that was typed is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import visitor
from tests.support.workbench import Workbench, serving

pytestmark = pytest.mark.browser

PAGE = """
{% extends "layouts/public.html" %}
{% from "components/forms.html" import autosave_attrs, autosave_status, form_block %}
{% block title %}Draf{% endblock %}
{% block content %}
<h1>Draf</h1>
{% set attrs = autosave_attrs("/simpan", bench.version, "draft:1", "/masuk") %}
{% call form_block(action="/simpan", guard=false, autosave=attrs) %}
<label for="text">Isi</label><textarea id="text" name="text">{{ bench.text }}</textarea>
<label for="yes">Ya</label><input type="checkbox" id="yes" name="yes" value="1">
{{ autosave_status() }}
{% endcall %}
{% endblock %}
"""


@pytest.fixture
def bench() -> Iterator[Workbench]:
    with serving(Workbench(pages={"draf": PAGE})) as running:
        yield running


@pytest.fixture
def person(browser: Browser) -> Iterator[BrowserContext]:
    # Answers such as 409 are made on purpose here, so the context does not watch for complaints.
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Pontianak")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def open_draft(person: BrowserContext, bench: Workbench) -> Page:
    page = person.new_page()
    page.goto(f"{bench.url}/draf")
    page.wait_for_selector("form[data-autosave-ready]")
    return page


def status(page: Page) -> str:
    return page.locator("[data-autosave-status]").inner_text()


def wait_for_status(page: Page, text: str) -> None:
    expect(page.locator("[data-autosave-status]")).to_contain_text(text)


def wait_for_version(page: Page, version: int) -> None:
    expect(page.locator("form[data-autosave]")).to_have_attribute(
        "data-version", str(version), timeout=15_000
    )


def copies(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage)")


def test_a_pause_in_typing_saves_the_newest_text_and_says_when(browser: Browser, bench: Workbench) -> None:
    with visitor(browser) as person:
        page = open_draft(person, bench)
        page.fill("#text", "Sungai bersih")
        assert copies(page) == ["innovate:draft:1"]
        wait_for_status(page, "Tersimpan 10.42")
        page.check("#yes")
        wait_for_version(page, 3)
        assert [(form["text"], form.get("yes"), form["version"]) for form in bench.sent] == [
            ("Sungai bersih", None, "1"),
            ("Sungai bersih", "1", "2"),
        ]
        assert copies(page) == []


def test_only_one_request_is_on_its_way_and_the_last_state_wins(
    person: BrowserContext, bench: Workbench
) -> None:
    bench.delay = 1.2
    page = open_draft(person, bench)
    page.fill("#text", "satu")
    page.wait_for_timeout(1000)
    page.fill("#text", "satu dua")
    page.wait_for_timeout(900)
    page.fill("#text", "satu dua tiga")
    wait_for_version(page, 3)
    page.wait_for_timeout(900)
    assert bench.most_at_once == 1
    assert bench.text == "satu dua tiga"
    assert copies(page) == []


def test_without_network_the_text_waits_on_the_device_and_is_sent_later(
    person: BrowserContext, bench: Workbench
) -> None:
    page = open_draft(person, bench)
    person.set_offline(True)
    page.fill("#text", "Tanpa sinyal")
    wait_for_status(page, "Belum tersimpan, mencoba lagi")
    assert "Tanpa sinyal" in page.evaluate("localStorage['innovate:draft:1']")
    person.set_offline(False)
    wait_for_status(page, "Tersimpan 10.42")
    assert bench.text == "Tanpa sinyal"


def test_a_failing_server_is_tried_again(person: BrowserContext, bench: Workbench) -> None:
    bench.mode = "503"
    page = open_draft(person, bench)
    page.fill("#text", "Coba lagi")
    wait_for_status(page, "mencoba lagi")
    bench.mode = "ok"
    wait_for_status(page, "Tersimpan 10.42")
    assert bench.text == "Coba lagi"


def test_a_closed_page_puts_the_unsaved_text_back(person: BrowserContext, bench: Workbench) -> None:
    page = open_draft(person, bench)
    bench.mode = "503"
    page.fill("#text", "Hampir hilang")
    wait_for_status(page, "mencoba lagi")
    page.close()
    bench.mode = "ok"
    page = open_draft(person, bench)
    expect(page.locator("#text")).to_have_value("Hampir hilang")
    # Saved by the new page, or already by the last breath of the closed one.
    for _ in range(50):
        if bench.text == "Hampir hilang":
            break
        page.wait_for_timeout(100)
    assert bench.text == "Hampir hilang"


def test_a_stale_save_is_refused_and_both_texts_survive(person: BrowserContext, bench: Workbench) -> None:
    page = open_draft(person, bench)
    page.evaluate("addEventListener('iv:stale', (event) => { window.stale = event.detail; })")
    bench.version, bench.text = 7, "Dari tab lain"
    page.fill("#text", "Dari tab ini")
    wait_for_status(page, "Ada versi lain yang lebih baru")
    assert page.evaluate("window.stale.version") == 7
    page.fill("#text", "Dari tab ini, lanjut")
    page.wait_for_timeout(1200)
    assert bench.text == "Dari tab lain"

    page.reload()
    wait_for_status(page, "Ada versi lain yang lebih baru")
    expect(page.locator("#text")).to_have_value("Dari tab lain")
    kept = page.evaluate("document.querySelector('form[data-autosave]').autosave.otherCopy.fields")
    assert ["text", "Dari tab ini, lanjut"] in kept
    page.evaluate("document.querySelector('form[data-autosave]').autosave.dropOtherCopy()")
    assert copies(page) == []


def test_after_choosing_the_own_text_it_is_saved_on_the_newer_version(
    person: BrowserContext, bench: Workbench
) -> None:
    page = open_draft(person, bench)
    bench.version = 7
    page.fill("#text", "Pilihan saya")
    wait_for_status(page, "Ada versi lain")
    page.evaluate("document.querySelector('form[data-autosave]').autosave.adopt(7)")
    wait_for_status(page, "Tersimpan 10.42")
    assert bench.text == "Pilihan saya"


def test_an_ended_session_keeps_the_text_and_goes_on_after_signing_in(
    person: BrowserContext, bench: Workbench
) -> None:
    page = open_draft(person, bench)
    bench.signed_in = False
    page.fill("#text", "Sesi habis")
    wait_for_status(page, "Tulisan Anda tersimpan di perangkat ini")
    link = page.get_by_role("link", name="Masuk lagi di tab baru")
    assert link.get_attribute("href") == "/masuk"
    bench.signed_in, bench.token = True, "second"
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    wait_for_status(page, "Tersimpan 10.42")
    assert bench.text == "Sesi habis"


def test_an_outdated_token_is_renewed_without_a_word(person: BrowserContext, bench: Workbench) -> None:
    page = open_draft(person, bench)
    bench.token = "second"
    page.fill("#text", "Lama menulis")
    wait_for_status(page, "Tersimpan 10.42")
    assert [form["csrf_token"] for form in bench.sent] == ["first", "second"]


def test_a_refusal_says_why_and_keeps_the_text(person: BrowserContext, bench: Workbench) -> None:
    bench.mode = "422"
    page = open_draft(person, bench)
    page.fill("#text", "Terlambat")
    wait_for_status(page, "Belum dapat disimpan. Batas waktu sudah lewat.")
    assert copies(page) == ["innovate:draft:1"]
    assert bench.text == ""


def test_a_copy_equal_to_the_saved_text_is_forgotten(person: BrowserContext, bench: Workbench) -> None:
    page = open_draft(person, bench)
    bench.mode = "503"
    page.fill("#text", "Sama saja\n")
    wait_for_status(page, "mencoba lagi")
    page.close()
    bench.mode, bench.version, bench.text = "ok", 5, "Sama saja"
    page = open_draft(person, bench)
    assert copies(page) == []
    assert status(page) == ""
