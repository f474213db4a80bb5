"""The scoring screen in a real browser: keyboard, phone, two tabs, an ended session."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotState
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def desk(site: Site) -> SimpleNamespace:
    """A juror with two cleared entries in an event of its own."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        build.make_field(event)
        round_ = build.make_round(event)
        for criterion in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id):
            criterion.levels = [
                {"value": str(n), "label": f"Jenjang {n}", "description": f"Uraian {n}"} for n in range(1, 6)
            ]
        juror = build.make_user(name="Hendra Tanuwijaya")
        build.give_role(event, juror, Role.JUROR)
        seats = []
        for n, title in enumerate(("PARIT KITA", "PECI HAJI"), 1):
            idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
            seats.append(build.make_assignment(round_, idea, juror))
        return SimpleNamespace(
            site=site,
            email=juror.email,
            home=f"{site.url}/k/{event.slug}/juri",
            cards=[f"{site.url}/k/{event.slug}/juri/karya/{seat.public_id}" for seat in seats],
            seats=[seat.id for seat in seats],
            criteria=[c.id for c in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id)],
        )


def sign_in(page: Page, desk: SimpleNamespace) -> None:
    let_in(page, desk.site.url, desk.email, PASSWORD)


def open_card(page: Page, desk: SimpleNamespace, n: int = 0) -> None:
    page.goto(desk.cards[n])
    page.wait_for_selector("form[data-autosave-ready][data-ballot-ready]")


SETTLED = """async () => {
  const busy = () => {
    const saving = document.querySelector("form[data-ballot]")?.autosave;
    return !saving || saving.dirty || saving.sending;
  };
  while (busy()) await new Promise((done) => { setTimeout(done, 50); });
}"""


def saved(page: Page) -> None:
    page.evaluate(SETTLED)  # on a busy machine the first keys may be saved while the last are typed
    expect(page.locator("[data-ballot] [data-autosave-status]")).to_contain_text("Tersimpan 09.30")


def ballot(desk: SimpleNamespace, n: int = 0) -> SimpleNamespace:
    with desk.site.application():
        row = db.session.query(Ballot).filter_by(assignment_id=desk.seats[n]).one()
        changes = db.session.query(BallotChange).filter_by(ballot_id=row.id).count()
        return SimpleNamespace(
            state=row.state, total=row.total, team=row.comment_team, version=row.version, changes=changes
        )


def test_a_whole_ballot_from_the_keyboard(browser: Browser, desk: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as person:
        page = person.new_page()
        sign_in(page, desk)
        open_card(page, desk)
        expect(page.get_by_role("button", name="Kriteria berikutnya")).to_be_visible()
        expect(page.locator(".iv-crit.is-here")).to_contain_text("Uraian 5")
        for digit in "44325":
            page.keyboard.press(digit)
            page.keyboard.press("j")
        expect(page.locator("[data-points]")).to_have_text("65,00")
        expect(page.locator("[data-possible]")).to_have_text("dari 100")
        saved(page)
        assert ballot(desk).total == 65.0
        assert_accessible(page)
        page.locator("#cat").fill("Datanya kuat, j dan k hanyalah huruf di sini.")
        page.get_by_role("button", name="Ajukan nilai").click()
        expect(page.locator("h1")).to_have_text("PECI HAJI")
    stands = ballot(desk)
    assert (stands.state, stands.total) == (BallotState.SUBMITTED, 65.0)
    assert stands.team.startswith("Datanya kuat, j dan k")


def test_the_sheet_on_a_phone(browser: Browser, desk: SimpleNamespace) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True) as person:
        page = person.new_page()
        sign_in(page, desk)
        open_card(page, desk)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        for n, key in enumerate(desk.criteria):
            page.locator(f"#k{key}-4").tap()
            expect(page.locator(f"#k{key} [data-said]")).to_contain_text("Jenjang 4. Uraian 4")
            if n < len(desk.criteria) - 1:
                page.get_by_role("button", name="Kriteria berikutnya").tap()
                expect(page.locator(f"#k{desk.criteria[n + 1]}")).to_be_in_viewport()
        expect(page.get_by_role("button", name="Ajukan nilai")).to_be_in_viewport()
        assert_accessible(page)
        page.get_by_role("button", name="Ajukan nilai").tap()
        expect(page.locator("h1")).to_have_text("PECI HAJI")
    assert ballot(desk).total == 75.0


def test_two_tabs_are_shown_both_versions(browser: Browser, desk: SimpleNamespace) -> None:
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Pontianak", viewport=DESKTOP)
    one, two = context.new_page(), context.new_page()
    sign_in(one, desk)
    open_card(one, desk)
    open_card(two, desk)
    two.keyboard.press("5")
    saved(two)
    one.bring_to_front()
    one.keyboard.press("2")
    dialog = one.locator("#dua-versi")
    expect(dialog).to_be_visible()
    row = dialog.locator("tr.is-different")
    expect(row).to_have_count(1)
    assert row.locator("td").all_inner_texts() == ["2", "5"]
    assert_accessible(one)
    one.get_by_role("button", name="Pakai versi di sini").click()
    saved(one)
    stands = ballot(desk)
    assert (stands.version, stands.changes) == (2, 1)  # what it replaced is kept
    open_card(two, desk)
    expect(two.locator(f"#k{desk.criteria[0]} input:checked")).to_have_value("2")
    context.close()


def test_the_ballot_survives_an_ended_session(browser: Browser, desk: SimpleNamespace) -> None:
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Pontianak", viewport=DESKTOP)
    page = context.new_page()
    sign_in(page, desk)
    open_card(page, desk)
    with desk.site.application(), transaction():
        db.session.execute(db.text("UPDATE user_sessions SET revoked_at = '2026-11-23 02:00:00'"))
    page.keyboard.press("4")
    expect(page.locator("[data-ballot] [data-autosave-status]")).to_contain_text("Sesi berakhir")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Masuk lagi").click()
    again = opened.value
    again.fill("[name=email]", desk.email)
    again.fill("[name=password]", PASSWORD)
    again.locator("main button[type=submit]").click()
    again.wait_for_url(desk.cards[0])
    saved(again)
    expect(again.locator(f"#k{desk.criteria[0]} input:checked")).to_have_value("4")
    assert ballot(desk).version == 1
    context.close()


def test_what_could_not_be_saved_before_the_end_goes_to_the_chair(
    browser: Browser, desk: SimpleNamespace
) -> None:
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Pontianak", viewport=DESKTOP)
    page = context.new_page()
    sign_in(page, desk)
    open_card(page, desk)
    with desk.site.application(), transaction():
        db.session.execute(db.text("UPDATE rounds SET closed_at = '2026-11-23 02:00:00'"))
    page.keyboard.press("4")
    expect(page.locator("[data-ballot] [data-autosave-status]")).to_contain_text("dikirim kepada ketua juri")
    expect(page.locator("[data-toasts]")).to_contain_text("dikirim kepada ketua juri: 1")
    page.goto(desk.cards[0])
    expect(page.get_by_text("Nilai Anda sampai terlambat")).to_be_visible()
    assert_accessible(page)
    context.close()


def test_one_ballot_is_amended_after_the_end_with_a_reason_of_each(
    browser: Browser, desk: SimpleNamespace
) -> None:
    with desk.site.application(), transaction():
        seat = db.session.get_one(build.Assignment, desk.seats[0])
        build.make_ballot(seat, [4, 4, 3, 2, 5])
        round_ = db.session.get_one(build.Round, seat.round_id)
        round_.closed_at = NOW
        chair = build.make_user()
        build.give_role(db.session.get_one(build.Event, round_.event_id), chair, Role.CHAIR)
        email = chair.email
    slug, public_id = desk.home.split("/")[-2], desk.cards[0].rsplit("/", 1)[1]
    with visitor(browser, viewport=DESKTOP) as person:
        page = person.new_page()
        sign_in(page, SimpleNamespace(site=desk.site, email=email))
        page.goto(f"{desk.site.url}/k/{slug}/kelola/panel/lembar/{public_id}")
        page.get_by_label("Alasan").fill("Jenjang tertukar")
        page.get_by_role("button", name="Izinkan juri mengubah").click()
        expect(page.get_by_text("Juri belum mengubahnya.")).to_be_visible()
        assert_accessible(page)
    with visitor(browser, viewport=PHONE) as person:
        page = person.new_page()
        sign_in(page, desk)
        page.goto(desk.cards[0])
        page.get_by_label("Alasan Anda mengubahnya").fill("Saya tertukar membaca jenjang")
        assert_accessible(page)
        page.get_by_role("button", name="Buka kembali").click()
        page.wait_for_selector("form[data-autosave-ready][data-ballot-ready]")
        page.locator(f"#k{desk.criteria[0]}-5").click()
        page.get_by_role("button", name="Ajukan nilai").click()
        expect(page.locator("[data-toasts]")).to_contain_text("tanda terima")
    assert (ballot(desk).state, ballot(desk).total) == (BallotState.SUBMITTED, 70.0)


def test_declaring_and_the_queue(browser: Browser, desk: SimpleNamespace) -> None:
    with desk.site.application(), transaction():
        db.session.execute(db.text("UPDATE assignments SET cleared_at = NULL"))
    with visitor(browser, viewport=PHONE) as person:
        page = person.new_page()
        sign_in(page, desk)
        page.goto(desk.home)
        assert_accessible(page)
        page.get_by_role("link", name="Periksa daftar karya").click()
        expect(page.get_by_label("Benturannya apa?").first).to_be_hidden()
        page.get_by_label("Ada benturan", exact=True).first.check()
        page.get_by_label("Benturannya apa?").first.fill("Kakak saya ketuanya")
        page.get_by_role("button", name="Tandai semua").click()
        assert_accessible(page)
        page.get_by_role("button", name="Simpan pernyataan").click()
        expect(page.get_by_role("link", name="PECI HAJI")).to_be_visible()
        expect(page.get_by_role("link", name="PARIT KITA")).to_have_count(0)


def test_the_pact_is_signed_before_anything_opens(browser: Browser, desk: SimpleNamespace) -> None:
    with desk.site.application(), transaction():
        db.session.execute(db.text("DELETE FROM pact_signatures"))
    with visitor(browser, viewport=PHONE) as person:
        page = person.new_page()
        sign_in(page, desk)
        page.goto(desk.cards[0])
        expect(page.get_by_role("heading", name="Pakta integritas", level=1)).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Tandatangani pakta").click()
        expect(page.get_by_text("Centang pernyataan ini untuk menandatangani.").first).to_be_visible()
        page.get_by_label("Saya telah membaca pakta ini").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Tandatangani pakta").press("Enter")
        page.goto(desk.cards[0])
        expect(page.get_by_role("heading", name="PARIT KITA", level=1)).to_be_visible()


ROOMS = (
    "benturan",
    "benturan/cetak",
    "pakta",
    "pakta/naskah",
    "babak/1/tersamar",
    "identitas",
    "rubrik",
    "rubrik/1",
    "babak/1",
    "juri",
    "penugasan",
    "penugasan/1/undian?angka=7",
    "panel",
)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_leaders_rooms(browser: Browser, desk: SimpleNamespace, viewport: dict[str, int]) -> None:
    slug = desk.home.split("/")[-2]
    with desk.site.application(), transaction():
        event = db.session.query(build.Event).filter_by(slug=slug).one()
        organizer = build.make_user()
        build.give_role(event, organizer, Role.ORGANIZER)
        juror = db.session.query(build.User).filter_by(email=desk.email).one().public_id
        seat = desk.cards[0].rsplit("/", 1)[1]
        email = organizer.email
    with visitor(browser, viewport=viewport) as person:
        page = person.new_page()
        sign_in(page, SimpleNamespace(site=desk.site, email=email))
        for room in (*ROOMS, f"juri/{juror}", f"penugasan/kursi/{seat}", f"panel/lembar/{seat}"):
            page.goto(f"{desk.site.url}/k/{slug}/kelola/{room}")
            assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"], room
            assert_accessible(page)


def test_the_weights_are_summed_while_typing(browser: Browser, desk: SimpleNamespace) -> None:
    slug = desk.home.split("/")[-2]
    with desk.site.application(), transaction():
        event = db.session.query(build.Event).filter_by(slug=slug).one()
        organizer = build.make_user()
        build.give_role(event, organizer, Role.ORGANIZER)
        email = organizer.email
    with visitor(browser, viewport=DESKTOP) as person:
        page = person.new_page()
        sign_in(page, SimpleNamespace(site=desk.site, email=email))
        page.goto(f"{desk.site.url}/k/{slug}/kelola/rubrik/1")
        page.get_by_label("Bobot (%)").first.fill("22,5")
        expect(page.locator("[data-weight-sum]")).to_have_text("Jumlah bobot 102,5")
        page.get_by_role("button", name="Tambah kriteria").click()
        expect(page.get_by_label("Bobot (%)").first).to_have_value("22,5")
        expect(page.get_by_label("Bobot (%)")).to_have_count(6)
