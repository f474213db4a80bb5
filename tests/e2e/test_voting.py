"""A citizen votes on a phone: choice, mail, confirmation, another choice, the closing, the outcome."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from innovate.core.db import transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.voting.models import Poll
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.factories.votes import make_poll
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
TITLES = ("PARIT KITA", "PECI HAJI", "SIPUTRI")


@pytest.fixture
def vote(site: Site) -> dict[str, str]:
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        organizer = build.make_user()
        build.give_role(event, organizer, Role.ORGANIZER)
        ideas = [
            build.make_idea(
                build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n, in_gallery=True
            )
            for n, title in enumerate(TITLES, 1)
        ]
        poll: Poll = make_poll(event, organizer, *ideas)
        return {
            "page": f"{site.url}/k/{event.slug}/favorit/{poll.public_id}",
            "room": f"{site.url}/k/{event.slug}/kelola/suara-publik/{poll.public_id}",
            "organizer": organizer.email,
        }


def test_from_the_choice_to_the_outcome(browser: Browser, site: Site, vote: dict[str, str], mailbox) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True, java_script_enabled=False) as person:
        page = person.new_page()
        page.goto(vote["page"])
        page.get_by_text("PECI HAJI", exact=True).tap()
        page.get_by_role("button", name="Lanjut dengan pilihan ini").tap()
        page.get_by_label("Surel Anda").fill("Sri.Rahayu@kantor.example")
        page.get_by_role("button", name="Kirim tautan konfirmasi").tap()
        expect(page.get_by_role("heading", name="Periksa surel Anda")).to_be_visible()
        mail = mailbox.wait("Sri.Rahayu@kantor.example")[-1]
        link = re.search(r"/k/\S+/tautan/[\w-]+", mail.text)
        assert link
        page.goto(site.url + link[0])
        page.get_by_role("button", name="Konfirmasi suara saya").tap()
        expect(page.get_by_text("Suara Anda dihitung untuk")).to_be_visible()
        page.get_by_text("Ganti pilihan").tap()
        page.get_by_label(re.compile("SIPUTRI")).check()
        page.get_by_role("button", name="Simpan pilihan").tap()
        expect(page.locator(".iv-vote-own b")).to_have_text("SIPUTRI")
        site.set_clock(NOW + timedelta(days=3))
        page.reload()
        expect(page.get_by_text("tidak dapat diubah lagi")).to_be_visible()
        with visitor(browser, viewport=DESKTOP) as committee:
            room = committee.new_page()
            room.goto(f"{site.url}/masuk")
            room.fill("[name=email]", vote["organizer"])
            room.fill("[name=password]", PASSWORD)
            room.locator("main button[type=submit]").click()
            room.wait_for_url("**/beranda")
            room.goto(f"{vote['room']}/hasil")
            room.get_by_role("button", name="Hitung dan tetapkan").click()
            expect(room.get_by_role("heading", name="SIPUTRI", level=1)).to_be_visible()
            assert_accessible(room)
            room.get_by_role("button", name="Tampilkan untuk umum").click()
        page.goto(vote["page"])
        expect(page.get_by_role("row", name=re.compile("SIPUTRI.*1"))).to_be_visible()
