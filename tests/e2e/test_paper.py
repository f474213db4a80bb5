"""A ballot on paper: printed one sheet a page, typed in by two clerks, counted."""

from types import SimpleNamespace

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.paper.models import PaperSheet
from innovate.scoring.models.ballots import Ballot, BallotState
from tests.factories import build
from tests.factories.build import PASSWORD
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
A4 = (595, 842)  # points


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def office(site: Site) -> SimpleNamespace:
    """Two clerks, and a juror with two entries."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-17)
        round_ = build.make_round(event)
        for criterion in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id):
            criterion.levels = [
                {"value": str(n), "label": f"Jenjang {n}", "description": f"Uraian {n}"} for n in (1, 3, 5)
            ]
        juror = build.make_user(name="Hendra Tanuwijaya")
        build.give_role(event, juror, Role.JUROR)
        clerks = [build.make_user(name=name) for name in ("Ana", "Budi")]
        for clerk in clerks:
            build.give_role(event, clerk, Role.SECRETARIAT)
        for n, title in enumerate(("PARIT KITA", "PECI HAJI"), 1):
            idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
            build.make_assignment(round_, idea, juror)
        return SimpleNamespace(
            site=site,
            clerks=[clerk.email for clerk in clerks],
            room=f"{site.url}/k/{event.slug}/kelola/kertas",
        )


def sign_in(page: Page, office: SimpleNamespace, email: str) -> None:
    let_in(page, office.site.url, email, PASSWORD)


def key_in(page: Page, office: SimpleNamespace, code: str, values: str) -> None:
    page.goto(office.room)
    page.get_by_label("Kode pada kertas").fill(code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url("**/kertas/lembar/*")
    for box, value in zip(page.locator(".iv-keyrow input").all(), values, strict=True):
        box.fill(value)
    page.get_by_label("Lembar ini ditandatangani juri").check()
    page.locator(".iv-keying button[type=submit]").click()


def test_from_paper_to_a_ballot(browser: Browser, office: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as first, visitor(browser, viewport=DESKTOP) as second:
        ana, budi = first.new_page(), second.new_page()
        sign_in(ana, office, office.clerks[0])
        ana.goto(office.room)
        ana.get_by_role("button", name="Siapkan lembar").click()
        ana.locator(".iv-confirm-panel button[type=submit]").click()
        expect(ana.locator(".iv-scoresheet")).to_have_count(3)  # two entries and a spare
        assert_accessible(ana)
        pages = pypdfium2.PdfDocument(ana.pdf(prefer_css_page_size=True))
        assert len(pages) == 3
        assert [round(length) for length in pages[0].get_size()] == pytest.approx(A4, abs=1)
        texts = [page.get_textpage().get_text_range() for page in pages]
        codes = [text.strip() for text in ana.locator(".iv-scoresheet-code b").all_text_contents()]
        assert [code in text for code, text in zip(codes, texts, strict=True)] == [True] * 3
        key_in(ana, office, codes[0], "44444")
        expect(ana.get_by_text("Ketikan pertama tersimpan.")).to_be_visible()

        sign_in(budi, office, office.clerks[1])
        key_in(budi, office, codes[0], "44443")
        expect(budi.get_by_text("Ketikan berbeda.").first).to_be_visible()
        assert_accessible(budi)
        key_in(budi, office, codes[0], "44444")
        expect(budi.get_by_text("Dua orang mengetik sama.")).to_be_visible()
    with office.site.application():
        sheet = db.session.query(PaperSheet).filter_by(code=codes[0].replace("-", "")).one()
        ballot = db.session.query(Ballot).filter_by(assignment_id=sheet.assignment_id).one()
        assert (ballot.state, ballot.total) == (BallotState.SUBMITTED, 75.0)
