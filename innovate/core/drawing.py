"""Pages of a PDF as pictures. A document from outside is opened in a process of its own, under limits.

`python -m innovate.core.drawing IN OUT` is that process: it writes `1.webp`, `2.webp` … and `pages.json` into OUT.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from innovate.core.apart import ApartError, limit_myself, run_apart

MAX_PAGES = 60
MAX_PIXELS = 3_000_000  # of one page
MAX_TEXT = 6000  # characters of one page
_WIDTH = 1200
_QUALITY = 80
_SECONDS = 120


class CannotDrawError(Exception):
    """The document is broken, protected by a password, or too much work."""


@dataclass(frozen=True)
class Drawn:
    """One page: its picture (WebP) and the words on it."""

    content: bytes
    width: int
    height: int
    text: str


def draw_pdf(content: bytes) -> tuple[int, list[Drawn]]:
    """How many pages the document has, and the first sixty of them as pictures, without what names its author."""
    with tempfile.TemporaryDirectory(prefix="innovate-pages-") as name:
        folder = Path(name)
        (folder / "in.pdf").write_bytes(content)
        try:
            run_apart("innovate.core.drawing", str(folder / "in.pdf"), name, seconds=_SECONDS)
        except ApartError as fault:
            raise CannotDrawError(str(fault)) from fault
        said = json.loads((folder / "pages.json").read_text())
        pages = [
            Drawn((folder / f"{n}.webp").read_bytes(), page["width"], page["height"], page["text"])
            for n, page in enumerate(said["pages"], 1)
        ]
        return int(said["total"]), pages


def scale_of(width: float, height: float) -> float:
    """Pixels per point: as wide as a screen reads well, never more pixels than a phone can hold."""
    return float(min(_WIDTH / width, (MAX_PIXELS / (width * height)) ** 0.5))


def _main(source: str, folder: str) -> None:
    limit_myself(_SECONDS)
    import pypdfium2 as pdfium

    from innovate.core.anonymous import pdf

    document = pdfium.PdfDocument(pdf.strip(Path(source).read_bytes()))
    total = len(document)
    pages = []
    for number in range(min(total, MAX_PAGES)):
        page = document[number]
        pages.append(_draw(page, Path(folder) / f"{number + 1}.webp"))
        page.close()
    (Path(folder) / "pages.json").write_text(json.dumps({"total": total, "pages": pages}))


def _draw(page: Any, target: Path) -> dict[str, Any]:
    width, height = page.get_size()
    picture = page.render(scale=scale_of(width, height)).to_pil().convert("RGB")
    picture.save(target, "WEBP", quality=_QUALITY)
    words = page.get_textpage()
    text = words.get_text_bounded()[:MAX_TEXT].replace("\r\n", "\n").replace("\x00", "")
    words.close()
    return {"width": picture.width, "height": picture.height, "text": text.encode("utf-8", "ignore").decode()}


if __name__ == "__main__":
    _main(*sys.argv[1:])
