"""A finalist is visited: the visitor writes on a phone without script, and the organizer decides what follows."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.core.db import transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.visits.domain.states import VisitEffect, VisitState
from tests.factories import build
from tests.factories.boards import LADDER, climb
from tests.factories.build import PASSWORD
from tests.factories.visits import make_visit, make_visit_photo, picture
from tests.support.axe import assert_accessible
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def site(shared_site: Site) -> Site:
    return shared_site


@pytest.fixture
def office(site: Site) -> SimpleNamespace:
    """An announced round, a visit that waits for a juror, and one that is finished."""
    with site.application(), transaction():
        event = build.make_event(shift_days=-31)
        round_ = build.make_round(event)
        organizer, juror = build.make_user(), build.make_user(name="Dewi Juri")
        build.give_role(event, organizer, Role.ORGANIZER)
        build.give_role(event, juror, Role.JUROR)
        ideas = []
        for n, title in enumerate(("PARIT KITA", "PECI HAJI"), 1):
            idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
            build.make_ballot(build.make_assignment(round_, idea, build.make_user()), [6 - n] * 5)
            ideas.append(idea)
        climb(event, organizer, *LADDER)
        make_visit(ideas[0], organizer, juror)
        done = make_visit(
            ideas[1], organizer, juror, state=VisitState.FINISHED, effect=VisitEffect.DISQUALIFY
        )
        make_visit_photo(done, organizer)
        return SimpleNamespace(
            site=site,
            organizer=organizer.email,
            juror=juror.email,
            base=f"{site.url}/k/{event.slug}",
            done=done.public_id,
        )


def test_a_visit_from_the_phone_to_the_corrected_ranking(
    browser: Browser, office: SimpleNamespace, tmp_path
) -> None:
    photo = tmp_path / "parit.jpg"
    photo.write_bytes(picture(size=(800, 600)))
    with visitor(browser, viewport=PHONE, java_script_enabled=False) as bare:
        page = bare.new_page()
        let_in(page, office.site.url, office.juror, PASSWORD)
        write_in_the_field(page, office, photo)
    with visitor(browser, viewport=DESKTOP) as context:
        page = context.new_page()
        let_in(page, office.site.url, office.organizer, PASSWORD)
        decide(page, office)


def write_in_the_field(page: Page, office: SimpleNamespace, photo: Path) -> None:
    page.goto(f"{office.base}/juri")
    page.get_by_role("link", name="Buka lembar lapangan").click()
    for choice in page.locator(".iv-verdicts").all():
        met = choice.get_by_role("radio", name="Terpenuhi", exact=True)
        box = met.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        met.check()
    page.get_by_label("Temuan").fill("Alat ukur ada di tiga parit.")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    page.get_by_label("Foto (JPG, PNG, atau WebP)").set_input_files(photo)
    page.get_by_label("Keterangan foto").fill("Alat ukur di parit")
    page.get_by_role("button", name="Tambah foto").click()
    expect(page.get_by_text("Alat ukur di parit")).to_be_visible()
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    expect(page.get_by_label("Temuan")).to_have_value("Alat ukur ada di tiga parit.")
    page.get_by_label("Simpulan").fill("Benar dipakai.")
    page.get_by_label("Catatan bagi dewan juri").check()
    page.get_by_label("Catatan yang dibaca dewan juri").fill("Baru dipakai di satu kelurahan.")
    page.get_by_role("button", name="Selesaikan dan kunci").click()
    expect(page.get_by_text("Verifikasi selesai dan dikunci.")).to_be_visible()
    expect(page.get_by_role("button", name="Selesaikan dan kunci")).to_have_count(0)


def decide(page: Page, office: SimpleNamespace) -> None:
    page.goto(f"{office.base}/kelola/verifikasi/{office.done}")
    assert_accessible(page)
    page.get_by_role("link", name="Putuskan diskualifikasi").click()
    expect(page.get_by_text(re.compile("yang sudah diumumkan ditarik dan dihitung ulang"))).to_be_visible()
    page.get_by_label("Ketentuan yang dilanggar").fill("Juknis Bab IV")
    page.get_by_label("Alasan").fill("Inovasi tidak dipakai di lokasi.")
    page.get_by_label("Saya sudah membaca akibatnya di atas").check()
    page.get_by_role("button", name="Diskualifikasi karya").click()
    expect(page.get_by_role("heading", name="Batalkan diskualifikasi?")).to_be_visible()
    page.goto(f"{office.base}/kelola/hasil/1")
    expect(page.get_by_text("PECI HAJI")).to_have_count(0)
    page.goto(f"{office.base}/peringkat")
    expect(page.get_by_role("heading", name="Peringkat sedang dikoreksi")).to_be_visible()
