"""An awards evening on the projector, and an objection from a phone with its answer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.accounts.models import User
from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from tests.factories import build
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW, PASSWORD
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
PROJECTOR = {"width": 1920, "height": 1080}
WORDS = "Nilai kriteria kebaruan kami lebih rendah daripada yang tertulis di lembar nilai."
ANSWER = "Nilai juri ketiga salah diketik. Peringkat kami koreksi dan umumkan lagi."


@pytest.fixture
def evening(shared_site: Site) -> SimpleNamespace:
    """Two groups, ranked and signed off; `announce` makes the result public."""
    site = shared_site
    site.set_clock(NOW)
    with site.application(), transaction():
        event = build.make_event(shift_days=-31)
        round_ = build.make_round(event)
        staff, captain = build.make_user(name="Panitia Malam"), build.make_user(name="Ketua Tim")
        build.give_role(event, staff, Role.ORGANIZER)
        for rank, name in enumerate(("Juara I", "Juara II"), 1):
            build.add(Prize(event_id=event.id, name=name, rank=rank, position=rank))
        groups = {group.code: group.id for group in get_actor(event.slug, None).event.groups}
        for group, title, mark in (
            ("A", "TERAS", 5),
            ("A", "RAPI", 4),
            ("B", "LENTERA", 5),
            ("B", "SEMAI", 3),
        ):
            people = (captain,) if title == "RAPI" else ()
            team = build.make_team(event, *people, group_id=groups[group])
            idea = build.make_idea(team, state=IdeaState.ELIGIBLE, title=title)
            build.make_ballot(build.make_assignment(round_, idea, build.make_user()), [mark] * 5)
        climb(event, staff, *LADDER[:4])
        slug, emails = event.slug, (staff.email, captain.email)

    def announce() -> None:
        with site.application(), transaction():
            user = db.session.query(User).filter_by(email=emails[0]).one()
            climb(get_actor(slug, user).event, user, *LADDER[3:])

    return SimpleNamespace(
        site=site,
        staff=emails[0],
        captain=emails[1],
        base=f"{site.url}/k/{slug}",
        stage=f"{site.url}/k/{slug}/kelola/hasil/1/upacara",
        announce=announce,
    )


def sign_in(page: Page, evening: SimpleNamespace, email: str) -> None:
    let_in(page, evening.site.url, email, PASSWORD)


def open_stage(page: Page, evening: SimpleNamespace) -> None:
    sign_in(page, evening, evening.staff)
    page.goto(evening.stage)
    page.wait_for_selector("[data-ceremony][data-ready]")


def moving(page: Page) -> int:
    return int(page.evaluate("document.querySelector('h1').getAnimations().length"))


def test_a_ceremony_by_keyboard_without_a_network(browser: Browser, evening: SimpleNamespace) -> None:
    with visitor(browser, viewport=PROJECTOR) as hall:
        page = hall.new_page()
        open_stage(page, evening)
        titles = page.locator("main h1, main .iv-ladder b")
        assert_accessible(page)
        hall.set_offline(True)
        seen = [page.locator("h1").inner_text()]
        for key in ("ArrowRight", " ", "PageDown", "ArrowRight", "ArrowRight", "ArrowRight", "PageDown"):
            page.keyboard.press(key)
            seen.append(page.locator("h1").inner_text())
            text = page.locator("body").text_content() or ""
            told = {title for title in ("TERAS", "RAPI", "LENTERA", "SEMAI") if title in text}
            assert told <= set(" ".join(seen).split()), key  # nothing stands in the page before its step
        assert seen[1:] == [
            "Kelompok A",
            "RAPI",
            "TERAS",
            "Kelompok B",
            "SEMAI",
            "LENTERA",
            "Selamat kepada para pemenang",
        ]
        expect(page.get_by_role("button", name="Lanjut")).to_be_disabled()
        page.keyboard.press("Home")
        expect(page.get_by_role("button", name="Lanjut")).to_be_enabled()
        page.keyboard.press("4")
        expect(page.locator("h1")).to_have_text("TERAS")
        expect(page.locator("[role=status][data-say]")).to_contain_text("TERAS")
        expect(titles).to_contain_text(["TERAS", "TERAS", "RAPI"])
        assert moving(page) == 0  # it moved when it was opened, not again
        page.keyboard.press("b")
        expect(page.get_by_role("button", name="Tampilkan lagi")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(page.locator("h1")).to_have_text("TERAS")  # first the picture comes back
        page.keyboard.press("PageUp")
        expect(page.locator("h1")).to_have_text("RAPI")
        hall.set_offline(False)


def test_the_stage_moves_once_throws_paper_if_asked_and_rests_when_asked(
    browser: Browser, evening: SimpleNamespace
) -> None:
    with (
        visitor(browser, viewport=PROJECTOR) as hall,
        visitor(
            browser, viewport=PHONE, has_touch=True, reduced_motion="reduce", color_scheme="dark"
        ) as pocket,
    ):
        page, remote = hall.new_page(), pocket.new_page()
        open_stage(page, evening)
        page.keyboard.press("ArrowRight")
        assert moving(page) == 1
        page.keyboard.press("3")
        page.keyboard.press("ArrowRight")
        assert page.locator("canvas").count() == 0  # nobody asked
        page.keyboard.press("c")
        page.keyboard.press("End")
        page.keyboard.press("7")
        expect(page.locator("h1")).to_have_text("LENTERA")
        expect(page.locator("canvas.iv-confetti")).to_have_count(1)

        open_stage(remote, evening)
        assert_accessible(remote)
        expect(remote.get_by_role("button", name="Konfeti")).to_be_hidden()
        for _step in range(3):
            remote.locator("[data-act=next]").tap()
        expect(remote.locator("h1")).to_have_text("TERAS")
        assert moving(remote) == 0
        sizes = remote.locator("[data-act]:visible").evaluate_all(
            "buttons => buttons.map(button => button.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 44
        assert remote.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_accessible(remote)


def test_a_captain_objects_on_a_phone_and_is_answered(browser: Browser, evening: SimpleNamespace) -> None:
    evening.announce()
    with visitor(browser, viewport=PHONE, has_touch=True) as pocket, visitor(browser) as office:
        phone, desk = pocket.new_page(), office.new_page()
        sign_in(phone, evening, evening.captain)
        phone.goto(f"{evening.base}/peringkat")
        phone.get_by_role("link", name="Sanggahan tim").click()
        phone.get_by_role("link", name="Ajukan sanggahan").click()
        assert_accessible(phone)
        phone.get_by_label("Isi sanggahan").fill(WORDS)
        paper = {"name": "nilai.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
        phone.get_by_label("Lampiran").set_input_files([paper])
        phone.get_by_role("button", name="Kirim sanggahan").click()
        expect(phone.locator("main")).to_contain_text("Tanda terima S-001")
        assert_accessible(phone)

        sign_in(desk, evening, evening.staff)
        desk.goto(f"{evening.base}/kelola/sanggahan")
        desk.get_by_role("link", name="RAPI").click()
        desk.get_by_label("Diterima", exact=True).check()
        desk.get_by_label("Jawaban untuk tim").fill(ANSWER)
        desk.get_by_role("button", name="Kirim jawaban").click()
        expect(desk.locator("main")).to_contain_text("Ke langkah koreksi")
        assert_accessible(desk)

        phone.reload()
        expect(phone.locator("main")).to_contain_text(ANSWER)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
