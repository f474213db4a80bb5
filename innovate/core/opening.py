"""Whether a PDF from outside opens and starts nothing, asked in a process of its own, under limits.

`python -m innovate.core.opening IN OUT` is that process: it fails where the document does not open, and writes into OUT
`active` where it would run a script or start a program, else `quiet`.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from innovate.core.apart import ApartError, limit_myself, run_apart

_SECONDS = 60
_UNLOCKED = 3  # FPDF_REMOVE_SECURITY: written without the cipher
_STARTS = re.compile(rb"/S\s*/(?:JavaScript|Launch)(?![A-Za-z])")


class CannotOpenError(Exception):
    """The document is broken, has no page, asks for a password, or is too much work."""


class ActiveError(Exception):
    """The document would run a script or start a program where it is opened."""


def check_pdf(content: bytes) -> None:
    """Nothing for a sound document; CannotOpenError or ActiveError else. Slow: before a writing transaction."""
    with tempfile.TemporaryDirectory(prefix="innovate-opening-") as name:
        source, target = Path(name) / "in.pdf", Path(name) / "said"
        source.write_bytes(content)
        try:
            run_apart("innovate.core.opening", str(source), str(target), seconds=_SECONDS)
        except ApartError as fault:
            raise CannotOpenError(str(fault)) from fault
        if target.read_text() != "quiet":
            raise ActiveError


def _main(source: str, target: str) -> None:
    limit_myself(_SECONDS)
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(Path(source).read_bytes())
    if not len(document):
        sys.exit("no page")
    for number in range(len(document)):
        document[number].close()
    # Written anew every object stands in the open: none packed, no name spelled in digits.
    out = io.BytesIO()
    document.save(out, flags=_UNLOCKED)
    Path(target).write_text("active" if _STARTS.search(out.getvalue()) else "quiet")


if __name__ == "__main__":
    _main(*sys.argv[1:])
