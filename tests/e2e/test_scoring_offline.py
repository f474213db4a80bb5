"""Judging without a network, with the line really cut: kept entries, ballots on the device, what becomes of them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import IdeaFile, IdeaRevision
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotState
from innovate.scoring.models.late import LateBallot, LateState
from innovate.scoring.models.receipts import BallotReceipt
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, FLAGS, PHONE, let_in, locate
from tests.support.line import Line, line_to
from tests.support.server import Site

pytestmark = pytest.mark.browser
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
    "0500010d0a2db40000000049454e44ae426082"
)
LOOK = {"locale": "id-ID", "timezone_id": "Asia/Pontianak"}


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    with line_to(site.url) as line:
        yield line


@pytest.fixture
def desk(site: Site, line: Line) -> SimpleNamespace:
    """A juror with three cleared entries, the first with a picture, and a chair."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        build.make_field(event)
        field = build.make_field(event, "foto", kind="file", word_limit=None, required=False)
        round_ = build.make_round(event)
        juror, chair = build.make_user(name="Hendra Tanuwijaya"), build.make_user(name="Ketua Juri")
        build.give_role(event, juror, Role.JUROR)
        build.give_role(event, chair, Role.CHAIR)
        seats = []
        for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIAGA PASANG"), 1):
            idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
            seats.append(build.make_assignment(round_, idea, juror))
            if n == 1:
                attach(idea, field.key)
        base = f"{line.url}/k/{event.slug}"
        return SimpleNamespace(
            site=site,
            line=line,
            slug=event.slug,
            round=round_.id,
            email=juror.email,
            chair=chair.email,
            base=base,
            home=f"{base}/juri",
            cards=[f"{base}/juri/karya/{seat.public_id}" for seat in seats],
            seats=[seat.id for seat in seats],
            criteria=[c.id for c in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id)],
        )


def attach(idea, key: str) -> None:
    stored = storage.save(PICTURE)
    file = build.add(
        IdeaFile(
            idea_id=idea.id,
            field_key=key,
            filename="parit.png",
            media_type="image/png",
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            uploaded_by_id=db.session.query(build.User).first().id,
            uploaded_at=NOW,
        )
    )
    db.session.get_one(IdeaRevision, idea.submitted_revision_id).files = [file.id]


@contextmanager
def device(browser: Browser, folder: Path, **options) -> Iterator[BrowserContext]:
    """A browser with a disk of its own: what it keeps is there again when it is opened the next time."""
    context = browser.browser_type.launch_persistent_context(
        str(folder), executable_path=locate(), args=list(FLAGS), **{**LOOK, "viewport": DESKTOP, **options}
    )
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        context.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**LOOK, viewport=DESKTOP)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page, desk: SimpleNamespace, email: str = "") -> None:
    page.goto(f"{desk.line.url}/masuk")
    page.fill("[name=email]", email or desk.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("[name=remember]").check()
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("beranda|juri"))


def keep(page: Page, desk: SimpleNamespace) -> None:
    page.goto(desk.home)
    page.get_by_role("button", name="Simpan di perangkat ini").click()
    expect(page.locator("[data-keep-status]")).to_contain_text("karya tersimpan di perangkat ini")


def open_card(page: Page, desk: SimpleNamespace, n: int = 0) -> None:
    page.goto(desk.cards[n])
    page.wait_for_selector("form[data-autosave-ready][data-ballot-ready]")


def mark(page: Page, digits: str) -> None:
    for digit in digits:
        page.keyboard.press(digit)
        page.keyboard.press("j")


def status(page: Page):
    return page.locator("[data-ballot] [data-autosave-status]")


def waits_here(page: Page) -> None:
    expect(status(page)).to_contain_text("Di perangkat ini")


def ballots(desk: SimpleNamespace) -> list[tuple[str, float | None]]:
    with desk.site.application():
        rows = db.session.query(Ballot).filter_by(round_id=desk.round).order_by(Ballot.idea_id)
        return [(row.state.value, row.total) for row in rows]


def close_round(desk: SimpleNamespace) -> None:
    with desk.site.application(), transaction():
        db.session.query(build.Round).filter_by(id=desk.round).update({"closed_at": NOW})


def sign_out(page: Page) -> None:
    page.locator(".iv-menu > summary[aria-label^=Akun]").click()
    page.get_by_role("button", name="Keluar").click()


def decide(browser: Browser, desk: SimpleNamespace, words: str) -> None:
    """The chair, on a phone, finds the alert, reads the juror's words, and counts the late ballot."""
    context = browser.new_context(**LOOK, viewport=PHONE)
    chair = context.new_page()
    sign_in(chair, desk, desk.chair)
    chair.goto(f"{desk.base}/kelola/panel")
    chair.get_by_role("link", name="Putuskan").click()
    chair.get_by_role("link", name="PARIT KITA").click()
    expect(chair.locator("main")).to_contain_text(words)
    assert chair.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert_accessible(chair)
    chair.get_by_label("Alasan").fill("Ditulis sebelum babak ditutup")
    chair.get_by_role("button", name="Hitung nilai ini").click()
    expect(chair.locator("[data-toasts]")).to_contain_text("Nilai terlambat dihitung")
    context.close()


def hand_in_here(page: Page) -> None:
    """Without a line: the entry's picture is there, and the ballot waits to be handed in."""
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert page.locator(".iv-entry-picture").evaluate(width) == 1
    page.get_by_role("button", name="Ajukan nilai").click()
    expect(status(page)).to_contain_text("Diajukan begitu ada jaringan")


def unsent(page: Page) -> int:
    return page.evaluate(
        """async () => {
          const open = indexedDB.open("innovate", 1);
          await new Promise((done) => { open.onsuccess = done; });
          const all = open.result.transaction("ballots").objectStore("ballots").getAll();
          await new Promise((done) => { all.onsuccess = done; });
          open.result.close();
          return all.result.filter((record) => record.state !== "saved").length;
        }"""
    )


def test_three_entries_scored_without_a_network_survive_the_browser_and_arrive(
    browser: Browser, desk: SimpleNamespace, tmp_path: Path
) -> None:
    with device(browser, tmp_path) as person:
        page = person.pages[0]
        sign_in(page, desk)
        keep(page, desk)
        expect(page.locator("[data-keep-status]")).to_contain_text("3 karya tersimpan")
        assert_accessible(page)
        desk.line.cut()
        for n, digits in enumerate(("44325", "44325", "55")):
            open_card(page, desk, n)
            mark(page, digits)
            waits_here(page)
            if n == 0:
                hand_in_here(page)
        page.goto(desk.home)
        here = page.locator(".iv-where.is-device")
        expect(here).to_have_text(["di perangkat ini, akan diajukan", "di perangkat ini", "di perangkat ini"])
        expect(page.locator("[data-unsent-text]")).to_have_text(
            "Nilai di perangkat ini yang belum terkirim: 3."
        )
        assert_accessible(page)
    with device(browser, tmp_path) as person:  # the browser was closed, there is still no network
        page = person.pages[0]
        open_card(page, desk, 2)
        expect(page.locator(f"#k{desk.criteria[1]} input:checked")).to_have_value("5")
        waits_here(page)
        page.goto(desk.home)
        expect(page.locator(".iv-where.is-device")).to_have_count(3)
        assert ballots(desk) == []
        desk.line.mend()
        page.get_by_role("button", name="Kirim sekarang").click()
        expect(page.locator("[data-unsent]")).to_be_hidden()
        expect(page.locator(".iv-where.is-device")).to_have_count(0)
        assert ballots(desk) == [("submitted", 65.0), ("draft", 65.0), ("draft", None)]
        page.reload()
        expect(page.locator(".iv-where")).to_have_text(["terkirim", "tersimpan", "tersimpan"])
    with desk.site.application():
        assert db.session.query(BallotReceipt).join(Ballot).filter(Ballot.round_id == desk.round).count() == 1


def test_the_page_sends_by_itself_when_the_line_is_back(tab: Page, desk: SimpleNamespace) -> None:
    sign_in(tab, desk)
    open_card(tab, desk)
    desk.line.cut()
    mark(tab, "44325")
    waits_here(tab)
    tab.get_by_role("button", name="Ajukan nilai").click()
    expect(status(tab)).to_contain_text("Diajukan begitu ada jaringan")
    desk.line.mend()
    tab.evaluate("window.dispatchEvent(new Event('online'))")
    expect(tab.locator("h1")).to_have_text("PECI HAJI")
    expect(tab.locator("[data-toasts]")).to_contain_text("tanda terima")
    assert ballots(desk) == [("submitted", 65.0)]


def test_a_clash_found_while_sending_is_shown_and_the_other_version_kept(
    browser: Browser, tab: Page, desk: SimpleNamespace
) -> None:
    sign_in(tab, desk)
    open_card(tab, desk)
    desk.line.cut()
    tab.keyboard.press("2")
    waits_here(tab)
    tab.goto("about:blank")
    # The other device has a line of its own: leaving tried once more to send, and the browser may still manage that
    # as soon as this line is back.
    with browser.new_context(**LOOK) as other:
        second = other.new_page()
        let_in(second, desk.site.url, desk.email, PASSWORD)
        second.goto(desk.cards[0].replace(desk.line.url, desk.site.url))
        second.wait_for_selector("form[data-autosave-ready][data-ballot-ready]")
        second.locator(f"#k{desk.criteria[0]} input[value='5']").focus()  # the criterion in hand
        second.keyboard.press("5")
        expect(status(second)).to_contain_text(re.compile(r"Tersimpan \d\d\.\d\d"))
    desk.line.mend()
    tab.goto(desk.home)
    expect(tab.locator("[data-unsent-list]")).to_contain_text("Ada dua versi")
    tab.locator("[data-unsent-list] a").click()
    dialog = tab.locator("#dua-versi")
    expect(dialog).to_be_visible()
    assert dialog.locator("tr.is-different td").all_inner_texts() == ["2", "5"]
    assert_accessible(tab)
    tab.get_by_role("button", name="Pakai versi server").click()
    expect(dialog).to_be_hidden()
    expect(tab.locator(f"#k{desk.criteria[0]} input:checked")).to_have_value("5")
    assert unsent(tab) == 0
    with desk.site.application():
        kept = (
            db.session.query(BallotChange)
            .filter_by(action="unchosen")
            .join(Ballot)
            .filter_by(round_id=desk.round)
        )
        assert [list(change.before["values"].values()) for change in kept] == [["2"]]


def test_an_ended_session_keeps_everything_until_the_juror_is_back(tab: Page, desk: SimpleNamespace) -> None:
    sign_in(tab, desk)
    keep(tab, desk)
    open_card(tab, desk)
    desk.line.cut()
    mark(tab, "44325")
    waits_here(tab)
    tab.goto(desk.home)  # kept: without a network
    send = tab.get_by_role("button", name="Kirim sekarang")
    expect(send).to_be_visible()  # it has tried, and there is no line
    with desk.site.application(), transaction():
        db.session.execute(db.text("UPDATE user_sessions SET revoked_at = '2026-11-23 02:00:00'"))
    desk.line.mend()
    send.click()
    expect(tab.locator("[data-unsent-text]")).to_contain_text("Masuk lagi untuk mengirim")
    tab.get_by_role("link", name="Masuk lagi untuk mengirim").click()
    tab.fill("[name=email]", desk.email)
    tab.fill("[name=password]", PASSWORD)
    tab.locator("main button[type=submit]").click()
    tab.wait_for_url(desk.home)
    expect(tab.locator("[data-toasts]")).to_contain_text("Nilai terkirim dari perangkat ini: 1.")
    assert ballots(desk) == [("draft", 65.0)]


def test_signing_out_warns_and_nobody_else_sees_or_sends_what_stays(tab: Page, desk: SimpleNamespace) -> None:
    sign_in(tab, desk)
    keep(tab, desk)
    open_card(tab, desk)
    desk.line.cut()
    mark(tab, "44325")
    waits_here(tab)
    tab.goto(desk.home)
    sign_out(tab)
    question = tab.get_by_role("dialog")
    expect(question).to_contain_text("Ada nilai yang belum terkirim")
    expect(question.locator("li")).to_have_text(["PARIT KITA"])
    assert_accessible(tab)
    question.get_by_role("button", name="Kirim lalu keluar").click()
    expect(question.get_by_role("status")).to_contain_text("Masih belum terkirim: 1.")
    question.get_by_role("button", name="Batal").click()
    desk.line.mend()
    tab.route("**/pekerja/sesi", lambda route: route.abort())  # the line is back, but sending still fails
    sign_out(tab)
    tab.get_by_role("dialog").get_by_role("button", name="Keluar saja").click()
    tab.wait_for_url(f"{desk.line.url}/")
    tab.unroute("**/pekerja/sesi")
    assert tab.evaluate("caches.keys()") == []
    sign_in(tab, desk, desk.chair)
    tab.goto(desk.home)
    tab.wait_for_selector("[data-unsent][data-ready]", state="attached")
    expect(tab.locator("[data-unsent]")).to_be_hidden()
    assert unsent(tab) == 1
    assert ballots(desk) == []
    sign_out(tab)
    tab.wait_for_url(f"{desk.line.url}/")
    sign_in(tab, desk)
    expect(tab.locator("[data-toasts]")).to_contain_text("Nilai terkirim dari perangkat ini: 1.")
    assert ballots(desk) == [("draft", 65.0)]


def test_a_late_ballot_goes_to_the_chair_with_its_times_and_words(
    browser: Browser, tab: Page, desk: SimpleNamespace
) -> None:
    sign_in(tab, desk)
    keep(tab, desk)
    open_card(tab, desk)
    desk.line.cut()
    mark(tab, "44325")
    tab.get_by_role("button", name="Ajukan nilai").click()
    expect(status(tab)).to_contain_text("Diajukan begitu ada jaringan")
    close_round(desk)
    desk.line.mend()
    tab.goto(desk.home)
    expect(tab.locator("[data-toasts]")).to_contain_text("dikirim kepada ketua juri: 1")
    tab.wait_for_selector("[data-unsent][data-ready]", state="attached")
    assert tab.evaluate("caches.keys()") == []  # the round is over: its copies are gone
    assert unsent(tab) == 0
    tab.get_by_role("link", name="Tanda terima saya").click()
    words = "Kelurahan tanpa sinyal sejak siang."
    tab.get_by_label("Keterangan Anda").fill(words)
    tab.get_by_role("button", name="Kirim keterangan").click()
    expect(tab.get_by_label("Keterangan Anda")).to_have_value(words)
    assert_accessible(tab)
    decide(browser, desk, words)
    assert ballots(desk) == [("submitted", 65.0)]
    with desk.site.application():
        row = (
            db.session.query(LateBallot)
            .filter_by(event_id=db.session.get(build.Round, desk.round).event_id)
            .one()
        )
        assert (row.state, row.handed_in, row.arrived_at) == (LateState.COUNTED, True, NOW)
        assert row.written_at is not None


def test_an_entry_that_was_taken_away_leaves_the_device(tab: Page, desk: SimpleNamespace) -> None:
    sign_in(tab, desk)
    keep(tab, desk)
    with desk.site.application(), transaction():
        db.session.query(build.Assignment).filter_by(id=desk.seats[0]).update({"state": "removed"})
    tab.goto(desk.home)
    expect(tab.locator("[data-keep-status]")).to_contain_text("2 karya tersimpan")
    kept = tab.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          return (await cache.keys()).map((request) => new URL(request.url).pathname);
        }"""
    )
    assert desk.cards[0].removeprefix(desk.line.url) not in kept
    assert desk.cards[1].removeprefix(desk.line.url) in kept
    assert not [path for path in kept if "/berkas/" in path]
    tab.get_by_role("button", name="Hapus dari perangkat ini").click()
    expect(tab.locator("[data-keep-status]")).to_contain_text("Simpan semua karya")
    assert tab.evaluate("caches.keys()") == []


def test_without_https_the_page_says_so_and_scoring_goes_on(browser: Browser, desk: SimpleNamespace) -> None:
    host = f"inovasi.test:{desk.line.url.rsplit(':', 1)[1]}"
    flags = [*FLAGS, "--host-resolver-rules=MAP inovasi.test 127.0.0.1"]
    other = browser.browser_type.launch(executable_path=locate(), args=flags)
    page = other.new_context(**LOOK, viewport=PHONE).new_page()
    here = SimpleNamespace(line=SimpleNamespace(url=f"http://{host}"), email=desk.email)
    sign_in(page, here)
    page.goto(f"http://{host}/k/{desk.slug}/juri")
    assert page.evaluate("window.isSecureContext") is False
    expect(page.locator("[data-keep-status]")).to_contain_text("belum memakai HTTPS")
    expect(page.get_by_role("button", name="Simpan di perangkat ini")).to_have_count(0)
    page.goto(desk.cards[0].replace("127.0.0.1", "inovasi.test"))
    page.wait_for_selector("form[data-ballot][data-autosave-ready]")
    page.locator(f"#k{desk.criteria[0]}-4").check(force=True)
    expect(status(page)).to_contain_text(re.compile(r"Tersimpan \d"))
    other.close()
    assert ballots(desk) == [(BallotState.DRAFT.value, None)]
