"""The small scripts every page may use, in a real browser under the product's own content security policy."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import axe
from tests.support.browser import PHONE, visitor
from tests.support.workbench import Workbench, serving

pytestmark = pytest.mark.browser

HEAD = '{% extends "layouts/public.html" %}{% block title %}Coba{% endblock %}'
PAGES = {
    "tombol": HEAD
    + """{% from "components/buttons.html" import button, copy_button, post_button %}
{% from "components/dialog.html" import dialog, dialog_button %}
{% block content %}<h1>Tombol</h1>
<form action="/simpan" method="post">
<input type="hidden" name="csrf_token" value="first">{{ button("Kirim", name="act", value="send") }}</form>
{{ post_button("Hapus", "/simpan", "danger-line", fields={"act": "delete"},
               confirm="Berkas hilang dari draf.", confirm_ok="Ya, hapus") }}
<form action="/simpan" method="post"
      data-confirm="Nilai dikunci." data-confirm-title="Kunci nilai?" data-confirm-ok="Kunci">
{{ button("Kunci nilai", name="act", value="lock") }}</form>
{{ copy_button("https://innovate.example/u/1") }}
{{ dialog_button("Buka", "satu") }}{% call dialog("satu", "Judul") %}<p>Isi</p>{% endcall %}
{% endblock %}""",
    "waktu": HEAD
    + """{% from "components/timeline.html" import countdown %}
{% block content %}<h1>Waktu</h1>{{ countdown(deadline, now, label="Sisa", over="Sudah tutup") }}{% endblock %}""",
    "kata": HEAD
    + """{% from "components/forms.html" import form_block, word_counter %}
{% block content %}<h1>Kata</h1>{% call form_block(action="/simpan") %}
<label for="t">Isi</label>
<textarea class="form-control" id="t" name="text" aria-describedby="t-words">satu dua</textarea>
{{ word_counter("t", 3, "satu dua") }}
{% endcall %}{% endblock %}""",
}


@pytest.fixture
def bench() -> Iterator[Workbench]:
    with serving(Workbench(pages=PAGES)) as running:
        yield running


@pytest.fixture
def page(browser: Browser, bench: Workbench) -> Iterator[Page]:
    with visitor(browser, permissions=["clipboard-read", "clipboard-write"]) as person:
        yield person.new_page()


def open_page(page: Page, bench: Workbench, name: str) -> None:
    page.goto(f"{bench.url}/{name}")
    page.wait_for_selector("html.iv-js")
    page.wait_for_load_state("networkidle")


def test_two_clicks_send_once_and_the_pressed_button_is_named(page: Page, bench: Workbench) -> None:
    bench.delay = 0.5
    open_page(page, bench, "tombol")
    page.get_by_role("button", name="Kirim").dblclick()
    page.wait_for_url("**/simpan")
    assert [form["act"] for form in bench.sent] == ["send"]


def test_an_irreversible_act_is_asked_first_and_can_be_left(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "tombol")
    page.get_by_role("button", name="Hapus", exact=True).click()
    expect(page.get_by_text("Berkas hilang dari draf.")).to_be_visible()
    axe.assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_text("Berkas hilang dari draf.")).to_be_hidden()
    page.get_by_role("button", name="Hapus", exact=True).click()
    page.get_by_role("button", name="Batal").click()
    assert bench.sent == []
    page.get_by_role("button", name="Hapus", exact=True).click()
    page.get_by_role("button", name="Ya, hapus").click()
    page.wait_for_url("**/simpan")
    assert [(form["act"], form["csrf_token"]) for form in bench.sent] == [("delete", "first")]


def test_the_same_question_works_without_script(browser: Browser, bench: Workbench) -> None:
    with visitor(browser, java_script_enabled=False, viewport=PHONE) as person:
        page = person.new_page()
        page.goto(f"{bench.url}/tombol")
        page.get_by_role("button", name="Hapus", exact=True).click()
        page.get_by_role("button", name="Ya, hapus").click()
        page.wait_for_url("**/simpan")
    assert [form["act"] for form in bench.sent] == ["delete"]


def test_a_form_may_ask_in_a_dialog(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "tombol")
    page.get_by_role("button", name="Kunci nilai").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Nilai dikunci.")
    question.get_by_role("button", name="Batal").click()
    expect(page.get_by_role("button", name="Kunci nilai")).to_be_focused()
    page.get_by_role("button", name="Kunci nilai").click()
    page.get_by_role("dialog").get_by_role("button", name="Kunci", exact=True).click()
    page.wait_for_url("**/simpan")
    assert [form["act"] for form in bench.sent] == ["lock"]


def test_a_link_is_copied_and_the_button_says_so(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "tombol")
    page.get_by_role("button", name="Salin tautan").click()
    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "https://innovate.example/u/1"


def test_a_dialog_takes_and_returns_the_focus(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "tombol")
    page.get_by_role("button", name="Buka").click()
    expect(page.get_by_role("dialog", name="Judul")).to_be_visible()
    axe.assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Buka")).to_be_focused()


def test_the_theme_changes_at_once_and_is_remembered(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "tombol")
    page.get_by_label("Tampilan").click()
    with page.expect_response("**/tema"):
        page.get_by_role("button", name="Gelap").first.click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_menu_closes_with_escape_and_with_a_click_beside_it(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "tombol")
    menu = page.get_by_label("Tampilan")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.locator("h1").click()):
        menu.click()
        expect(page.get_by_role("button", name="Gelap").first).to_be_visible()
        leave()
        expect(page.get_by_role("button", name="Gelap").first).to_be_hidden()


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (timedelta(days=4, hours=14, minutes=17, seconds=30), {"hari": "4", "jam": "14", "menit": "17"}),
        (timedelta(hours=2, minutes=5, seconds=30), {"jam": "2", "menit": "5"}),
        (timedelta(minutes=3, seconds=59), {"menit": "3"}),
    ],
)
def test_the_countdown_shows_the_units_that_matter(
    page: Page, bench: Workbench, left: timedelta, shown: dict[str, str]
) -> None:
    bench.values = {"deadline": datetime.now(UTC) + left}
    open_page(page, bench, "waktu")
    parts = page.locator("[data-countdown] > span:visible").all_inner_texts()
    found = dict(reversed(re.match(r"(\d+)\s*(\w+)", text).groups()) for text in parts)
    assert found | shown == found
    assert ("detik" in found) == (left < timedelta(hours=1))


def test_the_countdown_follows_the_server_and_not_the_device(page: Page, bench: Workbench) -> None:
    bench.values = {"deadline": datetime.now(UTC) + timedelta(hours=5, seconds=30)}
    page.add_init_script(
        "const [now, origin] = [Date.now, performance.timeOrigin];"
        "Date.now = () => now() - 7200000;"
        "Object.defineProperty(performance, 'timeOrigin', { get: () => origin - 7200000 });"
    )
    open_page(page, bench, "waktu")
    expect(page.locator('[data-unit="h"] b')).to_have_text("5")


def test_at_the_deadline_the_countdown_says_so(page: Page, bench: Workbench) -> None:
    bench.values = {"deadline": datetime.now(UTC) + timedelta(seconds=4)}
    open_page(page, bench, "waktu")
    expect(page.locator("[data-countdown]")).to_have_text("Sudah tutup", timeout=8000)


def test_words_are_counted_as_they_are_typed(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "kata")
    counter = page.locator("[data-words]")
    expect(counter).to_contain_text("2 dari 3 kata")
    page.fill("#t", "satu dua\n tiga  empat")
    expect(counter).to_contain_text("4 dari 3 kata")
    expect(counter).to_have_class(re.compile("is-over"))
    axe.assert_accessible(page)


def test_leaving_with_unsent_changes_is_asked(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "kata")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#t").press_sequentially("x")
    page.goto(f"{bench.url}/tombol")
    assert asked == ["beforeunload"]


def test_a_toast_from_a_script_is_shown_and_can_be_closed(page: Page, bench: Workbench) -> None:
    open_page(page, bench, "tombol")
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('iv:toast', {detail: {text: 'Belum terkirim', kind: 'error'}}))"
    )
    toast = page.get_by_role("status").filter(has_text="Belum terkirim")
    expect(toast).to_be_visible()
    page.get_by_role("button", name="Tutup pemberitahuan").click()
    expect(page.get_by_text("Belum terkirim")).to_be_hidden()
