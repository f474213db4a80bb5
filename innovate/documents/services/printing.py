"""From a paper's data to its PDF, with the code that leads to the page about it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.core.typesetting import typeset, typeset_apart
from innovate.documents.domain.kinds import PaperKind

TEMPLATES = {
    PaperKind.MINUTES: "assessment",
    PaperKind.DECREE: "decree",
    PaperKind.ANNOUNCEMENT: "announcement",
    PaperKind.CERTIFICATE: "certificate",
}


def print_paper(kind: PaperKind, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of an issued paper. The same data and instant give the same bytes."""
    qr = draw_code(str(data["url"]))
    mark = f"Kode verifikasi dokumen {data['code']}"
    return typeset(TEMPLATES[kind], _complete(data, mark, qr), at=at)


def print_preview(kind: PaperKind, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a paper that has neither number nor code; made apart, for somebody who waits for it."""
    return typeset_apart(TEMPLATES[kind], _complete(data, "Pratinjau, tanpa nomor", ""), at=at)


def _complete(data: Mapping[str, Any], mark: str, qr: str) -> dict[str, Any]:
    return {**data, "words": {**data["words"], "fingerprint": mark}, "qr": qr}


def draw_code(url: str) -> str:
    """A QR code as SVG."""
    import segno

    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=4, dark="#000", light="#fff")
    return drawn.getvalue().decode()
