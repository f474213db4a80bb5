"""A juror in an expo hall: with a thumb on a phone, from the keyboard, and back again."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pairwise.models import Step, StepKind
from tests.factories import build
from tests.factories.build import PASSWORD
from tests.factories.contests import make_contest
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def hall(site: Site) -> SimpleNamespace:
    """A hall of four stands, and one juror."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        round_ = build.make_round(event)
        juror = build.make_user(name="Hendra Tanuwijaya")
        build.give_role(event, juror, Role.JUROR)
        ideas = [
            build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
            for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIPUTRI", "SIAGA PASANG"), 1)
        ]
        contest = make_contest(round_, ideas, [juror], cut=2)
        return SimpleNamespace(
            site=site,
            id=contest.id,
            email=juror.email,
            queue=f"{site.url}/k/{event.slug}/juri",
            screen=f"{site.url}/k/{event.slug}/juri/banding/{contest.public_id}",
        )


def sign_in(page: Page, hall: SimpleNamespace) -> None:
    let_in(page, hall.site.url, hall.email, PASSWORD)


def steps(hall: SimpleNamespace) -> list[tuple[StepKind, bool]]:
    with hall.site.application():
        rows = db.session.query(Step).filter_by(contest_id=hall.id).order_by(Step.id)
        return [(row.kind, row.undone_at is None) for row in rows]


def titles(page: Page) -> list[str]:
    return page.locator(".iv-pair-side h2").all_inner_texts()


def ready(page: Page) -> None:
    page.wait_for_selector("form[data-pairs-ready]")


def test_a_walk_with_the_thumb_on_a_phone(browser: Browser, hall: SimpleNamespace) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True) as person:
        page = person.new_page()
        sign_in(page, hall)
        page.goto(hall.queue)
        page.get_by_role("link", name="Mulai membandingkan").tap()
        page.get_by_role("button", name="Karya pertama").tap()
        expect(page.locator(".iv-stand")).to_be_visible()
        page.get_by_role("button", name="Sudah saya lihat").tap()
        expect(page.locator(".iv-pair-side")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        for button in page.locator(".iv-pair-choose").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 64
            assert box["width"] >= 280
        assert_accessible(page)
        offered, seen = titles(page)
        page.get_by_role("button", name=re.compile(f"Yang tadi lebih baik.*{seen}")).tap()
        expect(page.get_by_text(f"Terakhir: {seen} lebih baik.")).to_be_visible()
        expect(page.locator("[data-pairs-progress]")).to_contain_text("1 perbandingan Anda")
        assert titles(page)[1] == offered
        page.get_by_role("button", name="Urungkan").tap()
        expect(page.locator("[data-pairs-progress]")).to_contain_text("0 perbandingan Anda")
        assert titles(page) == [offered, seen]
    assert steps(hall) == [(StepKind.START, True), (StepKind.VOTE, False)]


def test_the_whole_hall_from_the_keyboard(browser: Browser, hall: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as person:
        page = person.new_page()
        sign_in(page, hall)
        page.goto(hall.screen)
        ready(page)
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name="Sudah saya lihat")).to_be_visible()
        ready(page)
        page.keyboard.press("ArrowRight")
        expect(page.locator(".iv-pair-side")).to_have_count(2)
        ready(page)
        offered, seen = titles(page)
        page.keyboard.press("s")
        expect(page.get_by_text(f"Terakhir: {offered} dilewati.")).to_be_visible()
        ready(page)
        page.keyboard.press("u")
        expect(page.get_by_text(f"Terakhir: {seen} dilihat.")).to_be_visible()
        assert titles(page) == [offered, seen]
        ready(page)
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_text(f"Terakhir: {offered} lebih baik.")).to_be_visible()
        ready(page)
        offered, seen = titles(page)
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text(f"Terakhir: {seen} lebih baik.")).to_be_visible()
        expect(page.locator("[data-pairs-progress]")).to_contain_text("2 perbandingan Anda")
        assert_accessible(page)
    assert [kind for kind, stands in steps(hall) if stands] == [StepKind.START, StepKind.VOTE, StepKind.VOTE]


def test_a_double_click_and_a_second_tab_vote_once(browser: Browser, hall: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as person:
        one = person.new_page()
        sign_in(one, hall)
        one.goto(hall.screen)
        one.get_by_role("button", name="Karya pertama").click()
        one.get_by_role("button", name="Sudah saya lihat").click()
        expect(one.locator(".iv-pair-side")).to_have_count(2)
        two = person.new_page()
        two.goto(hall.screen)
        ready(one)
        one.get_by_role("button", name="Yang ini lebih baik").dblclick()
        expect(one.locator("[data-pairs-progress]")).to_contain_text("1 perbandingan Anda")
        two.get_by_role("button", name="Yang tadi lebih baik").click()
        expect(two.get_by_text("sudah dijawab dari tab atau perangkat lain")).to_be_visible()
        expect(two.locator("[data-pairs-progress]")).to_contain_text("1 perbandingan Anda")
    assert [kind for kind, _stands in steps(hall)].count(StepKind.VOTE) == 1
