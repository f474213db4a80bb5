"""How an entry came to its rank: read by a visitor on a phone, by its captain, and by the organizer with names."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, expect

from innovate.core.db import transaction
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.services.rules import begin_rules
from tests.factories import build
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW, PASSWORD
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
QUALITY = {"TERAS": 4, "RAPI": 3, "SEMAI": 4, "KEPAK": 2, "LENTERA": 3, "PARIT": 2}
STRICTNESS = (-1, 0, 1)


@pytest.fixture
def contest(shared_site: Site) -> SimpleNamespace:
    """Six entries, each scored by two of three jurors who differ in strictness, ranked fairly and announced."""
    site = shared_site
    site.set_clock(NOW)
    with site.application(), transaction():
        event = build.make_event(shift_days=-31)
        round_ = build.make_round(event)
        begin_rules(round_, None)
        staff, captain = build.make_user(), build.make_user()
        build.give_role(event, staff, Role.ORGANIZER)
        jurors = [build.make_user(name=f"Juri Ketat {n}") for n in range(3)]
        group = next(g.id for g in get_actor(event.slug, None).event.groups if g.code == "A")
        for n, (title, quality) in enumerate(QUALITY.items()):
            people = (captain,) if title == "RAPI" else ()
            team = build.make_team(event, *people, group_id=group)
            idea = build.make_idea(team, state=IdeaState.ELIGIBLE, title=title, number=n + 1)
            for k in range(2):
                mark = quality + STRICTNESS[(n + k) % 3]
                seat = build.make_assignment(round_, idea, jurors[(n + k) % 3])
                build.make_ballot(seat, [mark] * 4 + [min(5, mark + (n == 3))])
        climb(event, staff, *LADDER)
        slug, emails = event.slug, (staff.email, captain.email)
    return SimpleNamespace(url=site.url, base=f"{site.url}/k/{slug}", organizer=emails[0], captain=emails[1])


def test_everybody_can_follow_a_rank_and_few_learn_who_gave_what(
    browser: Browser, contest: SimpleNamespace
) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True, color_scheme="dark") as street:
        page = street.new_page()
        page.goto(f"{contest.base}/peringkat")
        page.get_by_role("link", name="Rincian RAPI").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("RAPI")
        steps = page.locator(".iv-working")
        expect(steps).to_contain_text("Para jurinya lebih longgar")
        expect(steps).to_contain_text("Penilaian satu per satu tidak ditampilkan")
        expect(steps).to_contain_text("yang ke-")
        expect(page.locator("body")).not_to_contain_text("Juri Ketat")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_accessible(page)
        public = page.url

        let_in(page, contest.url, contest.captain, PASSWORD)
        page.goto(public)
        expect(page.locator(".iv-working-ballots li")).to_have_count(
            2
        )  # the team's own ballots, without names
        expect(page.locator(".iv-working-ballots")).to_contain_text("Juri ini lebih longgar")
        expect(page.locator("body")).not_to_contain_text("Juri Ketat")
        assert_accessible(page)

    with visitor(browser) as office:
        desk = office.new_page()
        let_in(desk, contest.url, contest.organizer, PASSWORD)
        desk.goto(f"{contest.base}/kelola/hasil/1")
        desk.get_by_role("link", name="Rincian RAPI").click()
        expect(desk.locator("main")).to_contain_text(
            "Hanya panitia, ketua juri, dan auditor yang melihat nama juri."
        )
        expect(desk.get_by_role("table", name="Penilaian karya ini")).to_contain_text("Juri Ketat 1")
        assert_accessible(desk)
