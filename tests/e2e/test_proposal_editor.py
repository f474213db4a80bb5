"""The proposal editor in a real browser: two writers, files, a lost session, the whole way to the receipt."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from innovate.core.db import db, transaction
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.kinds import Role
from innovate.events.domain.meanings import Meaning
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import list_fields
from tests.factories import build
from tests.factories.proposals import PDF, draft, make_scene, submitted
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def story(site):
    """A draft of a team of two, and somebody of the secretariat."""
    with site.application(), transaction():
        scene = make_scene()
        idea = draft(scene)
        office = build.make_user()
        build.give_role(scene.event, office, Role.SECRETARIAT)
        return {
            "base": f"{site.url}/k/{scene.event.slug}",
            "path": f"/usulan/{idea.public_id}",
            "id": idea.id,
            "rina": scene.captain.email,
            "dedi": scene.member.email,
            "office": office.email,
        }


SETTLED = """() => {
  const saving = document.querySelector("form[data-autosave]").autosave;
  return saving && !saving.dirty && !saving.sending;
}"""


def sign_in(context: BrowserContext, site: Site, email: str) -> Page:
    page = context.new_page()
    let_in(page, site.url, email, build.PASSWORD)
    return page


def open_editor(page: Page, story) -> Page:
    page.goto(f"{story['base']}{story['path']}/ubah")
    page.wait_for_selector("form[data-autosave-ready][data-proposal-ready]")
    return page


def stored(site: Site, story) -> Idea:
    with site.application():
        idea = db.session.get_one(Idea, story["id"])
        db.session.expunge_all()
        return idea


def saved(page: Page) -> None:
    expect(page.locator("[data-autosave-status]")).to_have_text("Tersimpan 09.30")


def _without_autosave(route: Route) -> None:
    """The network takes what the button sends, and nothing of the script's."""
    if route.request.resource_type == "fetch":
        route.abort()
    else:
        route.continue_()


def test_writing_is_saved_and_what_is_missing_follows(browser: Browser, site: Site, story) -> None:
    with visitor(browser) as context:
        page = open_editor(sign_in(context, site, story["rina"]), story)
        expect(page.locator("[data-missing-note]")).to_have_text("Semua bagian wajib sudah terisi.")
        page.get_by_label("Ringkasan").fill("")
        expect(page.locator("[data-missing] a")).to_have_text("Ringkasan belum diisi.")
        expect(page.locator("[data-missing-note]")).to_have_text("Masih kurang 1 hal.")
        page.get_by_label("Ringkasan").fill("Warga menulis lagi.")
        expect(page.locator("[data-missing-none]")).to_be_visible()
        saved(page)
        assert_accessible(page)
    assert stored(site, story).answers["ringkasan"] == "Warga menulis lagi."


def test_two_writers_in_different_parts_are_joined(browser: Browser, site: Site, story) -> None:
    with visitor(browser) as one, visitor(browser) as two:
        rina = open_editor(sign_in(one, site, story["rina"]), story)
        dedi = open_editor(sign_in(two, site, story["dedi"]), story)
        dedi.get_by_label("Slogan").fill("Air turun lebih cepat")
        saved(dedi)
        expect(dedi.locator("form#borang")).not_to_have_attribute(
            "data-version", rina.locator("form#borang").get_attribute("data-version")
        )
        rina.get_by_label("Ringkasan").fill("Dari Rina.")
        expect(rina.get_by_label("Slogan")).to_have_value("Air turun lebih cepat")
    idea = stored(site, story)
    assert (idea.answers["slogan"], idea.answers["ringkasan"]) == ("Air turun lebih cepat", "Dari Rina.")


@pytest.mark.parametrize(
    ("choice", "kept"), [("Tulisan saya", "Slogan Rina"), ("Yang tersimpan", "Slogan Dedi")]
)
def test_two_writers_in_one_part_choose(browser: Browser, site: Site, story, choice, kept) -> None:
    # The refusal is made on purpose, so these two do not watch for complaints.
    one, two = browser.new_context(), browser.new_context()
    rina = open_editor(sign_in(one, site, story["rina"]), story)
    dedi = open_editor(sign_in(two, site, story["dedi"]), story)
    dedi.get_by_label("Slogan").fill("Slogan Dedi")
    saved(dedi)
    expect(dedi.locator("form#borang")).not_to_have_attribute(
        "data-version", rina.locator("form#borang").get_attribute("data-version")
    )
    rina.get_by_label("Slogan").fill("Slogan Rina")
    dialog = rina.get_by_role("dialog")
    expect(dialog).to_contain_text("Dedi Kurnia menyimpan perubahan lebih dulu")
    expect(dialog).to_contain_text("Slogan Dedi")
    assert_accessible(rina)
    dialog.get_by_label(choice).check()
    dialog.get_by_role("button", name="Pakai pilihan ini").click()
    expect(rina.get_by_label("Slogan")).to_have_value(kept)
    saved(rina)
    one.close()
    two.close()
    assert stored(site, story).answers["slogan"] == kept


def test_files_come_and_go_without_leaving_the_page(
    browser: Browser, site: Site, story, tmp_path: Path
) -> None:
    good, bad = tmp_path / "Bukti dukung.pdf", tmp_path / "gambar.png"
    good.write_bytes(PDF)
    bad.write_bytes(PDF)
    with visitor(browser) as context:
        page = open_editor(sign_in(context, site, story["rina"]), story)
        page.get_by_label("Slogan").fill("Belum sempat tersimpan")
        page.get_by_label("Pilih berkas untuk Bukti").set_input_files(good)
        expect(page.get_by_role("link", name="Bukti dukung.pdf")).to_be_visible()
        expect(page.get_by_label("Slogan")).to_have_value("Belum sempat tersimpan")
        page.get_by_label("Pilih berkas untuk Bukti").set_input_files(bad)
        expect(page.locator(".iv-toast.is-error")).to_contain_text("Isi berkas tidak sesuai")
        page.get_by_label("Slogan").fill("Masih dapat disimpan")
        saved(page)
        page.get_by_role("button", name="Keluarkan berkas Bukti dukung.pdf").click()
        expect(page.get_by_role("link", name="Bukti dukung.pdf")).to_have_count(0)
    assert stored(site, story).answers["slogan"] == "Masih dapat disimpan"


def test_what_was_typed_survives_an_ended_session(browser: Browser, site: Site, story) -> None:
    context = browser.new_context()
    page = open_editor(sign_in(context, site, story["rina"]), story)
    context.clear_cookies()
    page.get_by_label("Slogan").fill("Ditulis tanpa sesi")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Sesi berakhir")
    page.close()
    page = context.new_page()
    page.goto(f"{site.url}/masuk")
    page.get_by_label("Surel").fill(story["rina"])
    page.get_by_label("Kata sandi", exact=True).fill(build.PASSWORD)
    page.locator("main").get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/beranda*")
    open_editor(page, story)
    expect(page.get_by_label("Slogan")).to_have_value("Ditulis tanpa sesi")
    saved(page)
    context.close()
    assert stored(site, story).answers["slogan"] == "Ditulis tanpa sesi"


@pytest.mark.parametrize("script", [True, False])
def test_what_was_sent_after_the_session_ended_is_found_after_signing_in(
    browser: Browser, site: Site, story, script
) -> None:
    """By the button: a person without script, or one who presses before the script has saved."""
    with visitor(browser, viewport=PHONE, java_script_enabled=script) as context:
        page = sign_in(context, site, story["rina"])
        page.goto(f"{story['base']}{story['path']}/ubah")
        if script:
            page.wait_for_selector("form[data-autosave-ready][data-proposal-ready]")
            page.route("**/ubah", _without_autosave)
        page.get_by_label("Slogan").fill("Parit bersih, hati tenang")
        context.clear_cookies()
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.wait_for_url("**/masuk**")
        expect(page.get_by_text("Tulisan Anda disimpan")).to_be_visible()
        page.unroute_all()
        page.get_by_label("Surel").fill(story["rina"])
        page.get_by_label("Kata sandi", exact=True).fill(build.PASSWORD)
        page.locator("main").get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url("**/ubah")
        expect(page.get_by_label("Slogan")).to_have_value("Parit bersih, hati tenang")
        expect(page.get_by_text("Tulisan Anda kembali di formulir ini.")).to_be_visible()
        if script:
            assert_accessible(page)
            page.wait_for_selector("form[data-autosave-ready]")
            page.wait_for_function(SETTLED)
            saved(page)
        else:
            page.get_by_role("button", name="Simpan", exact=True).click()
            expect(page.get_by_text("Tersimpan pukul")).to_be_visible()
        page.goto(f"{story['base']}{story['path']}/ubah")
        expect(page.get_by_text("Tulisan Anda kembali di formulir ini.")).to_have_count(0)
    assert stored(site, story).answers["slogan"] == "Parit bersih, hati tenang"


@pytest.mark.parametrize("script", [True, False])
def test_the_way_to_the_receipt_on_a_phone(browser: Browser, site: Site, story, script) -> None:
    with visitor(browser, viewport=PHONE, java_script_enabled=script) as context:
        page = sign_in(context, site, story["rina"])
        page.goto(f"{story['base']}{story['path']}/ubah")
        page.get_by_label("Judul").fill("PARIT KITA BERSIH")
        page.get_by_role("button", name="Periksa lalu ajukan").click()
        expect(page.get_by_role("heading", name="PARIT KITA BERSIH")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] if script else True
        page.get_by_label("Kami menyatakan usulan ini karya asli tim").check()
        page.get_by_role("button", name="Ajukan sekarang").click()
        expect(page.get_by_role("heading", name="Usulan diterima")).to_be_visible()
        expect(page.locator(".iv-receipt-number")).to_contain_text("A-001")
    assert stored(site, story).number == 1


def test_pages_have_no_barrier_and_fit_a_phone(browser: Browser, site: Site) -> None:
    with site.application(), transaction():
        scene = make_scene()
        build.make_checklist_item(scene.event)
        idea = submitted(scene)
        chief = build.make_user()
        build.give_role(scene.event, chief, Role.ORGANIZER)
        team_pages = [
            f"/usulan/{idea.public_id}{page}"
            for page in ("", "/pratinjau", "/riwayat", "/tanda-terima", "/tarik", "/ajukan")
        ]
        rooms = ["/kelola/seleksi", f"/kelola/seleksi/{idea.public_id}", "/kelola/perpanjangan"]
        base = f"{site.url}/k/{scene.event.slug}"
        people = [(scene.captain.email, ["/usulan", *team_pages]), (chief.email, rooms)]
    with visitor(browser, viewport=PHONE) as context:
        for email, pages in people:
            context.clear_cookies()
            page = sign_in(context, site, email)
            for path in pages:
                page.goto(base + path)
                assert_accessible(page)
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= PHONE["width"], f"{path} is {width} px wide"


def test_deciding_with_the_keyboard(browser: Browser, site: Site) -> None:
    with site.application(), transaction():
        scene = make_scene()
        idea = submitted(scene)
        office = build.make_user()
        build.give_role(scene.event, office, Role.SECRETARIAT)
        address, email = f"{site.url}/k/{scene.event.slug}/kelola/seleksi/{idea.public_id}", office.email
    with visitor(browser) as context:
        page = sign_in(context, site, email)
        page.goto(address)
        until = page.get_by_label("Batas waktu perbaikan")
        expect(until).to_be_hidden()
        page.keyboard.press("k")
        expect(page.get_by_label("Kembalikan untuk diperbaiki")).to_be_checked()
        expect(until).to_be_visible()
        page.keyboard.press("l")
        expect(page.get_by_label("Lolos seleksi administrasi")).to_be_checked()
        page.get_by_role("button", name="Putuskan", exact=True).click()
        expect(page.locator("main")).to_contain_text("Lolos administrasi")


def test_the_rules_answer_while_the_team_writes(browser: Browser, site: Site) -> None:
    with site.application(), transaction():
        scene = make_scene()
        field = next(f for f in list_fields(scene.event.id) if f.key == "mulai")
        field.meaning = Meaning.USE_START
        build.make_rule(scene.event, RuleKind.MINIMUM_AGE, blocks=True)
        idea = draft(scene, f_mulai="2026-03-03")
        story = {
            "base": f"{site.url}/k/{scene.event.slug}",
            "path": f"/usulan/{idea.public_id}",
        }
        email = scene.captain.email
    with visitor(browser) as context:
        page = open_editor(sign_in(context, site, email), story)
        rules = page.locator("[data-eligibility]")
        expect(rules).to_contain_text("pada 3 Desember 2026 baru 9 bulan dari 12 yang diminta.")
        assert_accessible(page)
        rules.get_by_role("link").click()
        page.locator("#f-mulai").fill("2025-12-03")
        expect(rules).to_contain_text("pada 3 Desember 2026 sudah 12 bulan, diminta paling sedikit 12.")
        page.get_by_role("button", name="Periksa lalu ajukan").click()
        expect(page.get_by_role("button", name="Ajukan sekarang")).to_be_visible()
