"""Official papers in a browser: a text is written and seen; its paper is issued, checked, replaced and revoked."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core import clock
from innovate.core.db import db, transaction
from innovate.documents.domain.codes import show_code
from innovate.documents.models import Document
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.tasks.services import run_next
from tests.factories import build
from tests.factories.build import PASSWORD
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def office(shared_site: Site) -> SimpleNamespace:
    """An organizer and a team."""
    with shared_site.application(), transaction():
        event = build.make_event(shift_days=-17)
        organizer = build.make_user(name="Ratna Dewi")
        build.give_role(event, organizer, Role.ORGANIZER)
        captain = build.make_user(name="Syarif Abdurrahman")
        build.make_idea(
            build.make_team(event, captain), state=IdeaState.ELIGIBLE, title="PECI HAJI", number=1
        )
        return SimpleNamespace(
            site=shared_site,
            event_id=event.id,
            email=organizer.email,
            room=f"{shared_site.url}/k/{event.slug}/kelola/dokumen",
        )


def papers(office: SimpleNamespace) -> list[Document]:
    """Whatever waits is set; then the event's papers."""
    with office.site.application():
        while run_next(clock.now):
            pass
        return db.session.query(Document).filter_by(event_id=office.event_id).order_by(Document.id).all()


def write_text(page: Page, office: SimpleNamespace) -> None:
    page.goto(f"{office.room}/format/certificate")
    page.get_by_label("Di bawah peran").fill("sebagai tanda hadir pada {{ nama_kegitan }}")
    page.get_by_role("button", name="Lihat pratinjau").click()
    expect(page.get_by_text("Maksud Anda {{ nama_kegiatan }}?").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Di bawah peran").fill("sebagai tanda hadir pada {{ nama_kegiatan }}")
    page.get_by_role("button", name="Lihat pratinjau").click()
    picture = page.get_by_alt_text("Halaman 1 dari 1")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.naturalWidth > each.naturalHeight")
    assert_accessible(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Versi 1 sedang berlaku.")).to_be_visible()


def test_a_text_is_written_and_its_paper_lives_and_ends(browser: Browser, office: SimpleNamespace) -> None:
    with visitor(browser, viewport=DESKTOP) as mine, visitor(browser, viewport=DESKTOP) as theirs:
        page, guest = mine.new_page(), theirs.new_page()
        let_in(page, office.site.url, office.email, PASSWORD)
        write_text(page, office)
        page.goto(office.room)
        with page.expect_response("**/sertifikat/participants"):
            page.get_by_role("button", name="Terbitkan untuk peserta").click()
        (first,) = papers(office)
        assert first.is_set
        check = f"{office.site.url}/dokumen/{show_code(first.code)}"
        guest.goto(check)
        expect(guest.get_by_role("heading", name="Dokumen ini berlaku")).to_be_visible()
        expect(guest.get_by_text("Syarif Abdurrahman")).to_be_visible()

        page.goto(f"{office.room}/{first.public_id}")
        page.locator("#alasan-ganti").fill("Gelar pada nama tertinggal.")
        with page.expect_response("**/ganti"):
            page.get_by_role("button", name="Terbitkan ulang").click()
        _old, second = papers(office)
        guest.goto(check)
        expect(guest.get_by_role("heading", name="Dokumen ini sudah digantikan")).to_be_visible()
        page.goto(f"{office.room}/{second.public_id}")
        page.locator("#alasan-cabut").fill("Peserta tidak hadir.")
        page.get_by_role("button", name="Cabut", exact=True).click()
        expect(page.get_by_text("Naskah dicabut.")).to_be_visible()
        guest.goto(f"{office.site.url}/dokumen/{show_code(second.code)}")
        expect(guest.get_by_role("heading", name="Dokumen ini sudah dicabut")).to_be_visible()
