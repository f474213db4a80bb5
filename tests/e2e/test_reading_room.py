"""The juror's reading room in a real browser: pages of a PDF, a film, private notes, on a phone and by keyboard."""

import base64
import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.demo.domain.papers import make_pdf
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import IdeaFile
from innovate.ideas.services.pages import draw_waiting
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.factories.papers import attach_paper
from tests.factories.pitch import make_pitch_day
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
PAPER = make_pdf("Bukti dukung", [f"Butir {n} tentang parit, dengan angka dan sumbernya." for n in range(60)])


@pytest.fixture
def room(shared_site: Site) -> SimpleNamespace:
    """A juror of a blind round with one entry: its text, a link, a paper of three pages."""
    site = shared_site
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        build.make_field(event, position=1)
        build.make_field(event, "video", kind="video", position=2, word_limit=None, required=False)
        build.make_field(event, "bukti", kind="file", position=3, word_limit=None, required=False)
        round_ = build.make_round(event, is_blind=True)
        juror = build.make_user()
        build.give_role(event, juror, Role.JUROR)
        answers = {"ringkasan": "Air parit diukur setiap pagi. " * 60, "video": "https://video.example/parit"}
        idea = build.make_idea(
            build.make_team(event), state=IdeaState.ELIGIBLE, title="PARIT KITA", answers=answers
        )
        file = attach_paper(idea, PAPER, key="bukti", name="Bukti dukung Tim Gemericik.pdf")
        seat = build.make_assignment(round_, idea, juror)
        make_pitch_day(round_, idea)  # its strip stands above the entry
        card = f"{site.url}/k/{event.slug}/juri/karya/{seat.public_id}"
        found = SimpleNamespace(
            site=site, email=juror.email, card=card, file=file.id, name=file.public_id[:4]
        )
    with site.application():
        draw_waiting(at=NOW)
    return found


def open_card(page: Page, room: SimpleNamespace) -> None:
    let_in(page, room.site.url, room.email, PASSWORD)
    page.goto(room.card)
    ready(page)


def ready(page: Page) -> None:
    page.wait_for_selector("form[data-ballot-ready]")
    page.wait_for_selector("[data-jottings][data-autosave-ready]", state="attached")
    page.wait_for_selector("[data-panel-ready]")
    page.wait_for_selector("[data-reading-ready]", state="attached")


# What has the focus, and whether any of it is to be seen (WCAG 2.4.11).
SEEN = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect(), steps = [.02, .1, .25, .5, .75, .9, .98];
  return steps.some((down) => steps.some((along) => {
    const on = document.elementFromPoint(box.left + box.width * along, box.top + box.height * down);
    return on && (it.contains(on) || on.closest("label")?.control === it);
  }));
}"""


def assert_focus_is_seen(page: Page) -> int:
    """Walk through the whole page with the tab key and back; how many of its stops lie in the entry."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); window.scrollTo(0, 0)")
    inside = 0
    for key in ("Tab", "Shift+Tab"):
        for _ in range(80):
            page.keyboard.press(key)
            if page.evaluate("document.activeElement === document.body"):
                break
            assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            inside += page.evaluate("Boolean(document.activeElement.closest('.iv-entry'))")
        else:
            raise AssertionError("the tab key never comes to the end of the page")
    return inside // 2


def assert_pages_are_drawn(leaves: Locator) -> None:
    """Three pictures, as wide as the screen and really decoded: not marks for missing ones."""
    expect(leaves).to_have_count(3)
    for leaf in leaves.all():
        leaf.scroll_into_view_if_needed()
        width, shown = leaf.evaluate("async (it) => (await it.decode(), [it.naturalWidth, it.clientWidth])")
        assert width == 1200
        assert PHONE["width"] - 4 <= shown <= PHONE["width"]


def test_reading_on_a_phone(browser: Browser, room: SimpleNamespace) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True, reduced_motion="reduce") as person:
        page = person.new_page()
        open_card(page, room)
        leaves = page.locator(".iv-leaf img")
        assert_pages_are_drawn(leaves)
        with page.expect_download() as download:
            page.locator(".iv-filebox a").click()
        assert download.value.suggested_filename == f"lampiran-{room.name}.pdf"
        assert download.value.path().read_bytes().startswith(b"%PDF-")
        leaves.nth(2).evaluate("it => it.scrollIntoView()")
        page.locator("[data-jottings-call]").tap()
        note = page.get_by_role("textbox", name="Catatan pribadi")
        expect(note).to_be_focused()
        note.fill("Halaman 3: tanya biaya")
        expect(page.locator("[data-jottings] [data-autosave-status]")).to_contain_text("Tersimpan 09.30")
        panel, sheet = (page.locator(name).bounding_box() for name in (".iv-jottings", ".iv-card-score"))
        assert panel
        assert sheet
        assert panel["y"] + panel["height"] <= sheet["y"] + 1
        assert sheet["y"] + sheet["height"] <= PHONE["height"] + 1
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert_accessible(page)
        page.locator("[data-jottings-call]").tap()
        expect(page.locator("[data-jottings-call]")).to_be_focused()
        expect(leaves.nth(2)).to_be_in_viewport()
        page.reload()
        ready(page)
        expect(leaves.nth(2)).to_be_in_viewport()
        expect(note).to_have_value("Halaman 3: tanya biaya")
        expect(page.get_by_role("checkbox", name="Pintasan")).to_be_hidden()
        page.locator("[data-jottings-call]").tap()
        assert assert_focus_is_seen(page) >= 8


def test_scoring_by_keyboard_beside_the_notes(browser: Browser, room: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP, reduced_motion="reduce") as person:
        page = person.new_page()
        open_card(page, room)
        page.locator(".iv-jottings summary").press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("jk 5 n")
        expect(page.get_by_role("textbox", name="Catatan pribadi")).to_have_value("jk 5 n")
        expect(page.locator("[data-ballot] input[type=radio]:checked")).to_have_count(0)
        page.keyboard.press("Shift+Tab")
        for digit in "44325":
            page.keyboard.press(digit)
            page.keyboard.press("j")
        expect(page.locator("[data-points]")).to_have_text("65,00")
        assert assert_focus_is_seen(page) >= 8
        keys = page.get_by_role("checkbox", name="Pintasan")
        keys.press("Space")
        page.keyboard.press("1")
        page.reload()
        ready(page)
        expect(keys).not_to_be_checked()
        page.keyboard.press("1")
        expect(page.locator("[data-points]")).to_have_text("65,00")
        assert_accessible(page)


# Half a second of a moving square, as a team's browser would record it.
RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 90 });
  const brush = canvas.getContext("2d"), parts = [];
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
  recorder.ondataavailable = (event) => parts.push(event.data);
  const done = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  for (let n = 0; n < 16; n += 1) {
    brush.fillStyle = n % 2 ? "teal" : "gold";
    brush.fillRect(n * 9, 20, 30, 30);
    await new Promise((resolve) => { setTimeout(resolve, 40); });
  }
  recorder.stop();
  await done;
  const url = await new Promise((resolve) => {
    const reader = Object.assign(new FileReader(), { onload: () => resolve(reader.result) });
    reader.readAsDataURL(new Blob(parts));
  });
  return url.split(",")[1];
}"""
PLAY = """async (film) => {
  film.muted = true;
  await film.play();
  while (!(film.currentTime > 0.1)) await new Promise((resolve) => { requestAnimationFrame(resolve); });
  return [film.readyState >= 2, film.videoWidth, film.error];
}"""


def test_an_uploaded_film_plays(browser: Browser, room: SimpleNamespace) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True) as person:
        page = person.new_page()
        film = base64.b64decode(page.evaluate(RECORD))
        with room.site.application(), transaction():
            kept = storage.save(film)
            known = db.session.get_one(IdeaFile, room.file)
            known.media_type, known.filename = "video/webm", "Rekaman Tim Gemericik.webm"
            known.storage_key, known.size, known.sha256 = kept.key, kept.size, kept.sha256
        answers: list[tuple[int, str]] = []
        page.on(
            "response",
            lambda r: "/berkas/" in r.url and answers.append((r.status, r.headers["content-type"])),
        )
        open_card(page, room)
        film_on_page = page.locator("video[controls][preload=metadata]")
        film_on_page.scroll_into_view_if_needed()
        assert film_on_page.evaluate(PLAY) == [True, 160, None]
        assert set(answers) == {(206, "video/webm")}
        expect(page.get_by_role("link", name=re.compile("Putar video di video.example"))).to_be_visible()
        expect(page.get_by_text("Membuka situs lain di tab baru.")).to_be_visible()
        assert_accessible(page)
