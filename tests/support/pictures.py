"""Takes the guides' pictures from a running demo.

`make run` in one window, `python -m tests.support.pictures` in another.
"""

from __future__ import annotations

import argparse
import io
import sys
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from innovate.core.serving import ROOT
from innovate.demo.domain.cast import PASSWORD
from tests.support.browser import DESKTOP, PHONE, launched

FOLDER = ROOT / "docs" / "images"
COLOURS = 96  # flat pages need few; the files stay below 100 kB
# name: (who, the way: addresses, or "@" and part of the link to follow, which screen)
PICTURES = {
    "papan-peringkat": ("", ["/k/inovasi-kota-2026/peringkat"], DESKTOP),
    "penyelenggara-dasbor": ("panitia", ["/k/anugerah-kantor-hijau/kelola"], DESKTOP),
    "penyelenggara-templat": ("panitia", ["/kompetisi/baru"], DESKTOP),
    "penyelenggara-orang": ("panitia", ["/k/seleksi-kipp-kota/kelola/orang"], DESKTOP),
    "penyelenggara-hasil": ("panitia", ["/k/inovasi-kota-2026/kelola/hasil"], DESKTOP),
    "penyelenggara-naskah": (
        "panitia",
        ["/k/inovasi-kota-2026/kelola/dokumen/format/announcement"],
        DESKTOP,
    ),
    "sekretariat-seleksi": ("sekretariat", ["/k/anugerah-kantor-hijau/kelola/seleksi"], DESKTOP),
    "juri-antrean": ("juri", ["/k/hackathon-kota-tanggap-air/juri"], PHONE),
    "juri-nilai": ("juri", ["/k/hackathon-kota-tanggap-air/juri", "@/juri/karya/"], PHONE),
    "penyelenggara-kendali": (
        "ketua.juri",
        ["/k/hackathon-kota-tanggap-air/kelola/presentasi/1/kendali"],
        DESKTOP,
    ),
    "layar-presentasi": ("", ["/k/hackathon-kota-tanggap-air/presentasi/1/layar"], DESKTOP),
    "juri-presentasi": ("juri", ["/k/hackathon-kota-tanggap-air/juri/presentasi"], PHONE),
    "tim-beranda": ("ketua.tim", ["/beranda"], PHONE),
    "tim-usulan": ("ketua.tim", ["/beranda", "@/ubah"], PHONE),
}


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.pictures", description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the demo runs")
    address = parser.parse_args().address
    FOLDER.mkdir(exist_ok=True)
    with launched() as browser:
        for name, (who, way, screen) in PICTURES.items():
            path = FOLDER / f"{name}.png"
            path.write_bytes(_packed(_take(browser, address, who, way, screen)))
            sys.stdout.write(f"{path.name}: {path.stat().st_size // 1024} kB\n")


def _take(browser: Browser, address: str, who: str, way: list[str], screen: Any) -> bytes:
    with browser.new_context(viewport=screen, locale="id-ID", reduced_motion="reduce") as person:
        page = person.new_page()
        if who:
            _sign_in(page, address, f"{who}@innovate.example")
        for step in way:
            if step.startswith("@"):
                page.locator(f"main a[href*='{step[1:]}']").first.click()
                page.wait_for_load_state("networkidle")
            else:
                page.goto(address + step)
        return page.screenshot()


def _sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/masuk")
    page.get_by_label("Surel").fill(email)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/beranda")


def _packed(png: bytes) -> bytes:
    packed = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(packed, "PNG", optimize=True)
    return packed.getvalue()


if __name__ == "__main__":
    main()
