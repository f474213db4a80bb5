"""Every GET endpoint of the URL map, opened in a real browser by somebody who may; axe finds nothing.

Desktop in the light theme and phone in the dark one, whichever comes first, without loading it again; in Indonesian,
without motion (a colour on its way is neither); the server's clock stands in the judging phase. In the second look only
what a look decides is asked, unless it shows something that the first did not; what stands around every page comes
first in both.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, CDPSession, Error, Page

from innovate.core.db import db, transaction
from innovate.ideas.models import IdeaRevision
from tests.factories.addresses import address_of
from tests.factories.build import NOW, PASSWORD
from tests.factories.world import World, build_world
from tests.support.axe import bring_along, violations
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.database import Databases
from tests.support.server import running_site
from tests.web.permission_table import TABLE

# Whose eyes: the first of these who may open the page.
EYES = (
    "visitor",
    "captain",
    "coordinator",
    "mentor",
    "juror",
    "chair",
    "organizer",
    "admin",
    "site_organizer",
    "stranger",
)
FILES = {
    "accounts.sign_out",
    "admin.audit_csv",
    "admin.units_export",
    "clinics.calendar",
    "clinics.export",
    "documents.appointment",
    "documents.archive",
    "documents.attendance",
    "documents.download",
    "documents.own_pact",
    "documents.own_paper",
    "documents.own_sheet",
    "documents.preview",
    "events.built_in_file",
    "endorsement.export",
    "endorsement.learning_file",
    "endorsement.letter",
    "endorsement.scan",
    "documents.score_sheets",
    "documents.sheet",
    "learning.calendar",
    "learning.material",
    "learning.people_file",
    "documents.attendance_sheet",
    "documents.kept_attendance_sheet",
    "documents.training_archive",
    "documents.training_download",
    "documents.training_preview",
    "learning.attendance_file",
    "learning.record_file",
    "learning.scan",
    "learning.screen_state",
    "events.calendar",
    "events.letter",
    "events.event_file",
    "partners.challenge_data",
    "partners.logo",
    "partners.statements_file",
    "events.saved_file",
    "home.healthz",
    "home.robots",
    "home.sitemap",
    "ideas.download",
    "leaders.download",
    "leaders.workbook",
    "ideas.queue_file",
    "ideas.show_page",
    "impact.download",
    "intake.example",
    "intake.faults",
    "pitch.console_part",
    "pitch.state",
    "pairwise.download",
    "offline.present",
    "offline.worker",
    "organizer.audit_csv",
    "quizzes.results_file",
    "quizzes.sample",
    "results.download_board",
    "results.download_bundle",
    "results.download_full_bundle",
    "results.download_leaderboard",
    "results.download_minutes",
    "results.download_pack",
    "results.example_file",
    "results.objection_file",
    "results.keys_file",
    "privacy.breaches_csv",
    "privacy.download",
    "scoring.download_conflicts",
    "scoring.maturity_file",
    "scoring.offline",
    "tasks.state",
    "visits.calendar",
    "visits.photo",
    "surveys.export",
    "surveys.rate",
    "surveys.site_export",
    "surveys.site_rate",
}
MEASURES = """() => {
    document.getAnimations().filter(each => each instanceof CSSTransition).forEach(each => each.finish());
    return [
        matchMedia("(prefers-color-scheme: dark)").matches && matchMedia("(pointer: coarse)").matches,
        innerWidth,
        document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ];
}"""
# Whether the page shows what it did not when this was last asked on it.
SHOWS_MORE = """() => {
    const shown = [...document.querySelectorAll("main *")].filter(each => each.getClientRects().length);
    const more = !globalThis.shownBefore || shown.some(each => !globalThis.shownBefore.has(each));
    globalThis.shownBefore = new Set(shown);
    return more;
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, databases: Databases):
    """A running product with the full house in it: (address, pages by whose eyes, mail by role)."""
    folder = tmp_path_factory.mktemp("walk")
    databases.fresh_url("sqlite", "walk", folder)
    with running_site(folder, at=NOW) as site:
        with site.application() as app, transaction():
            world = build_world()
            name_at_length(world)
            emails = {name: user.email for name, user in world.users.items()}
            pages: dict[str, list[str]] = {name: [] for name in EYES}
            for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
                if rule.endpoint == "static" or rule.endpoint in FILES or "GET" not in (rule.methods or ()):
                    continue
                who = next(name for name in EYES if name in TABLE[f"GET {rule.endpoint}"])
                pages[who].append(address_of(app, rule, world))
        yield site.url, pages, emails


def name_at_length(world: World) -> None:
    """Names without a space in them, as long as they may be: no page becomes wider than a telephone for that."""
    word = "Ketidakbersinambungan" * 7
    world.event.name += word[:120]
    world.team.name += word[:60]
    world.idea.title += word[:120]
    db.session.get_one(IdeaRevision, world.idea.submitted_revision_id).title = world.idea.title
    for user in world.users.values():
        user.name += word[:80]


def look_at(page: Page, hand: CDPSession, address: str, *, phone_first: bool) -> list[str]:
    response = page.goto(address)
    assert response is not None
    if response.status not in {200, 400, 404, 410}:  # a worn-out token is told on a page of its own
        return [f"{response.status} at {address}"]
    found = faults(page, dark_phone=phone_first)
    become(page, hand, dark_phone=not phone_first)
    found += faults(page, dark_phone=not phone_first)
    return [f"{address}: {line}" for line in found]


def become(page: Page, hand: CDPSession, *, dark_phone: bool) -> None:
    """The same page on the other device: its screen, its theme, a finger instead of a mouse."""
    size = PHONE if dark_phone else DESKTOP
    hand.send("Emulation.setDeviceMetricsOverride", {**size, "deviceScaleFactor": 1, "mobile": dark_phone})
    hand.send("Emulation.setTouchEmulationEnabled", {"enabled": dark_phone})
    page.emulate_media(color_scheme="dark" if dark_phone else "light", reduced_motion="reduce")


def faults(page: Page, *, dark_phone: bool) -> list[str]:
    """What is wrong with it; a page that goes on by itself (a test whose time is over) is looked at where it leads."""
    try:
        return faults_as_it_stands(page, dark_phone=dark_phone)
    except Error as error:
        if "navigation" not in error.message:
            raise
        page.wait_for_load_state()
        return faults_as_it_stands(page, dark_phone=dark_phone)


def faults_as_it_stands(page: Page, *, dark_phone: bool) -> list[str]:
    dark_and_touched, width, wide = page.evaluate(MEASURES)
    assert (dark_and_touched, width) == (dark_phone, (PHONE if dark_phone else DESKTOP)["width"])
    sideways = [f"scrolls sideways by {wide} px"] if wide > 0 else []
    lines = (*sideways, *violations(page, looks_only=not page.evaluate(SHOWS_MORE)))
    return [f"{'dark phone' if dark_phone else 'desktop'}: {line}" for line in lines]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("eyes", EYES)
def test_nothing_is_found_on_any_page(browser: Browser, house, eyes: str) -> None:
    base, pages, emails = house
    found: list[str] = []
    with visitor(browser, reduced_motion="reduce") as person:
        page = person.new_page()
        bring_along(page)
        if eyes != "visitor":
            let_in(page, base, emails[eyes], PASSWORD)
        hand = person.new_cdp_session(page)
        become(page, hand, dark_phone=False)
        for n, path in enumerate(pages[eyes]):  # what a page ended as, the next begins as
            found += look_at(page, hand, base + path, phone_first=n % 2 == 1)
    assert not found, "\n" + "\n".join(found)
