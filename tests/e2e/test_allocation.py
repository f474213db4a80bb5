"""The allocation board in a real browser: dragged, moved by key, and by form without script."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.scoring.models.jury import Assignment, AssignmentState
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
def room(site: Site) -> SimpleNamespace:
    """Three entries, the third of the juror's own unit; the juror sits on the first."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        round_ = build.make_round(event)
        unit = build.make_unit()
        juror, other, organizer = (
            build.make_user(name="Agus Wijaya", unit_id=unit.id),
            *(build.make_user(name=name) for name in ("Maria Lestari", "Rina Kusuma")),
        )
        build.give_role(event, juror, Role.JUROR)
        build.give_role(event, other, Role.JUROR)
        build.give_role(event, organizer, Role.ORGANIZER)
        ideas = [
            build.make_idea(
                build.make_team(event, unit_id=unit.id if n == 3 else None),
                state=IdeaState.ELIGIBLE,
                title=title,
                number=n,
            )
            for n, title in enumerate(("PARIT KITA", "PECI HAJI", "SIPUTRI"), 1)
        ]
        build.make_assignment(round_, ideas[0], juror)
        return SimpleNamespace(
            site=site,
            round_id=round_.id,
            email=organizer.email,
            board=f"{site.url}/k/{event.slug}/kelola/penugasan/1/papan",
        )


def open_board(page: Page, room: SimpleNamespace) -> None:
    let_in(page, room.site.url, room.email, PASSWORD)
    page.goto(room.board)


def standing(room: SimpleNamespace) -> list[int]:
    with room.site.application():
        query = db.session.query(Idea.number).join(Assignment, Assignment.idea_id == Idea.id)
        query = query.filter(Assignment.round_id == room.round_id)
        rows = query.filter(Assignment.state == AssignmentState.ACTIVE).order_by(Idea.number)
        return [number for (number,) in rows]


def drag(page: Page, chip: Locator, row: Locator) -> None:
    """As a hand does it: the entries say what is possible before the juror is let go."""
    row.scroll_into_view_if_needed()
    chip.hover()
    page.mouse.down()
    row.hover()
    expect(page.locator(".iv-alloc.is-holding")).to_be_visible()
    row.hover()
    page.mouse.up()


def test_a_juror_is_dragged_and_the_move_taken_back(browser: Browser, room: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as person:
        page = person.new_page()
        open_board(page, room)
        page.wait_for_selector("[data-allocation-ready]")
        assert_accessible(page)
        rows = page.locator("[data-entry]")
        drag(page, rows.nth(0).locator(".iv-seatchip").first, rows.nth(1))
        expect(page.get_by_text("Agus Wijaya dipindahkan dari 001 ke 002.")).to_be_visible()
        assert standing(room) == [2]
        assert_accessible(page)
        page.get_by_role("button", name="Batalkan pemindahan").click()
        expect(page.get_by_text("Juri kembali ke karya semula")).to_be_visible()
        assert standing(room) == [1]
        page.wait_for_selector("[data-allocation-ready]")
        chip = page.locator(".iv-alloc-side .iv-seatchip", has_text="Maria Lestari")
        drag(page, chip, page.locator("[data-entry]").nth(2))
        expect(page.get_by_text("Juri ditugaskan.")).to_be_visible()
    assert standing(room) == [1, 3]


def test_a_juror_is_moved_by_key_and_a_conflict_says_so(browser: Browser, room: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as person:
        page = person.new_page()
        open_board(page, room)
        page.wait_for_selector("[data-allocation-ready]")
        live = page.locator("[data-live]")
        page.locator("[data-entry] .iv-seatchip").first.focus()
        page.keyboard.press("Enter")
        expect(live).to_contain_text("Agus Wijaya dipegang")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(live).to_contain_text("SIPUTRI: tidak bisa: bekerja di unit yang sama")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        expect(live).to_contain_text("Dibatalkan. Agus Wijaya tetap di tempatnya.")
        assert standing(room) == [1]
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Agus Wijaya dipindahkan dari 001 ke 002.")).to_be_visible()
    assert standing(room) == [2]


def test_without_script_on_a_phone_a_form_moves(browser: Browser, room: SimpleNamespace) -> None:
    with visitor(browser, viewport=PHONE, java_script_enabled=False) as person:
        page = person.new_page()
        open_board(page, room)
        page.locator(".iv-alloc-rows .iv-seatchip").first.click()
        page.get_by_label("Karya tujuan").select_option(label="002 PECI HAJI (0/3)")
        page.get_by_role("button", name="Pindahkan").click()
        expect(page.get_by_text("Agus Wijaya dipindahkan dari 001 ke 002.")).to_be_visible()
    assert standing(room) == [2]
