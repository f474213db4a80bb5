"""PDFs from outside: they open, and start nothing."""

from __future__ import annotations

import pytest

from innovate.core.opening import ActiveError, CannotOpenError, check_pdf
from innovate.demo.domain.papers import make_pdf


def plain(catalogue: str = "", page: str = "") -> bytes:
    return (
        f"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalogue}>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]{page}>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()


@pytest.mark.parametrize("content", [make_pdf("Berita acara", ["/S /JavaScript (app)"]), plain()])
def test_a_document_that_opens_is_taken(content) -> None:
    check_pdf(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7\nbukan apa-apa\n%%EOF\n", make_pdf("Judul", ["isi"])[:40]])
def test_what_does_not_open_is_refused(content) -> None:
    with pytest.raises(CannotOpenError):
        check_pdf(content)


@pytest.mark.parametrize(
    "content",
    [
        plain("/OpenAction<</S/JavaScript/JS(app.alert)>>"),
        plain("/OpenAction<</S /J#61vaScript/JS(app.alert)>>"),
        plain("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>"),
        plain(page="/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)>>>>]"),
    ],
)
def test_what_runs_a_script_or_starts_a_program_is_refused(content) -> None:
    with pytest.raises(ActiveError):
        check_pdf(content)
