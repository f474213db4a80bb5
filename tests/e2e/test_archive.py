"""Last year's sheet becomes an archive, a mended file a template, and a verifier sees points and predicate move."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, expect

from innovate.accounts.models import SiteRole
from innovate.core.db import transaction
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.template import Timespan
from innovate.events.services.creation import NewEvent, create_from_template
from innovate.events.services.templates import load_templates
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.queries.rounds import list_rounds
from tests.factories.build import (
    NOW,
    PASSWORD,
    give_role,
    make_assignment,
    make_idea,
    make_team,
    make_unit,
    make_user,
)
from tests.support.axe import assert_accessible
from tests.support.browser import let_in, visitor
from tests.support.server import Site

pytestmark = pytest.mark.browser
SHEET = "Judul;OPD;Juara\nPECI HAJI;Dinas Arsip Peragaa;Juara I\nSIAGA;dinas-arsip;\n"
FILE = """name: Lomba parit
labels: {group: Kelompok, track: Kategori, entry: Usulan}
team: {min: 1, max: 5, allow_non_asn: true, one_team_per_person: false}
phases:
  - {kind: submission, name: Pengajuan, days_from_start: 0, duration_days: 0}
"""


@pytest.fixture(scope="module")
def scene(shared_site: Site, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    with shared_site.application(), transaction():
        keeper = make_user(site_role=SiteRole.ORGANIZER)
        make_unit(name="Dinas Arsip Peraga", code="dinas-arsip")
        times = (NOW - timedelta(days=2), NOW + timedelta(days=2))
        spans = [Timespan(PhaseKind.JUDGING, "Verifikasi Indikator", *times)]
        event = create_from_template(
            keeper, load_templates()["iga"], NewEvent("IGA", "iga-e2e", spans), at=NOW
        )
        event.state = EventState.PUBLISHED
        verifier = make_user()
        give_role(event, verifier, Role.JUROR)
        idea = make_idea(make_team(event, make_user()), state=IdeaState.ELIGIBLE)
        seat = make_assignment(list_rounds(event.id)[0], idea, verifier)
        file = tmp_path_factory.mktemp("archive") / "juara.csv"
        file.write_text(SHEET)
        return SimpleNamespace(
            url=shared_site.url, keeper=keeper.email, verifier=verifier.email, seat=seat.public_id, file=file
        )


def test_a_sheet_and_a_file_are_mended_and_saved(browser: Browser, scene: SimpleNamespace) -> None:
    with visitor(browser) as person:
        page = person.new_page()
        let_in(page, scene.url, scene.keeper, PASSWORD)
        page.goto(f"{scene.url}/edisi/kelola/impor")
        page.set_input_files("[name=file]", scene.file)
        page.get_by_role("button", name="Baca berkas").click()
        page.get_by_label("Nama edisi untuk sel yang kosong").fill("Lomba 2022")
        page.get_by_label("Tahun untuk sel yang kosong").fill("2022")
        page.get_by_role("button", name="Periksa lagi").click()
        assert_accessible(page)
        page.get_by_label("Dinas Arsip Peragaa").select_option("dinas-arsip")
        page.get_by_role("button", name="Periksa lagi").click()
        expect(page.get_by_role("heading", name="2 karya akan disimpan")).to_be_visible()
        page.get_by_role("button", name="Simpan semuanya").click()
        expect(page.get_by_role("link", name="PECI HAJI")).to_be_visible()
        assert_accessible(page)
        page.goto(f"{scene.url}/templat/unggah")
        page.get_by_label("Atau isi berkasnya").fill(FILE)
        page.get_by_role("button", name="Periksa berkas").click()
        expect(page.get_by_text("Baris 5: phases 1, duration_days")).to_be_visible()
        assert_accessible(page)
        page.get_by_label("Atau isi berkasnya").fill(FILE.replace("duration_days: 0", "duration_days: 9"))
        page.get_by_role("button", name="Periksa berkas").click()
        assert_accessible(page)
        page.get_by_role("button", name="Simpan templat").click()
        expect(page.get_by_role("heading", name="Lomba parit")).to_be_visible()
        assert_accessible(page)


def test_points_and_predicate_move_with_the_levels(browser: Browser, scene: SimpleNamespace) -> None:
    with visitor(browser) as person:
        page = person.new_page()
        let_in(page, scene.url, scene.verifier, PASSWORD)
        page.goto(f"{scene.url}/k/iga-e2e/juri/karya/{scene.seat}")
        line = page.locator("[data-index]")
        expect(line).to_have_text("0 dari 111, Kurang Inovatif")
        boxes = page.locator("fieldset[data-criterion]")
        for number in range(20):
            boxes.nth(number).locator("input").nth(2).dispatch_event("click")
        expect(line).to_have_text("74 dari 111, Sangat Inovatif")
        boxes.nth(19).locator("input").nth(0).dispatch_event("click")
        expect(line).to_have_text("66 dari 111, Sangat Inovatif")
