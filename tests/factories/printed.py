"""What a PDF says, read back."""

from __future__ import annotations

import pypdfium2


def read_pages(content: bytes) -> list[str]:
    """The words of each page, white space as one blank."""
    document = pypdfium2.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def read_pdf(content: bytes) -> str:
    """The words of all pages."""
    return " ".join(read_pages(content))
