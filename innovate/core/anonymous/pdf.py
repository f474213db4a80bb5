"""PDF: the pages go into a new document, so that the old one's information, XMP and attached files stay behind."""

from __future__ import annotations

import io
from ctypes import create_string_buffer
from typing import Any

_PERSONAL = (b"T", b"Subj", b"CreationDate", b"M", b"NM")  # of annotations: who wrote them and when


def strip(content: bytes) -> bytes:
    """A document with the same pages and nothing about its author."""
    import pypdfium2 as pdfium

    old = pdfium.PdfDocument(content)
    new = pdfium.PdfDocument.new()
    try:
        new.import_pages(old)
        for number in range(len(new)):
            page = new[number]
            _forget_authors(page.raw, pdfium.raw)
            page.close()
        out = io.BytesIO()
        new.save(out)
        return out.getvalue()
    finally:
        new.close()
        old.close()


def _forget_authors(page: Any, raw: Any) -> None:
    empty = create_string_buffer(2)  # an empty UTF-16 text
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        for key in _PERSONAL:
            if raw.FPDFAnnot_HasKey(annotation, key):
                raw.FPDFAnnot_SetStringValue(annotation, key, _as_wide(empty, raw))
        raw.FPDFPage_CloseAnnot(annotation)


def _as_wide(buffer: Any, raw: Any) -> Any:
    from ctypes import POINTER, cast

    return cast(buffer, POINTER(raw.FPDF_WCHAR))
