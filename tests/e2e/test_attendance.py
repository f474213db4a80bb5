"""The code on the wall is scanned by a phone; neither the projector's clock nor the phone's is right."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, expect

from innovate.accounts.models import SiteRole
from innovate.core.db import transaction
from innovate.core.qr import draw_qr
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.factories.learning import make_activity, make_place, make_session
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)


@pytest.fixture
def room(shared_site: Site) -> Iterator[SimpleNamespace]:
    """A session that runs now, and somebody with a place in it."""
    with shared_site.application(), transaction():
        maker = build.make_user(site_role=SiteRole.ORGANIZER)
        learner = build.make_user(name="Sri Peserta")
        activity = make_activity(maker)
        held = make_session(activity)
        make_place(activity, learner)
        base = f"{shared_site.url}/pelatihan/{activity.public_id}/sesi/{held.public_id}"
        made = SimpleNamespace(site=shared_site, base=base, maker=maker.email, learner=learner.email)
    yield made
    shared_site.set_clock(NOW)


def test_the_wall_is_scanned_although_every_clock_but_the_server_is_wrong(
    browser: Browser, room: SimpleNamespace
) -> None:
    with visitor(browser, viewport=DESKTOP) as wall, visitor(browser, viewport=PHONE) as pocket:
        screen, phone = wall.new_page(), pocket.new_page()
        screen.clock.install(time=NOW - DAY)
        phone.clock.set_fixed_time(NOW + DAY)
        let_in(screen, room.site.url, room.maker, PASSWORD)
        screen.goto(f"{room.base}/layar")
        picture = screen.get_by_alt_text("Kode QR kehadiran")
        expect(picture).to_be_visible()
        first = shown_link(picture)
        assert_accessible(screen)
        room.site.set_clock(NOW + timedelta(seconds=30))
        screen.clock.run_for(10_500)
        expect(picture).not_to_have_attribute("data-link", first)
        link = shown_link(picture)

        phone.goto(link)  # nobody is signed in on it yet
        phone.get_by_label("Surel").fill(room.learner)
        phone.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        phone.get_by_role("button", name="Masuk").click()
        assert_accessible(phone)
        phone.get_by_role("button", name="Catat kehadiran saya").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Kehadiran Anda tercatat")

        screen.clock.run_for(10_500)
        expect(screen.get_by_text("1 orang hadir")).to_be_visible()
        room.site.set_clock(NOW + timedelta(minutes=2))
        phone.goto(link)
        expect(phone.get_by_role("heading", level=1)).to_have_text("Kode ini sudah berganti")


def test_a_wall_whose_session_ended_asks_to_sign_in_again(browser: Browser, room: SimpleNamespace) -> None:
    with browser.new_context(viewport=DESKTOP) as wall:
        screen = wall.new_page()
        screen.clock.install(time=NOW)
        let_in(screen, room.site.url, room.maker, PASSWORD)
        screen.goto(f"{room.base}/layar")
        expect(screen.get_by_alt_text("Kode QR kehadiran")).to_be_visible()
        wall.clear_cookies()
        screen.clock.run_for(10_500)
        expect(screen.get_by_role("heading", level=1)).to_have_text("Masuk")
        assert screen.url.endswith("/layar")
        assert "/masuk?next=" in screen.url


def shown_link(picture) -> str:
    """Where the QR leads; the picture is the very one that holds it."""
    link, source = picture.get_attribute("data-link"), picture.get_attribute("src")
    assert b64decode(source.partition(",")[2]).decode() == draw_qr(link)
    return link
