"""The jury in session, in a real browser: opened, amended with a reason, signed, and asked to sign again."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core.db import transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from tests.factories import build
from tests.factories.build import PASSWORD
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def jury(site: Site) -> SimpleNamespace:
    """A chair, and two jurors who handed in what they gave one entry."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        round_ = build.make_round(event)
        idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title="PARIT KITA", number=1)
        chair, ana, budi = (build.make_user(name=name) for name in ("Ketua", "Ana", "Budi"))
        build.give_role(event, chair, Role.CHAIR)
        for juror, mark in ((ana, 2), (budi, 5)):
            build.give_role(event, juror, Role.JUROR)
            build.make_ballot(build.make_assignment(round_, idea, juror), [mark] * 5)
        return SimpleNamespace(slug=event.slug, chair=chair.email, ana=ana.email, budi=budi.email)


def _enter(page: Page, site: Site, email: str, path: str) -> None:
    let_in(page, site.url, email, PASSWORD)
    page.goto(f"{site.url}{path}")


def test_a_session_from_opening_to_an_outdated_signature(
    browser: Browser, site: Site, jury: SimpleNamespace
) -> None:
    room, desk = f"/k/{jury.slug}/kelola/sidang/1", f"/k/{jury.slug}/juri/sidang/1"
    with (
        visitor(browser, viewport=DESKTOP) as first,
        visitor(browser, viewport=PHONE) as second,
        visitor(browser, viewport=DESKTOP) as third,
    ):
        chair, ana, budi = first.new_page(), second.new_page(), third.new_page()
        _enter(chair, site, jury.chair, room)
        chair.get_by_role("button", name="Buka sidang").click()
        expect(chair.get_by_role("heading", level=1)).to_have_text("Sidang berlangsung")
        _enter(budi, site, jury.budi, desk)
        budi.get_by_role("button", name="Saya menyetujui hasil sidang ini").click()
        expect(budi.get_by_text("Anda menyetujui hasil ini")).to_be_visible()
        _enter(ana, site, jury.ana, desk)
        assert_accessible(ana)
        ana.get_by_role("link", name="PARIT KITA").click()
        ana.get_by_role("link", name="Ubah nilai saya").click()
        ana.get_by_label("Alasan Anda mengubahnya").fill("Salah membaca lampiran")
        ana.get_by_role("button", name="Buka kembali").click()
        ana.wait_for_selector("form[data-autosave-ready][data-ballot-ready]")
        ana.keyboard.press("4")
        ana.evaluate("document.querySelector('[data-hand-in]').click()")
        ana.wait_for_load_state()
        budi.reload()
        expect(budi.get_by_text("Mohon periksa dan setujui lagi")).to_be_visible()
        expect(budi.get_by_text("Salah membaca lampiran")).to_be_visible()
        chair.reload()
        expect(chair.get_by_text("Perlu disahkan lagi")).to_be_visible()
        assert_accessible(chair)
