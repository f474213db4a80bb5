"""The city's edition on the template `kota`, every step by who takes it: from a unit's draft to a certificate that is
verified by its code, revoked, and issued again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from innovate.accounts.models import User
from innovate.core.db import db, transaction
from innovate.demo.domain.papers import make_pdf
from innovate.documents.domain.codes import show_code
from innovate.documents.domain.dates import spell_date
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.domain.numerals import write_decimal
from innovate.documents.models import Document
from innovate.results.models import StandingRow
from innovate.scoring.models.ballots import Ballot
from tests.factories.build import NOW, PASSWORD
from tests.factories.edition import SLUG, ZONE, Edition, make_edition, seat_jury, send_through
from tests.factories.printed import codes_in, read_pdf
from tests.support.axe import assert_accessible
from tests.support.browser import PHONE, fetch
from tests.support.database import Databases
from tests.support.server import Site, running_site
from tests.support.stage import Stage

pytestmark = pytest.mark.browser
SCREENING = datetime(2026, 12, 26, 9, tzinfo=ZONE)  # the template's phases follow 23 November
JUDGING = datetime(2027, 1, 4, 9, tzinfo=ZONE)
PLENARY = datetime(2027, 1, 18, 9, tzinfo=ZONE)
ANNOUNCING = datetime(2027, 1, 29, 9, tzinfo=ZONE)
RETURNED = "Biaya tahun berikutnya belum disebut. Tambahkan sumber anggarannya."
MENDED = "Biaya tahun 2027 sebesar Rp12.000.000 tercantum dalam DPA puskesmas."
RULING = "Jangkauan layanannya sudah mencakup seluruh posyandu."
MISTAKE = "Dicabut karena nomor induk yang keliru dibaca."
LETTER = make_pdf("Surat pengesahan POSYANDU PAGI", ["Kepala Dinas Kesehatan mengesahkan usulan ini."])


class Play(Stage):
    """The product and its edition."""

    def __init__(self, site: Site, edition: Edition, browser: Browser, stack: ExitStack) -> None:
        super().__init__(site, SLUG, browser, stack)
        self.edition = edition

    def papers(self, kind: PaperKind) -> list[Document]:
        """What was issued of a kind, in the order of its numbers."""
        with self.site.application():
            return db.session.query(Document).filter_by(kind=kind).order_by(Document.sequence).all()


@pytest.fixture
def play(browser: Browser, tmp_path: Path, databases: Databases) -> Iterator[Play]:
    databases.fresh_url("sqlite", "edition", tmp_path)
    with running_site(tmp_path, at=NOW) as site, ExitStack() as stack:
        with site.application(), transaction():
            edition = make_edition()
            send_through(edition, edition.second)
        yield Play(site, edition, browser, stack)


@pytest.mark.timeout(240)  # a whole edition, in a browser
def test_from_a_units_draft_to_a_certificate_issued_again(play: Play) -> None:
    edition = play.edition
    captain = play.arrive(edition.first.captain, phone=True)
    head = play.arrive(edition.coordinator)
    write(captain, play, MENDED[:28])
    send_back(head, play)
    mend(captain, play)
    endorse(head, play)

    play.site.set_clock(SCREENING)
    screen(play)
    with play.site.application(), transaction():
        seat_jury(edition)

    play.site.set_clock(JUDGING)
    wait_for_the_impact_record(play)
    score(play, edition.chair, first="54434", second="44543")
    score(play, edition.juror, first="44543", second="54434")

    play.site.set_clock(PLENARY)
    deliberate(play)
    rule_the_tie(play)
    organizer = play.arrive(edition.organizer)
    issue_minutes(organizer, play)

    play.site.set_clock(ANNOUNCING)
    announce(play)
    winner = certify(play)
    end_and_renew(play, winner)


# -- the unit ---------------------------------------------------------------------------------------------------------


def proposal(play: Play, page: str = "") -> str:
    return f"{play.home}/usulan/{play.edition.first.idea.public_id}{page}"


def write(page: Page, play: Play, words: str) -> None:
    """The captain writes the last answer on a phone and asks the unit."""
    page.goto(proposal(play, "/ubah"))
    page.wait_for_selector("form[data-autosave-ready][data-proposal-ready]")
    page.get_by_label("Keberlanjutan").fill(words)
    page.get_by_role("button", name="Periksa lalu ajukan").click()
    ask(page)


def ask(page: Page) -> None:
    expect(page.get_by_text("Siti Rahma").first).to_be_visible()  # whom it goes to
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("Kami menyatakan usulan ini karya asli").check()
    page.get_by_role("button", name="Ajukan ke koordinator unit").click()
    expect(page.get_by_text("Menunggu pengesahan unit.")).to_be_visible()


def send_back(page: Page, play: Play) -> None:
    """The coordinator reads what was asked for, and returns it with a reason."""
    page.goto(f"{play.site.url}/usulan-unit")
    page.get_by_role("link", name="POSYANDU PAGI").click()
    expect(page.locator("article")).to_contain_text(MENDED[:28])
    assert_accessible(page)
    page.locator("summary", has_text="Kembalikan untuk diperbaiki").click()
    page.get_by_label("Yang perlu diperbaiki").fill(RETURNED)
    page.get_by_role("button", name="Kembalikan kepada tim").click()
    expect(page.get_by_text("Usulan dikembalikan. Tim diberi tahu lewat surel.")).to_be_visible()


def mend(page: Page, play: Play) -> None:
    """The team reads the reason, mends, and asks again."""
    page.goto(proposal(play))
    expect(page.locator(".iv-now .iv-quote")).to_have_text(RETURNED)
    page.get_by_role("link", name="Perbaiki usulan").click()
    write(page, play, MENDED)


def endorse(page: Page, play: Play) -> None:
    """The coordinator uploads the signed letter and hands the proposal in."""
    page.goto(f"{play.home}/pengesahan/{play.edition.first.idea.public_id}")
    expect(page.locator("article")).to_contain_text(MENDED)
    letter = {"name": "surat-kepala.pdf", "mimeType": "application/pdf", "buffer": LETTER}
    page.get_by_label("Surat kepala unit yang sudah ditandatangani").set_input_files(letter)
    page.get_by_label("Nama kepala unit").fill("dr. Saptiko Hadi")
    page.get_by_label("Jabatan").fill("Kepala Dinas Kesehatan")
    page.get_by_label("Nomor surat").fill("B/12/2026")
    page.get_by_label("Tanggal surat").fill("2026-11-20")
    page.get_by_role("button", name="Sahkan usulan").click()
    expect(page.get_by_text("Usulan disahkan. Tinggal mengajukannya ke sekretariat.")).to_be_visible()
    page.get_by_role("button", name="Ajukan ke sekretariat").click()
    expect(page.get_by_text("No. B-002")).to_be_visible()


# -- the secretariat and the jury -------------------------------------------------------------------------------------


def screen(play: Play) -> None:
    """The secretariat sees the letter as it was signed, ticks the list, and lets the entry pass."""
    page = play.arrive(play.edition.clerk)
    page.goto(f"{play.home}/kelola/seleksi")
    page.get_by_role("link", name="POSYANDU PAGI").click()
    panel = page.locator("section", has=page.get_by_role("heading", name="Pengesahan unit"))
    expect(panel).to_contain_text(
        "Surat B/12/2026 tanggal Jumat, 20 November 2026, ditandatangani dr. Saptiko Hadi, Kepala Dinas Kesehatan"
    )
    expect(panel).to_contain_text("Diajukan Siti Rahma")
    assert fetch(page, panel.get_by_role("link", name="surat-kepala.pdf").get_attribute("href")) == LETTER
    for box in page.locator("main [name^=cek-]").all():
        box.check()
    page.get_by_label("Lolos seleksi administrasi", exact=True).check()
    page.get_by_role("button", name="Putuskan").first.click()
    expect(page.get_by_text("POSYANDU PAGI lolos. Tim telah diberi tahu.")).to_be_visible()


def wait_for_the_impact_record(play: Play) -> None:
    """People are scored: no juror begins before the organizer has signed what it means for them."""
    juror = play.arrive(play.edition.juror)
    juror.goto(f"{play.home}/juri/benturan")
    juror.get_by_label("Saya telah membaca pakta ini").check()
    juror.get_by_role("button", name="Tandatangani pakta").click()
    expect(juror.get_by_text("Penilaian belum dapat dibuka").first).to_be_visible()
    page = play.arrive(play.edition.organizer)
    page.goto(f"{play.home}/kelola/pelindungan-data")
    page.get_by_role("link", name="Tulis penilaian dampak").click()
    page.locator("textarea[name=opinion]").fill("Sepadan dengan tujuannya, tindakannya cukup.")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    page.get_by_role("button", name="Tandatangani").click()
    expect(page.locator("h1")).to_have_text("Penilaian dampak sudah ditandatangani")


def score(play: Play, who: User, **digits: str) -> None:
    """Sign the pact, declare no conflict, and hand in both entries from the keyboard."""
    page = play.arrive(who)
    page.goto(f"{play.home}/juri/benturan")
    page.get_by_label("Saya telah membaca pakta ini").check()
    page.get_by_role("button", name="Tandatangani pakta").click()
    page.get_by_role("button", name="Tandai semua yang belum dipilih").click()
    page.get_by_role("button", name="Simpan pernyataan").click()
    for entry, given in ((play.edition.first, digits["first"]), (play.edition.second, digits["second"])):
        page.goto(f"{play.home}/juri")
        page.get_by_role("link", name=entry.title, exact=True).click()
        page.wait_for_selector("form[data-autosave-ready][data-ballot-ready]")
        card = page.url
        for digit in given:
            page.keyboard.press(digit)
            page.keyboard.press("j")
        page.locator("[name=comment_team]").fill("Angkanya dapat diperiksa dan sudah dipakai setahun.")
        page.get_by_role("button", name="Ajukan nilai").last.click()
        expect(page).not_to_have_url(card)
    page.goto(f"{play.home}/juri")
    expect(page.get_by_role("heading", name="Semua karya sudah Anda nilai")).to_be_visible()


# -- the plenary ------------------------------------------------------------------------------------------------------


def deliberate(play: Play) -> None:
    """The chair opens the session; both jurors see all scores and agree to them."""
    chair, juror = play.arrive(play.edition.chair), play.arrive(play.edition.juror)
    chair.goto(f"{play.home}/kelola/sidang/1")
    chair.get_by_role("button", name="Buka sidang").click()
    expect(chair.get_by_role("heading", level=1)).to_have_text("Sidang berlangsung")
    for page in (chair, juror):
        page.goto(f"{play.home}/juri/sidang/1")
        expect(page.locator("main")).to_contain_text("76,25")
        page.get_by_role("button", name="Saya menyetujui hasil sidang ini").click()
        expect(page.get_by_text("Anda menyetujui hasil ini")).to_be_visible()
    chair.goto(f"{play.home}/kelola/sidang/1")
    expect(chair.locator("main")).to_contain_text("2 dari 2 juri mengesahkan")


def rule_the_tie(play: Play) -> None:
    """Nothing but the jury separates the two: the chair writes down what it decided, and why."""
    organizer, chair = play.arrive(play.edition.organizer), play.arrive(play.edition.chair)
    step(organizer, play, "Buka peringkat sementara")
    chair.goto(f"{play.home}/kelola/hasil/1/pleno")
    expect(chair.get_by_role("heading", name="2 karya berbagi peringkat 1")).to_be_visible()
    chair.get_by_label("POSYANDU PAGI, Tim POSYANDU PAGI").select_option("1")
    chair.get_by_label("SAHABAT IBU, Tim SAHABAT IBU").select_option("2")
    chair.get_by_label("Alasan tertulis").fill(RULING)
    chair.get_by_role("button", name="Catat keputusan").click()
    expect(chair.get_by_text("Keputusan pleno dicatat.")).to_be_visible()
    step(organizer, play, "Bekukan peringkat")
    chair.goto(f"{play.home}/kelola/hasil/1")
    chair.get_by_role("button", name="Sahkan peringkat").click()
    expect(chair.locator("main")).to_contain_text("Disahkan Prof. Ngadiman Suryo, ketua juri")


def step(page: Page, play: Play, name: str) -> None:
    page.goto(f"{play.home}/kelola/hasil/1")
    panel = page.locator("details.iv-confirm").filter(has=page.locator("summary", has_text=name))
    panel.locator("summary").click()
    panel.locator("button[type=submit]", has_text=name).click()
    expect(page.locator(".iv-toast").first).to_be_visible()


# -- papers -----------------------------------------------------------------------------------------------------------


def issue_minutes(page: Page, play: Play) -> None:
    """The berita acara says what the database says."""
    page.goto(f"{play.home}/kelola/dokumen")
    row = page.locator("li").filter(has_text="Berita acara penilaian")
    row.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Naskah diberi nomor dan sedang disusun.")).to_be_visible()
    (minutes,) = play.papers(PaperKind.MINUTES)
    said = read_pdf(download(page, play, minutes))
    with play.site.application():
        standing = db.session.query(StandingRow).filter_by(snapshot_id=minutes.snapshot_id)
        rows = standing.order_by(StandingRow.rank).all()
        assert sorted(db.session.scalars(db.select(Ballot.total))) == [75.0, 75.0, 76.25, 76.25]
    assert (
        spell_date(PLENARY.date())
        == "Senin tanggal delapan belas bulan Januari tahun dua ribu dua puluh tujuh"
    )
    for word in (minutes.number, show_code(minutes.code), spell_date(PLENARY.date()), "(18-01-2027)"):
        assert word in said
    assert [(each.title, each.rank, each.award) for each in rows] == [
        ("POSYANDU PAGI", 1, "Juara I"),
        ("SAHABAT IBU", 2, "Juara II"),
    ]
    assert rows[0].score == pytest.approx(rows[1].score)
    for each in rows:
        assert (
            f"{each.title} (Tim {each.title}) {each.unit_name} {write_decimal(each.score)} {each.award}"
            in said
        )
    assert f"POSYANDU PAGI: didahulukan oleh sidang pleno: {RULING}" in said
    assert f"SAHABAT IBU: dikemudiankan oleh sidang pleno: {RULING}" in said
    assert re.search(r"Prof\. Ngadiman Suryo Ketua.* Hendra Tanuwijaya Anggota", said)


def download(page: Page, play: Play, paper: Document) -> bytes:
    """A paper's PDF from its page, as soon as the runner has set it."""
    link = page.get_by_role("link", name="Unduh PDF")
    for _ in range(100):
        page.goto(f"{play.home}/kelola/dokumen/{paper.public_id}")
        if link.count():
            break
        page.wait_for_timeout(100)
    return fetch(page, link.get_attribute("href"))


def announce(play: Play) -> None:
    """Sealed until the organizer announces; then everybody reads who won, with the final score."""
    guest, page = play.arrive(phone=True), play.arrive(play.edition.organizer)
    guest.goto(f"{play.home}/peringkat")
    expect(guest.locator("h1")).to_have_text("Peringkat belum diumumkan")
    assert "POSYANDU" not in guest.content()
    step(page, play, "Umumkan hasil")
    page.goto(f"{play.home}/kelola/dokumen")
    page.locator("li").filter(has_text="Pengumuman pemenang").get_by_role("button", name="Terbitkan").click()
    (paper,) = play.papers(PaperKind.ANNOUNCEMENT)
    said = read_pdf(download(page, play, paper))
    assert paper.number in said
    assert "29 Januari 2027" in said
    guest.goto(f"{play.home}/peringkat?kelompok=B")
    expect(guest.locator("h1")).to_contain_text("POSYANDU PAGI juara")
    with play.site.application():
        rows = db.session.query(StandingRow).filter_by(snapshot_id=paper.snapshot_id).all()
    for row in rows:
        entry = guest.locator("main li, main tr").filter(has_text=row.title).first
        expect(entry).to_contain_text(write_decimal(row.score))
        assert re.search(rf"{row.award},.*{row.title}", said)


def certify(play: Play) -> str:
    """One press makes every winner's certificate; the code on the captain's leads to a page that calls it valid."""
    page = play.arrive(play.edition.organizer)
    page.goto(f"{play.home}/kelola/dokumen")
    with page.expect_response("**/sertifikat/winners"):
        page.get_by_role("button", name="Terbitkan untuk pemenang").click()
    papers = wait_for_certificates(page, play, 4)
    assert sorted((each.holder, each.subject.rpartition(":")[2]) for each in papers) == [
        ("Bagus Prasetyo", "Juara II"),
        ("Dewi Kartika", "Juara I"),
        ("Rina Maharani", "Juara II"),
        ("Syarif Abdurrahman", "Juara I"),
    ]
    address, said = own_certificate(play)
    for word in ("Syarif Abdurrahman", "Puskesmas Alianyang", "Juara I", "POSYANDU PAGI"):
        assert word in said
    guest = play.arrive(phone=True)
    guest.goto(address)
    expect(guest.get_by_role("heading", name="Dokumen ini berlaku")).to_be_visible()
    for word in ("Syarif Abdurrahman", "Kompetisi Inovasi Kota 2026", "29 Januari 2027"):
        expect(guest.locator("main")).to_contain_text(word)
    assert_accessible(guest)
    return address


def wait_for_certificates(page: Page, play: Play, count: int) -> list[Document]:
    """All of them, once each has its PDF."""
    for _ in range(100):
        papers = play.papers(PaperKind.CERTIFICATE)
        if len(papers) == count and all(each.is_set for each in papers):
            return papers
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(papers)} certificates after ten seconds")


def own_certificate(play: Play) -> tuple[str, str]:
    """The captain takes the certificate home: where its QR leads, and what it says."""
    page = play.arrive(play.edition.first.captain, phone=True)
    page.goto(f"{play.site.url}/sertifikat-saya")
    link = page.locator("main a", has_text="/SERT/")
    expect(link).to_have_count(1)
    content = fetch(page, link.get_attribute("href"))
    (address,) = codes_in(content)
    return address, read_pdf(content)


def end_and_renew(play: Play, address: str) -> None:
    """Revoked with a reason that stays inside, then issued again: the old code says so, the new one is valid."""
    page, guest = play.arrive(play.edition.organizer), play.arrive(phone=True)
    page.goto(f"{play.home}/kelola/dokumen?q=Syarif")
    page.locator("main a", has_text="/SERT/").click()
    first = page.url
    page.locator("#alasan-cabut").fill(MISTAKE)
    page.get_by_role("button", name="Cabut", exact=True).click()
    expect(page.get_by_text("Naskah dicabut.")).to_be_visible()
    guest.goto(address)
    expect(guest.get_by_role("heading", name="Dokumen ini sudah dicabut")).to_be_visible()
    assert MISTAKE not in guest.content()
    page.goto(first)
    expect(page.locator("main")).to_contain_text(MISTAKE)
    page.locator("#alasan-lagi").fill("Pencabutannya keliru: namanya sudah benar.")
    page.get_by_role("button", name="Terbitkan lagi").click()
    expect(page.get_by_text("Naskah diberi nomor dan sedang disusun.")).to_be_visible()
    new = wait_for_certificates(page, play, 5)[-1]
    page.goto(first)
    expect(page.get_by_role("link", name=new.number)).to_be_visible()
    renewed, said = own_certificate(play)
    assert renewed != address
    assert renewed.endswith(show_code(new.code))
    assert new.number in said
    guest.goto(renewed)
    expect(guest.get_by_role("heading", name="Dokumen ini berlaku")).to_be_visible()
    expect(guest.locator("main")).to_contain_text("Syarif Abdurrahman")
    guest.goto(address)
    expect(guest.get_by_role("heading", name="Dokumen ini sudah digantikan")).to_be_visible()
