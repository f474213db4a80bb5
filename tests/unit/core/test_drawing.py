"""Pages of PDF files from outside."""

import io

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from innovate.core.drawing import MAX_PAGES, MAX_PIXELS, CannotDrawError, draw_pdf, scale_of
from innovate.demo.domain.papers import make_pdf


def document(pages: int, width: float = 595, height: float = 842) -> bytes:
    made = pdfium.PdfDocument.new()
    for _ in range(pages):
        made.new_page(width, height)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_paper_is_drawn_page_by_page_with_its_words() -> None:
    total, pages = draw_pdf(make_pdf("Bukti dukung", [f"Butir {n} tentang parit." for n in range(60)]))
    assert total == len(pages) >= 2
    assert "Butir 0 tentang parit." in pages[0].text
    for page in pages:
        picture = Image.open(io.BytesIO(page.content))
        assert (picture.format, picture.size) == ("WEBP", (page.width, page.height))
        assert page.width == 1200
        assert len(picture.convert("L").getcolors(256) or []) > 2  # there is something on it


def test_many_pages_and_huge_pages_are_bounded() -> None:
    total, pages = draw_pdf(document(MAX_PAGES + 3, 595, 20))  # flat: their number is what is asked
    assert (total, len(pages)) == (MAX_PAGES + 3, MAX_PAGES)
    _, (page,) = draw_pdf(document(1, 300, 14_000))
    assert page.width * page.height <= MAX_PIXELS * 1.01


@pytest.mark.parametrize("content", [b"%PDF-1.7\nrusak", make_pdf("Terpotong", ["isi"])[:80], b""])
def test_a_broken_file_is_refused(content: bytes) -> None:
    with pytest.raises(CannotDrawError):
        draw_pdf(content)


@given(st.floats(1, 20_000), st.floats(1, 20_000))
def test_no_page_is_wider_or_larger_than_allowed(width: float, height: float) -> None:
    scale = scale_of(width, height)
    assert width * scale <= 1200 * 1.001
    assert width * height * scale**2 <= MAX_PIXELS * 1.001
