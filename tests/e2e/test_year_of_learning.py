"""One thread from a workshop to a service that is still in use half a year after the competition.

Each person has a browser of their own, mails lead to the next page, and the clock goes on from step to step.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.clinics.models import ClinicAction, ClinicBooking
from innovate.core.db import db, transaction
from innovate.core.jobs import run_job
from innovate.documents.domain.codes import show_code
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.models import Document
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.models import Actual, FollowUp, Innovation
from innovate.learning.domain.kinds import Method
from innovate.learning.models import Activity, Attendance, Enrolment
from innovate.partners.models.teams import StatementAcceptance
from innovate.surveys.models import Survey, SurveyResponse
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.printed import codes_in, codes_seen, read_pdf
from tests.factories.year import SLUG, TITLE, Year, answer_for_colleagues, fill_the_room, judge, make_year
from tests.support.axe import assert_accessible
from tests.support.browser import fetch
from tests.support.database import Databases
from tests.support.server import Site, running_site
from tests.support.stage import Stage

pytestmark = pytest.mark.browser
ZONE = ZoneInfo("Asia/Pontianak")
WORKSHOP = datetime(2026, 11, 24, 9, 5, tzinfo=ZONE)
TEAMING = datetime(2026, 11, 25, 9, tzinfo=ZONE)
CLINIC = datetime(2026, 11, 26, 10, tzinfo=ZONE)
ANNOUNCING = datetime(2026, 12, 24, 9, tzinfo=ZONE)
FOLLOWING = datetime(2027, 6, 25, 9, tzinfo=ZONE)
DAY = timedelta(days=1)
NOTES = "Tinggi air cukup diukur di tiga parit lebih dulu."
PROMISE = "Pasang alat ukur di Parit Tokaya"
WISH = "Contoh datanya diperbanyak."
STORY = "Warga Parit Tokaya memindahkan motor sebelum air naik."


class Play(Stage):
    """The product and the people of the year."""

    def __init__(self, site: Site, year: Year, browser: Browser, stack: ExitStack) -> None:
        super().__init__(site, SLUG, browser, stack)
        self.year = year


@pytest.fixture
def play(browser: Browser, tmp_path: Path, databases: Databases) -> Iterator[Play]:
    databases.fresh_url("sqlite", "year", tmp_path)
    with running_site(tmp_path, at=NOW) as site, ExitStack() as stack:
        with site.application(), transaction():
            year = make_year()
        yield Play(site, year, browser, stack)


@pytest.mark.timeout(240)  # half a year, in a browser
def test_from_a_workshop_to_a_service_still_in_use(play: Play) -> None:
    workshop = publish_workshop(play)
    enrol(play, workshop)
    play.site.set_clock(WORKSHOP)
    attend(play, workshop)
    play.site.set_clock(WORKSHOP + timedelta(hours=4))
    certify(play, workshop)

    play.site.set_clock(TEAMING)
    take_the_challenge(play)
    book_a_clinic(play)
    play.site.set_clock(CLINIC + timedelta(minutes=40))
    keep_what_was_agreed(play)
    hand_in(play)

    play.site.set_clock(ANNOUNCING)
    with play.site.application(), transaction():
        judge(play.year, ANNOUNCING)
    survey_afterwards(play)
    watch_the_impact(play)

    play.site.set_clock(FOLLOWING)
    follow_up(play)
    verify(play)
    read_the_impact(play)
    lead(play)


def press(page: Page, label: str, ok: str = "") -> None:
    """A button that asks first."""
    panel = page.locator("details.iv-confirm").filter(has=page.locator("summary", has_text=label)).first
    panel.locator("summary").click()
    panel.get_by_role("button", name=ok or label, exact=True).last.click()


# -- the workshop -----------------------------------------------------------------------------------------------------


def publish_workshop(play: Play) -> str:
    """The organizer writes it, gives it a session, looks at it as a reader would, and publishes it; its address."""
    page = play.arrive(play.year.organizer)
    page.goto(f"{play.site.url}/pelatihan/baru?acara={SLUG}")
    page.get_by_label("Jenis").select_option(label="Lokakarya")
    page.get_by_label("Judul", exact=True).fill("Lokakarya Data Banjir")
    page.get_by_label("Jumlah tempat").fill("30")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Tambah sesi").first.click()
    page.get_by_label("Judul sesi").fill("Membaca tinggi air")
    page.get_by_label("Mulai").fill("2026-11-24T09:00")
    page.get_by_label("Selesai").fill("2026-11-24T12:00")
    page.get_by_label("Jeda (menit)").fill("45")
    page.get_by_label("Ruangan").fill("Aula Bappeda")
    page.get_by_label("Narasumber").fill("Dr. Sulastri; dosen hidrologi")
    page.get_by_role("button", name="Simpan sesi").click()
    page.get_by_role("link", name="Pratinjau").click()
    address = page.url
    assert play.arrive().goto(address).status == 404  # a draft is its makers' own
    press(page, "Terbitkan")
    expect(page.get_by_text("Kegiatan terbit dan tampil di agenda.")).to_be_visible()
    return address


def enrol(play: Play, workshop: str) -> None:
    """Found on the agenda, on the phone."""
    page = play.arrive(play.year.captain, phone=True)
    page.goto(f"{play.site.url}/pelatihan")
    page.get_by_role("link", name="Lokakarya Data Banjir").click()
    assert page.url == workshop
    page.get_by_role("button", name="Daftar", exact=True).click()
    expect(page.get_by_text("Anda terdaftar", exact=True).first).to_be_visible()
    expect(page.locator("main")).to_contain_text("29 dari 30 tersisa")
    assert_accessible(page)
    with play.site.application():
        assert [row.user_id for row in db.session.query(Enrolment)] == [play.year.captain.id]


def attend(play: Play, workshop: str) -> None:
    """The code on the wall, read by cameras: one person twice, another who comes as they are, a third too late."""
    wall = play.arrive(play.year.organizer)
    wall.goto(workshop)
    wall.get_by_role("link", name="Kehadiran", exact=True).click()
    wall.get_by_role("link", name="Layar kode QR").click()
    picture = wall.get_by_alt_text("Kode QR kehadiran")
    expect(picture).to_be_visible()
    (link,) = codes_seen(picture.screenshot())
    first, second, third = (
        play.arrive(user, phone=True) for user in (play.year.captain, play.year.student, play.year.worker)
    )
    first.clock.set_fixed_time(WORKSHOP - DAY)  # wrong by a day, and nobody minds
    for phone in (first, second):
        phone.goto(link)
        phone.get_by_role("button", name="Catat kehadiran saya").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Kehadiran Anda tercatat")
    first.goto(link)
    expect(first.get_by_text("Memindai lagi tidak mengubah apa pun.")).to_be_visible()
    assert first.get_by_role("button", name="Catat kehadiran saya").count() == 0
    play.site.set_clock(WORKSHOP + timedelta(minutes=2))
    assert third.goto(link).status == 422
    expect(third.get_by_role("heading", level=1)).to_have_text("Kode ini sudah berganti")
    expect(third.locator("main")).to_contain_text("minta penyelenggara mencatat nama Anda")
    wall.reload()
    expect(wall.get_by_text("2 orang hadir")).to_be_visible()
    wall.close()  # months pass from here on, and it would go on asking
    with play.site.application():
        rows = db.session.query(Attendance).order_by(Attendance.id).all()
        assert [(row.user_id, row.method) for row in rows] == [
            (play.year.captain.id, Method.QR),
            (play.year.student.id, Method.QR),
        ]
        assert all(row.at == WORKSHOP for row in rows)
        assert db.session.query(Enrolment).count() == 2  # who walks in takes a place


# -- papers -----------------------------------------------------------------------------------------------------------


def certify(play: Play, workshop: str) -> None:
    """After the last session one press makes them all; the holder finds hours and paper, and its code proves it."""
    with play.site.application(), transaction():
        fill_the_room(play.year, db.session.query(Activity).one())
    page = play.arrive(play.year.organizer)
    page.goto(f"{workshop}/sertifikat")
    expect(page.locator("main")).to_contain_text("13 orang berhak")
    page.get_by_role("button", name="Terbitkan 13 sertifikat").click()
    papers = wait_for_papers(page, play, 13)
    (mine,) = (row for row in papers if row.user_id == play.year.captain.id)

    phone = play.arrive(play.year.captain, phone=True)
    phone.goto(f"{play.site.url}/pelatihan/rekam")
    expect(phone.locator("h1")).to_have_text("3 JP pada tahun 2026")  # 135 minutes
    row = phone.locator("main tr", has_text="Lokakarya Data Banjir")
    expect(row.locator("[data-label=JP]")).to_have_text("3")
    content = fetch(phone, row.get_by_role("link", name=mine.number).get_attribute("href"))
    said = read_pdf(content)
    for word in (
        "Syarif Abdurrahman",
        "Lokakarya Data Banjir",
        "Membaca tinggi air",
        "Jumlah: 3 JP",
        mine.number,
    ):
        assert word in said
    (address,) = codes_in(content)
    assert address.endswith(show_code(mine.code))
    guest = play.arrive(phone=True)
    guest.goto(address)
    expect(guest.get_by_role("heading", name="Dokumen ini berlaku")).to_be_visible()
    expect(guest.locator("main")).to_contain_text("Syarif Abdurrahman")


def wait_for_papers(page: Page, play: Play, count: int) -> list[Document]:
    for _ in range(200):
        with play.site.application():
            papers = db.session.query(Document).filter_by(kind=PaperKind.TRAINING).all()
        if len(papers) == count and all(each.is_set for each in papers):
            return papers
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(papers)} certificates after twenty seconds")


# -- the team ---------------------------------------------------------------------------------------------------------


def idea_page(play: Play, page: str = "") -> str:
    return f"{play.home}/usulan/{play.year.idea.public_id}{page}"


def team_page(play: Play, page: str = "") -> str:
    return f"{play.home}/tim/{play.year.team.public_id}{page}"


def take_the_challenge(play: Play) -> None:
    """Chosen as the track; not handed in before the team is mixed and everybody has accepted the statements."""
    page = play.arrive(play.year.captain, phone=True)
    page.goto(f"{play.home}/tantangan/{play.year.challenge.public_id}")
    expect(page.locator("main")).to_contain_text("PT Arus Kapuas")
    page.goto(idea_page(play, "/ubah"))
    page.wait_for_selector("form[data-autosave-ready][data-proposal-ready]")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.locator("[name=track]").select_option(play.year.track.code)
    expect(page.locator("[data-autosave-status]").first).to_contain_text("Tersimpan")
    refuse(page, play, "Susunan tim belum memenuhi aturan kompetisi ini.")
    page.goto(team_page(play))
    expect(page.locator("main")).to_contain_text("Kurang 1 lagi.")
    with play.site.application(), transaction():
        build.make_membership(play.year.team, play.year.worker, joined_at=TEAMING)
    page.reload()
    mixed = page.locator("section", has=page.get_by_role("heading", name="Susunan tim"))
    expect(mixed.get_by_text("Terpenuhi: 1 orang.")).to_have_count(3)
    expect(mixed).to_contain_text("Bagus Prasetyo: PT Arus Kapuas")
    expect(page.get_by_role("complementary").get_by_role("region", name="Ajak anggota")).to_be_visible()
    assert_accessible(page)
    refuse(page, play, "Belum semua anggota menyetujui pernyataan kompetisi ini.")
    for user in (play.year.captain, play.year.student, play.year.worker):
        member = play.arrive(user, phone=True)
        member.goto(team_page(play, "/pernyataan"))
        member.locator("[name=agree]").check()
        member.get_by_role("button", name="Setujui").click()
        expect(member.locator(".iv-toast").first).to_be_visible()
        member.goto(team_page(play, "/pernyataan"))
        expect(member.locator("main")).to_contain_text(f"{user.name}: Kekayaan intelektual, versi 1")
    with play.site.application():
        assert db.session.query(StatementAcceptance).count() == 3 * 2


def refuse(page: Page, play: Play, why: str) -> None:
    """Handing in is refused, with the reason, and changes nothing."""
    send(page, play)
    expect(page.locator("[role=alert]").first).to_contain_text(why)
    with play.site.application():
        assert db.session.get_one(Idea, play.year.idea.id).state is IdeaState.DRAFT


def send(page: Page, play: Play) -> None:
    page.goto(idea_page(play, "/ajukan"))
    page.get_by_label("Kami menyatakan usulan ini karya asli").check()
    page.locator("[name=in_gallery]").check()
    page.get_by_role("button", name="Ajukan sekarang").click()


def book_a_clinic(play: Play) -> None:
    """The mentor offers an hour's half; the captain books it on the phone."""
    mentor = play.arrive(play.year.mentor)
    mentor.goto(f"{play.home}/klinik/saya/tawarkan")
    mentor.get_by_label("Mulai").fill("2026-11-26T10:00")
    mentor.get_by_label("Banyaknya slot berurutan").fill("1")
    mentor.get_by_label("Pokok bahasan").fill("Mengukur manfaat")
    mentor.get_by_label("Tempat").fill("Ruang rapat Bappeda")
    mentor.get_by_role("button", name="Tawarkan slot").click()
    expect(mentor.locator("main")).to_contain_text("Mengukur manfaat")
    page = play.arrive(play.year.captain, phone=True)
    page.goto(f"{play.home}/klinik")
    page.get_by_role("link", name="Pesan", exact=True).click()
    page.get_by_label("Yang ingin dibahas").fill("Parit mana yang diukur lebih dulu?")
    page.get_by_role("button", name="Pesan klinik").click()
    expect(page.locator("h1")).to_contain_text("Tim Parit Terukur bersama Tania Wirawan")
    with play.site.application():
        booking = db.session.query(ClinicBooking).one()
        assert (booking.team_id, booking.booked_by_id) == (play.year.team.id, play.year.captain.id)


def keep_what_was_agreed(play: Play) -> None:
    """Notes and an action of the mentor stand beside the proposal; jurors do not see them."""
    mentor = play.arrive(play.year.mentor)
    mentor.goto(f"{play.home}/klinik/saya")
    mentor.get_by_role("link", name="Tim Parit Terukur").first.click()
    mentor.get_by_label("Terlaksana", exact=True).check()
    mentor.get_by_label("Catatan untuk tim").fill(NOTES)
    mentor.get_by_role("button", name="Simpan catatan").click()
    expect(mentor.locator(".iv-toast").first).to_be_visible()
    mentor.locator("[name=text]").fill(PROMISE)
    mentor.locator("[name=who]").fill("Melati Putri")
    mentor.locator("[name=due_on]").fill("2026-12-01")
    mentor.get_by_role("button", name="Tambah tindak lanjut").click()
    expect(mentor.locator("main li", has_text=PROMISE)).to_contain_text("Melati Putri")
    page = play.arrive(play.year.captain, phone=True)
    page.goto(idea_page(play))
    panel = page.locator("section", has=page.get_by_role("heading", name="Klinik Inovasi"))
    for words in ("Tania Wirawan", NOTES, PROMISE, "1 Desember 2026"):
        expect(panel).to_contain_text(words)
    assert_accessible(page)
    with play.site.application():
        action = db.session.query(ClinicAction).one()
        assert (action.text, action.who, action.done_at) == (PROMISE, "Melati Putri", None)


def hand_in(play: Play) -> None:
    page = play.arrive(play.year.captain, phone=True)
    send(page, play)
    page.wait_for_url("**/tanda-terima")
    with play.site.application():
        idea = db.session.get_one(Idea, play.year.idea.id)
        assert (idea.state, idea.track_id) == (IdeaState.SUBMITTED, play.year.track.id)


# -- what people thought ----------------------------------------------------------------------------------------------


def survey_afterwards(play: Play) -> None:
    """Asked by mail, answered on the phone, closed; who is late keeps what was typed; small groups are hidden."""
    page = play.arrive(play.year.organizer)
    page.goto(f"{play.home}/kelola/survei/baru")
    page.get_by_label("Kesan peserta kegiatan").check()
    page.get_by_role("button", name="Buat draf").click()
    desk = page.url
    page.get_by_role("link", name="Kepada siapa dan kapan").click()
    page.locator("[name=activity]").select_option(label="Lokakarya Data Banjir")
    page.get_by_role("button", name="Simpan").click()
    press(page, "Buka survei", "Buka")
    expect(page.locator("main")).to_contain_text("0 dari 13 yang diminta sudah menjawab")

    phone, late = play.arrive(phone=True), play.arrive(phone=True)  # nobody signs in
    phone.goto(play.mailed_link(play.year.captain, "Survei: Kesan peserta kegiatan"))
    answer(phone)
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.locator("h1")).to_have_text("Terima kasih, jawaban Anda sudah masuk")
    late.goto(play.mailed_link(play.year.student, "Survei: Kesan peserta kegiatan"))
    answer(late)
    late.get_by_label("Apa yang sebaiknya diperbaiki?").fill(WISH)
    with play.site.application(), transaction():
        survey = db.session.query(Survey).one()
        answer_for_colleagues(survey.id, ANNOUNCING)
    page.reload()
    expect(page.locator("main")).to_contain_text("12 dari 13 yang diminta sudah menjawab")
    press(page, "Tutup sekarang")
    expect(page.locator("main a.btn", has_text="Hasil")).to_be_visible()
    late.get_by_role("button", name="Kirim jawaban").click()
    expect(late.locator("[role=alert]")).to_contain_text("Jawaban tidak diterima lagi.")
    expect(late.locator("main")).to_contain_text(WISH)
    expect(late.locator("main")).to_contain_text("Saya akan mengukur parit")
    read_results(page, desk, play)


def answer(page: Page) -> None:
    """Every scale at its second highest, page by page, to the last one."""
    for scales in (4, 3):
        for number in range(scales):
            page.locator("main fieldset").nth(number).get_by_label("4", exact=True).check()
        if scales == 3:
            page.get_by_label("Ya", exact=True).check()
        page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Satu hal yang akan Anda terapkan di tempat kerja").fill("Saya akan mengukur parit")


def read_results(page: Page, desk: str, play: Play) -> None:
    """What the pictures say is what came in; a group of one is hidden, and a second so that it cannot be told."""
    with play.site.application():
        given = [row.answers for row in db.session.query(SurveyResponse)]
        assert len(given) == 12
        assert all(row.invitation_id is None and row.at is None for row in db.session.query(SurveyResponse))
        count = {key: sum(each["anjuran"] == key for each in given) for key in ("ya", "mungkin", "tidak")}
    assert count == {"ya": 6, "mungkin": 5, "tidak": 1}
    page.goto(f"{desk}/hasil")
    content = page.locator("article.iv-result", has_text="Secara keseluruhan saya puas")
    expect(content).to_contain_text("12 jawaban · rata-rata 4,00")
    expect(page.locator("article.iv-result", has_text="Apa yang sebaiknya diperbaiki?")).not_to_contain_text(
        WISH
    )
    page.get_by_label("Bagi jawaban menurut").select_option(
        label="Apakah Anda akan menganjurkannya kepada rekan kerja?"
    )
    page.get_by_role("button", name="Tampilkan").click()
    table = page.get_by_role("table", name="Rata-rata menurut kelompok")
    row = table.locator("tr", has_text="Secara keseluruhan saya puas")
    expect(row.locator("td")).to_have_text(["4,00 (n 6)", "–", "–"])
    assert_accessible(page)


# -- whether it helped ------------------------------------------------------------------------------------------------


def watch_the_impact(play: Play) -> None:
    """From the announcement on the innovation is followed; the team names what it measures, without a baseline."""
    with play.site.application():
        run_job("impact.follow")
        innovation = db.session.query(Innovation).one()
        assert innovation.announced_on == ANNOUNCING.date()
    page = play.arrive(play.year.captain, phone=True)
    page.goto(f"{play.home}/dampak/{innovation.public_id}/indikator")
    page.get_by_label("Nama indikator").fill("Rumah yang diperingatkan")
    page.get_by_label("Satuan").fill("rumah")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("main")).to_contain_text("Rumah yang diperingatkan")


def follow_up(play: Play) -> None:
    """Half a year later a link in a mail, and two minutes on the phone; a number that is none keeps what was typed."""
    with play.site.application():
        run_job("impact.follow")  # the runner may have done so on its hour
    page = play.arrive(phone=True)  # nobody signs in
    page.goto(play.mailed_link(play.year.captain, f"Dua menit: bagaimana kabar {TITLE}?"))
    page.get_by_label("Berjalan", exact=True).check()
    page.get_by_label("Ya", exact=True).check()
    page.get_by_label("Orang yang terjangkau dalam periode ini").fill("640")
    page.get_by_label("Belanja yang dihemat dalam periode ini").fill("12500000")
    page.get_by_label("Rumah yang diperingatkan (rumah)").fill("seratus")
    page.get_by_label("Satu kalimat cerita").fill(STORY)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("Tulis angka seperti")
    expect(page.get_by_label("Satu kalimat cerita")).to_have_value(STORY)
    page.get_by_label("Rumah yang diperingatkan (rumah)").fill("128,5")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Terima kasih, jawaban Anda tersimpan")).to_be_visible()
    assert_accessible(page)
    with play.site.application():
        row = db.session.query(FollowUp).one()
        assert (row.months, row.status, row.people, row.saved) == (6, Status.RUNNING, 640, 12_500_000)
        assert (row.answered_by_id, row.check) == (play.year.captain.id, Check.WAITING)


def verify(play: Play) -> None:
    """Nothing counts before the organizer has checked it; without a baseline a number is kept and not compared."""
    guest = play.arrive()
    guest.goto(f"{play.site.url}/dampak")
    assert "640" not in guest.locator("main").inner_text()
    page = play.arrive(play.year.organizer)
    page.goto(f"{play.home}/kelola/dampak")
    page.get_by_role("link", name=TITLE).click()
    desk = page.url
    followed = page.locator("section", has=page.get_by_role("heading", name="Tindak lanjut"))
    followed.get_by_role("link", name="Periksa").click()
    expect(page.locator("main")).to_contain_text(STORY)
    page.get_by_label("Angkanya benar: verifikasi").check()
    page.get_by_role("button", name="Simpan putusan").click()
    page.goto(desk)
    expect(page.locator("main")).to_contain_text("128,5 rumah")
    expect(page.locator("main")).to_contain_text(
        "Tanpa kondisi awal, angka ini tercatat tetapi tidak dibandingkan."
    )
    with play.site.application():
        assert db.session.query(FollowUp).one().check is Check.VERIFIED
        assert db.session.query(Actual).one().value == Decimal("128.5")


def read_the_impact(play: Play) -> None:
    """The public page says what the database says; the innovation stands in the gallery with its state."""
    guest = play.arrive(phone=True)
    guest.goto(f"{play.site.url}/dampak")
    main = guest.locator("main")
    for words in ("640", "Rp12.500.000", "2026, setelah 6 bulan", "1 dari 1", STORY):
        expect(main).to_contain_text(words)
    assert_accessible(guest)
    guest.get_by_role("link", name="Lihat galeri inovasi").click()
    expect(guest.locator("main")).to_contain_text(TITLE)
    expect(guest.locator("main")).to_contain_text("Berjalan")


def lead(play: Play) -> None:
    """One page for leaders: the hours of the workshop, the idea still in use, whom it reaches, and the lists behind."""
    page = play.arrive(play.year.organizer)
    page.goto(f"{play.site.url}/pimpinan?tahun=2026")
    main = page.locator("main")
    expect(main).to_contain_text("39 JP bagi 13 orang dari 1 kegiatan")  # 13 certificates of 3 JP
    expect(main).to_contain_text("masih dipakai sesudah 6 bulan (1 jawaban terverifikasi)")
    page.goto(f"{play.site.url}/pimpinan")  # 2027: nothing was held, but people were reached
    expect(main).to_contain_text("Rp12.500.000")
    page.get_by_role("link", name="640 orang terjangkau").click()
    row = page.locator("main tbody tr", has_text=TITLE)
    expect(row).to_contain_text("640")
    expect(row).to_contain_text("12.500.000")
