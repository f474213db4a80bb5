"""What a PDF says, read back."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image


def read_pages(content: bytes) -> list[str]:
    """The words of each page, white space as one blank."""
    document = pypdfium2.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def read_pdf(content: bytes) -> str:
    """The words of all pages."""
    return " ".join(read_pages(content))


def codes_in(content: bytes) -> set[str]:
    """What the pictures of codes on a PDF's first page say, read as a telephone's camera reads them."""
    page = pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil()
    return {found.text for found in zxingcpp.read_barcodes(page)}


def codes_seen(picture: bytes) -> set[str]:
    """The same of a picture of a screen."""
    return {found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(picture)))}
