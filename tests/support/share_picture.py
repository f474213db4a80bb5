"""Draw static/img/share.png out of share.svg with our own letters: `python -m tests.support.share_picture`."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from playwright.sync_api import ViewportSize

from innovate.core.web.assets import build_assets
from tests.support.browser import launched

STATIC = Path(__file__).parents[2] / "static"
SIZE: ViewportSize = {"width": 1200, "height": 630}


def draw() -> None:
    """Write the picture anew."""
    font = STATIC / "build" / build_assets(STATIC)["font"]
    face = f"@font-face{{font-family:Inter;src:url(data:font/woff2;base64,{b64encode(font.read_bytes()).decode()})}}"
    page_text = f"<style>{face}body{{margin:0}}</style>{(STATIC / 'img/share.svg').read_text()}"
    with launched() as browser:
        page = browser.new_page(viewport=SIZE)
        page.set_content(page_text)
        page.evaluate("document.fonts.load('700 112px Inter').then(() => document.fonts.ready)")
        page.screenshot(path=STATIC / "img/share.png")


if __name__ == "__main__":
    draw()
