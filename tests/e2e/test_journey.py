"""One competition through its pages alone: from an organizer's first sign-in to the ranking on the wall.

Every person has a browser of their own; links come from mails, and the clock goes on from phase to phase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.build import NOW
from tests.support.browser import DESKTOP, PHONE, visitor
from tests.support.database import Databases
from tests.support.server import Site, running_site

PASSWORD = "Sungai-Kapuas-Hijau-77"
WIB = timezone(timedelta(hours=7))
INVITED = datetime(2026, 12, 1, 9, tzinfo=WIB)  # the ideathon template's phases follow 23 November
SUBMITTING = datetime(2026, 12, 20, 9, tzinfo=WIB)
SCREENING = datetime(2027, 1, 13, 9, tzinfo=WIB)
JUDGING = datetime(2027, 1, 18, 9, tzinfo=WIB)
WORDS = (
    "Warga melaporkan parit tersumbat lewat pesan singkat, petugas kelurahan menerima peta harian, "
    "dan hasilnya diumumkan setiap pekan."
)
LONG_ANSWERS = ("ringkasan", "masalah", "gagasan", "kebaruan", "rencana_uji_coba", "risiko")


class Journey:
    """The product, and a new browser for whoever comes."""

    def __init__(self, site: Site, browser: Browser, look: dict[str, Any], stack: ExitStack) -> None:
        self.site = site
        self.slug = ""
        self._browser, self._look, self._stack = browser, look, stack
        self._mail: Page | None = None

    @property
    def event(self) -> str:
        """The address of the competition."""
        return f"{self.site.url}/k/{self.slug}"

    def arrive(self) -> Page:
        """Somebody without an account."""
        person = self._stack.enter_context(visitor(self._browser, **self._look))
        page = person.new_page()
        page.set_default_timeout(10_000)
        return page

    def sign_in(self, email: str) -> Page:
        """Somebody who comes back."""
        page = self.arrive()
        page.goto(f"{self.site.url}/masuk")
        page.get_by_label("Surel").fill(email)
        page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Masuk").click()
        page.wait_for_url("**/beranda")
        return page

    def sign_up(self, page: Page, name: str, email: str, unit: str) -> None:
        """Fill the form in front of a newcomer and follow the link in the mail."""
        page.locator("main [name=name]").fill(name)
        page.locator("main [name=email]").fill(email)
        page.locator("main [name=unit_id]").select_option(label=unit, force=True)
        page.locator("main [name=password]").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Daftar").click()
        expect(page.locator("h1")).to_have_text("Periksa surel Anda")
        page.goto(self.mailed_link(email, "Konfirmasi surel"))
        page.get_by_role("button", name="Konfirmasi dan masuk").click()
        expect(page.get_by_text("Surel Anda terkonfirmasi")).to_be_visible()

    def mailed_link(self, email: str, subject: str) -> str:
        """The first link of the mail with this subject, as soon as the runner has sent it."""
        reader = self._mail = self._mail or self.arrive()
        sent = f"{self.site.url}/dev/mail?q={email}"
        for _ in range(100):  # asked without drawing the page
            if subject in reader.request.get(sent).text():
                break
            reader.wait_for_timeout(200)
        reader.goto(sent)
        reader.locator("main table a", has_text=subject).first.click()
        link = reader.locator("[data-mail-body] a").first.get_attribute("href") or ""
        return link if link.startswith("http") else self.site.url + link


@pytest.fixture(params=["desktop", "phone"])
def journey(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path, databases: Databases
) -> Iterator[Journey]:
    looks: dict[str, dict[str, Any]] = {
        "desktop": {"viewport": DESKTOP, "reduced_motion": "reduce"},
        "phone": {"viewport": PHONE, "has_touch": True, "reduced_motion": "reduce"},
    }
    databases.fresh_url("sqlite", "journey", tmp_path)
    with running_site(tmp_path, at=NOW) as site, ExitStack() as stack:
        site.flask("accounts", "load-units")
        yield Journey(site, browser, looks[request.param], stack)


@pytest.mark.timeout(400)  # a whole competition, in a browser
def test_from_the_first_sign_in_to_the_published_leaderboard(journey: Journey) -> None:
    organizer = open_competition(journey)
    links = invite(
        organizer,
        journey,
        {
            "secretariat": "wulan@kota.example",
            "chair": "ngadi@untan.example",
            "juror": "hendra@untan.example",
            "mentor": "tania@untan.example",
            "auditor": "ratna@kota.example",
        },
    )
    journey.site.set_clock(INVITED)
    accept(journey, links["secretariat"], "Wulan Sekar", "wulan@kota.example", "Dinas Kesehatan")
    accept(journey, links["chair"], "Ngadiman Suryo", "ngadi@untan.example", "Dinas Perhubungan")
    accept(journey, links["juror"], "Hendra Tanuwijaya", "hendra@untan.example", "Dinas Perhubungan")
    accept(journey, links["mentor"], "Tania Wirawan", "tania@untan.example", "Dinas Perhubungan")
    accept(journey, links["auditor"], "Ratna Hapsari", "ratna@kota.example", "Inspektorat")

    journey.site.set_clock(SUBMITTING)
    captain = register_team(journey)
    accompany(journey, captain.url)
    entry = write_and_submit(captain, journey)

    journey.site.set_clock(SCREENING)
    screen(journey, entry)

    journey.site.set_clock(JUDGING)
    organizer = journey.sign_in("panitia@kota.example")
    sign_impact(organizer, journey)
    draw(organizer, journey)
    score(journey, "hendra@untan.example", "4534")  # (3/4 25 + 4/4 25 + 2/4 30 + 3/4 20) = 73.75
    score(journey, "ngadi@untan.example", "5555")  # 100

    visitor_ = journey.arrive()
    expect_sealed(visitor_, journey)
    announce(organizer, journey, visitor_)
    visitor_.goto(f"{journey.event}/peringkat")
    expect(visitor_.locator("main")).to_contain_text("PARIT BERSIH")
    expect(visitor_.locator("main")).to_contain_text("Tim Parit Bersih")
    expect(visitor_.locator("main")).to_contain_text(re.compile(r"86,8[78]"))
    audit(journey)


def open_competition(journey: Journey) -> Page:
    """The organizer's first day: an account from the command line, a competition from a template, published."""
    journey.site.flask(
        *("accounts", "create-admin", "--email", "panitia@kota.example"),
        *("--name", "Nurul Salsabila", "--password", PASSWORD),
    )
    page = journey.sign_in("panitia@kota.example")
    page.get_by_role("link", name="Buat kompetisi").first.click()
    page.get_by_role("link", name="Ideathon").first.click()
    page.get_by_label("Nama kompetisi").fill("Ideathon Parit Kita")
    page.get_by_role("button", name="Lanjut ke jadwal").click()
    page.get_by_role("button", name="Lanjut periksa").click()
    page.get_by_role("button", name="Buat draf kompetisi").click()
    page.wait_for_url("**/kelola/persiapan")
    journey.slug = page.url.split("/k/")[1].split("/")[0]
    expect(page.get_by_text("1 hal lagi sebelum terbit")).to_be_visible()
    assert journey.arrive().goto(journey.event).status == 404  # a draft is its makers' own
    page.goto(f"{journey.event}/kelola/teks")
    page.locator("textarea[name=description]").fill("Gagasan bagi warga yang tinggal di tepi parit.")
    page.get_by_role("button", name="Simpan").first.click()
    page.goto(f"{journey.event}/kelola/persiapan")
    page.locator("summary", has_text="Terbitkan").click()
    page.get_by_role("button", name="Terbitkan sekarang").click()
    expect(page.locator("h1")).to_have_text("Sudah terbit")
    return page


def invite(page: Page, journey: Journey, people: dict[str, str]) -> dict[str, str]:
    """Invite by role; the link of each mail."""
    page.goto(f"{journey.event}/kelola/orang")
    for role, email in people.items():
        page.locator("[name=role]").select_option(role)
        page.locator("main [name=email]").fill(email)
        page.get_by_role("button", name="Undang").click()
        expect(page.get_by_text(f"Undangan dikirim ke {email}")).to_be_visible()
    return {role: journey.mailed_link(email, "Undangan dari panitia") for role, email in people.items()}


def accept(journey: Journey, link: str, name: str, email: str, unit: str) -> None:
    """Follow the link without an account, make one, take the role."""
    page = journey.arrive()
    page.goto(link)
    page.get_by_role("link", name="Buat akun").click()
    journey.sign_up(page, name, email, unit)
    page.get_by_role("button", name="Terima undangan").click()
    page.wait_for_url("**/beranda")
    expect(page.locator("main")).to_contain_text("Ideathon Parit Kita")


def register_team(journey: Journey) -> Page:
    """A captain registers a team; a colleague joins by its link."""
    captain = journey.arrive()
    captain.goto(f"{journey.site.url}/daftar")
    journey.sign_up(captain, "Dewi Kartika", "dewi@kota.example", "Dinas Pekerjaan Umum dan Penataan Ruang")
    captain.goto(f"{journey.event}/tim/baru")
    captain.locator("main [name=name]").fill("Tim Parit Bersih")
    captain.locator("main [name=group]").select_option(index=1)
    captain.get_by_role("button", name="Daftarkan tim").click()
    expect(captain.locator("h1")).to_contain_text("Tim Parit Bersih")
    link = re.search(r'"(http[^"]*/gabung/[^"]*)"', captain.content())
    assert link
    member = journey.arrive()
    member.goto(link[1])
    member.get_by_role("link", name="Buat akun").click()
    journey.sign_up(member, "Bagus Prasetyo", "bagus@kota.example", "Dinas Pekerjaan Umum dan Penataan Ruang")
    member.get_by_role("button", name="Bergabung dengan tim").click()
    expect(member.locator("main")).to_contain_text("2 dari 4 orang")
    return captain


def accompany(journey: Journey, team: str) -> None:
    """The mentor finds the team and takes it on."""
    page = journey.sign_in("tania@untan.example")
    page.goto(team)
    page.locator("main [name=mentor]").select_option(label="Tania Wirawan")
    page.get_by_role("button", name="Tetapkan mentor").click()
    expect(page.get_by_role("button", name="Akhiri pendampingan").first).to_be_visible()


def audit(journey: Journey) -> None:
    """The auditor reads who did what, in sentences, and finds no button that changes anything."""
    page = journey.sign_in("ratna@kota.example")
    page.goto(f"{journey.event}/kelola/jejak?orang=dewi")
    expect(page.locator("main")).to_contain_text("Dewi Kartika mengajukan proposal PARIT BERSIH.")
    expect(page.locator("main")).not_to_contain_text("Hendra Tanuwijaya")
    assert page.locator("main form[method=post]").count() == 0


def write_and_submit(page: Page, journey: Journey) -> str:
    """A proposal that saves itself, checked and sent in; its identifier."""
    page.goto(f"{journey.event}/usulan")
    page.get_by_role("button", name="Mulai usulan").click()
    page.wait_for_url("**/ubah")
    entry = page.url.split("/usulan/")[1].split("/")[0]
    page.locator("[name=title]").fill("PARIT BERSIH")
    page.locator("[name=group]").select_option("A")
    page.locator("[name=track]").select_option("lingkungan")
    for name in LONG_ANSWERS:
        page.locator(f"[name=f-{name}]").fill(WORDS)
    page.locator("[name=f-sasaran]").fill("Warga tepi parit")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.locator("[name=f-perkiraan_biaya]").fill("12000000")
    expect(page.locator("[data-autosave-status]").first).to_contain_text("Tersimpan 09.00")
    page.goto(f"{journey.event}/usulan/{entry}/ajukan")
    page.get_by_label("Kami menyatakan usulan ini karya asli").check()
    page.get_by_role("button", name="Ajukan sekarang").click()
    page.wait_for_url("**/tanda-terima")
    expect(page.locator("main")).to_contain_text("Dewi Kartika")
    assert journey.mailed_link("bagus@kota.example", "PARIT BERSIH")
    return entry


def screen(journey: Journey, entry: str) -> None:
    """The secretariat ticks the list and lets the entry pass."""
    page = journey.sign_in("wulan@kota.example")
    page.goto(f"{journey.event}/kelola/seleksi")
    page.get_by_role("link", name="PARIT BERSIH").click()
    page.wait_for_url(f"**/{entry}")
    for box in page.locator("main [name^=cek-]").all():
        box.check()
    page.get_by_label("Lolos seleksi administrasi", exact=True).check()
    page.get_by_role("button", name="Putuskan").first.click()
    expect(page.get_by_text("PARIT BERSIH lolos. Tim telah diberi tahu.")).to_be_visible()


def sign_impact(page: Page, journey: Journey) -> None:
    """People are scored: the impact record is prepared, completed and signed before jurors can begin."""
    page.goto(f"{journey.event}/kelola/pelindungan-data")
    page.get_by_role("link", name="Tulis penilaian dampak").click()
    page.locator("textarea[name=opinion]").fill("Sepadan dengan tujuannya, tindakannya cukup.")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    page.get_by_role("button", name="Tandatangani").click()
    expect(page.locator("h1")).to_have_text("Penilaian dampak sudah ditandatangani")


def draw(page: Page, journey: Journey) -> None:
    """Two jurors for each entry, drawn and applied."""
    page.goto(f"{journey.event}/kelola/babak/1")
    expect(page.locator("main")).to_contain_text("28 Januari 2027 pukul 23.59 WIB")
    page.locator("[name=ballots_per_idea]").fill("2")
    page.get_by_role("button", name="Simpan").first.click()
    expect(page.get_by_text("Pengaturan babak tersimpan.")).to_be_visible()
    page.goto(f"{journey.event}/kelola/penugasan/1/undian")
    page.get_by_role("button", name="Susun pratinjau").click()
    page.wait_for_url("**/undian/*")
    page.get_by_role("button", name="Terapkan 2 penugasan").click()
    expect(page.get_by_text("2 penugasan dibuat.")).to_be_visible()


def score(journey: Journey, email: str, digits: str) -> None:
    """Declare no conflict, then give each criterion its level from the keyboard, and submit."""
    page = journey.sign_in(email)
    page.goto(f"{journey.event}/juri/benturan")  # the pact comes first
    page.get_by_label("Saya telah membaca pakta ini").check()
    page.get_by_role("button", name="Tandatangani pakta").click()
    page.get_by_label("Tidak ada benturan").first.check()
    page.get_by_role("button", name="Simpan pernyataan").click()
    page.get_by_role("link", name="PARIT BERSIH").click()
    page.wait_for_selector("form[data-ballot-ready]")
    for digit in digits:
        page.keyboard.press(digit)
        page.keyboard.press("j")
    page.locator("[name=comment_team]").fill("Gagasannya kuat dan dapat dimulai pekan depan.")
    expect(page.locator("[data-ballot] [data-autosave-status]")).to_contain_text("Tersimpan 09.00")
    page.get_by_role("button", name="Ajukan nilai").last.click()
    expect(page.get_by_text("Semua karya Anda sudah dinilai.")).to_be_visible()


def expect_sealed(page: Page, journey: Journey) -> None:
    """Nothing of the ranking is to be seen."""
    page.goto(f"{journey.event}/peringkat")
    expect(page.locator("h1")).to_have_text("Peringkat belum diumumkan")
    assert "PARIT BERSIH" not in page.content()


def sign_off(journey: Journey) -> None:
    """The chair answers for the frozen ranking."""
    page = journey.sign_in("ngadi@untan.example")
    page.goto(f"{journey.event}/kelola/hasil/1")
    page.get_by_role("button", name="Sahkan peringkat").click()
    expect(page.locator(".iv-toast").first).to_be_visible()


def announce(page: Page, journey: Journey, visitor_: Page) -> None:
    """Provisional, frozen, signed off by the chair, announced; sealed until the last step."""
    for step in ("Buka peringkat sementara", "Bekukan peringkat", "Umumkan hasil"):
        expect_sealed(visitor_, journey)
        if step == "Umumkan hasil":
            sign_off(journey)
            expect_sealed(visitor_, journey)
        page.goto(f"{journey.event}/kelola/hasil/1")
        panel = page.locator("details.iv-confirm").filter(has=page.locator("summary", has_text=step))
        panel.locator("summary").click()
        panel.locator("button[type=submit]", has_text=step).click()
        expect(page.locator(".iv-toast").first).to_be_visible()
