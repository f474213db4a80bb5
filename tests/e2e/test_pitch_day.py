"""A pitch day on three screens at once: the operator's console, the projector, a juror's phone."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core.db import db, transaction
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pitch.domain.timer import face, read
from innovate.scoring.models.ballots import Ballot, BallotState
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.factories.pitch import make_pitch_day
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
SECOND = timedelta(seconds=1)


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def day(site: Site) -> SimpleNamespace:
    """A final with two drawn entries, a chair, and a juror with a seat on both."""
    site.set_clock(NOW)
    with site.application(), transaction():
        event = build.make_event(shift_days=-26.5)
        build.make_field(event)
        round_ = build.make_round(event, PhaseKind.FINAL, takes_all=True)
        chair, juror = build.make_user(name="Ketua Juri"), build.make_user(name="Juri Satu")
        build.give_role(event, chair, Role.CHAIR)
        build.give_role(event, juror, Role.JUROR)
        ideas = [
            build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
            for n, title in enumerate(("PARIT KITA", "PECI HAJI"), 1)
        ]
        seats = [build.make_assignment(round_, idea, juror) for idea in ideas]
        make_pitch_day(round_, *ideas)
        base = f"{site.url}/k/{event.slug}"
        return SimpleNamespace(
            site=site,
            chair=chair.email,
            juror=juror.email,
            console=f"{base}/kelola/presentasi/1/kendali",
            stage=f"{base}/presentasi/1/layar",
            desk=f"{base}/juri/presentasi",
            cards=[f"{base}/juri/karya/{seat.public_id}" for seat in seats],
            seats=[seat.id for seat in seats],
            criteria=[c.id for c in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id)],
        )


def sign_in(page: Page, day: SimpleNamespace, email: str) -> None:
    let_in(page, day.site.url, email, PASSWORD)


def open_console(page: Page, day: SimpleNamespace) -> None:
    sign_in(page, day, day.chair)
    page.goto(day.console)
    page.wait_for_selector("[data-pitch-console][data-ready]")


def test_three_screens_tell_the_same(browser: Browser, day: SimpleNamespace) -> None:
    with (
        visitor(browser, viewport=DESKTOP) as operator,
        visitor(browser, viewport=DESKTOP) as hall,
        visitor(browser, viewport=PHONE, has_touch=True) as pocket,
    ):
        console, stage, phone = operator.new_page(), hall.new_page(), pocket.new_page()
        open_console(console, day)
        stage.goto(day.stage)
        sign_in(phone, day, day.juror)
        phone.goto(day.cards[1])
        expect(stage.locator("h1")).to_contain_text("Hari presentasi")

        console.keyboard.press("t")
        for page in (console, stage):
            expect(page.locator("h1")).to_contain_text("PARIT KITA")
        strip = phone.locator(".iv-pitchbar")
        expect(strip).to_contain_text("PARIT KITA")
        expect(strip).to_contain_text("Bersiap")

        console.keyboard.press(" ")
        for page in (console, stage, phone):
            expect(page.locator("[data-pitch]")).to_have_attribute("data-phase", "presentation")
        assert_accessible(console)
        assert_accessible(phone)

        for seconds, tone, words in (
            (310, "warn", "Mulai menyimpulkan"),
            (400, "last", "Segera akhiri"),
            (485, "over", "Waktu habis"),
        ):
            day.site.set_clock(NOW + seconds * SECOND)
            for page in (console, stage, phone):
                expect(page.locator("[data-pitch]")).to_have_attribute("data-tone", tone)
                expect(page.locator("[data-part=words]")).to_have_text(words)
            assert_accessible(stage)
        expect(stage.locator("[data-part=face]")).to_have_text(re.compile(r"^\+01:0\d$"))

        console.keyboard.press("n")
        expect(stage.locator("[data-part=stage]")).to_have_text("Tanya jawab")
        console.keyboard.press(" ")
        for page in (console, stage, phone):
            expect(page.locator("[data-part=words]")).to_have_text("Dijeda")
        console.keyboard.press("u")
        expect(stage.locator("[data-part=words]")).to_have_text("Waktu berjalan")

        strip.get_by_role("link", name="Lembar nilainya").tap()
        expect(phone.locator("h1")).to_have_text("PARIT KITA")
        console.keyboard.press("t")
        expect(stage.locator("h1")).to_contain_text("PECI HAJI")
        expect(console.locator(".iv-console-list")).to_contain_text("lewat 01:05")


def test_hand_in_is_seen_at_the_console_and_locked_from_it(browser: Browser, day: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as operator:
        console = operator.new_page()
        open_console(console, day)
        console.keyboard.press("t")
        expect(console.locator(".iv-handins")).to_contain_text("Belum membuka")
        pocket = browser.new_context(viewport=PHONE, locale="id-ID", has_touch=True)  # its refusal is wanted
        phone = pocket.new_page()
        sign_in(phone, day, day.juror)
        phone.goto(day.cards[0])
        phone.wait_for_selector("form[data-autosave-ready][data-ballot-ready]")
        phone.locator(f"#k{day.criteria[0]}-4").tap()
        expect(console.locator(".iv-handins")).to_contain_text("Sedang menilai")
        console.keyboard.press("l")
        expect(console.locator(".iv-console-jury")).to_contain_text("Nilai dikunci 09.30 WIB")
        phone.locator(f"#k{day.criteria[0]}-2").tap()
        expect(phone.locator("[data-ballot] [data-autosave-status]")).to_contain_text(
            "Nilai karya ini sudah dikunci"
        )
        expect(phone.locator(f"#k{day.criteria[0]}-2")).to_be_checked()
        assert values_of(day) == {4}

        console.get_by_label("Alasan membuka kunci").fill("Juri belum selesai")
        console.keyboard.press("Enter")
        expect(console.get_by_role("button", name="Kunci nilai")).to_be_visible()
        assert (
            console.locator("[data-pitch]").get_attribute("data-phase") == "ready"
        )  # Enter pressed nothing else
        phone.locator(f"#k{day.criteria[0]}-3").tap()
        phone.wait_for_function(
            "() => { const s = document.querySelector('form[data-ballot]').autosave; return !s.dirty && !s.sending; }"
        )
        expect(phone.locator("[data-ballot] [data-autosave-status]")).to_contain_text(
            re.compile(r"Tersimpan \d\d\.\d\d")
        )
        assert values_of(day) == {3}
        pocket.close()


def values_of(day: SimpleNamespace) -> set[int]:
    with day.site.application():
        ballot = db.session.query(Ballot).filter_by(assignment_id=day.seats[0]).one()
        assert ballot.state is BallotState.DRAFT
        query = db.session.query(build.BallotScore.value).filter_by(ballot_id=ballot.id)
        return {int(value) for (value,) in query if value is not None}


def test_the_projector_goes_on_without_a_network(browser: Browser, day: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as operator, visitor(browser, viewport=DESKTOP) as hall:
        console, stage = operator.new_page(), hall.new_page()
        open_console(console, day)
        console.keyboard.press("t")
        expect(console.get_by_role("button", name="Mulai presentasi")).to_be_visible()
        console.keyboard.press(" ")
        stage.goto(day.stage)
        expect(stage.locator("[data-pitch]")).to_have_attribute("data-phase", "presentation")
        hall.set_offline(True)
        expect(stage.locator("[data-lost]")).to_be_visible()
        shown = stage.locator("[data-part=face]").inner_text()
        expect(stage.locator("[data-part=face]")).not_to_have_text(shown)
        console.keyboard.press("n")
        expect(console.locator("[data-part=stage]")).to_have_text("Tanya jawab")
        hall.set_offline(False)
        expect(stage.locator("[data-part=stage]")).to_have_text("Tanya jawab")
        expect(stage.locator("[data-lost]")).to_be_hidden()


def test_screen_and_server_read_the_clock_alike(browser: Browser, day: SimpleNamespace) -> None:
    limit, warnings = 420_000, [120_000, 30_000]
    elapsed = [*range(0, 600_000, 7_501), 299_999, 300_000, 389_999, 390_000, 419_999, 420_000, 420_001]
    wanted = [[face(r), r.tone.value] for r in (read(e, limit, warnings) for e in elapsed)]
    with visitor(browser) as person:
        page = person.new_page()
        page.goto(day.stage)
        script = """async ({elapsed, limit, warn}) => {
            const app = document.querySelector("script[type=module][src*='app.js']").src;
            const { read } = await import(new URL("./modules/pitch-clock.js", app));
            return elapsed.map((used) => {
                const { face, tone } = read({ phase: "presentation", since: 5, used: 0, limit, warn }, 5 + used);
                return [face, tone];
            });
        }"""
        assert page.evaluate(script, {"elapsed": elapsed, "limit": limit, "warn": warnings}) == wanted
