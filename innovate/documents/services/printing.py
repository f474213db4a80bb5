"""From a paper's data to its PDF, with the code that leads to the page about it."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from innovate.core import storage
from innovate.core.qr import draw_qr
from innovate.core.typesetting import draw_apart, typeset, typeset_apart
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.domain.texts import Text

_ISSUED = {
    PaperKind.MINUTES: "assessment",
    PaperKind.RECAP: "recap",
    PaperKind.DECREE: "decree",
    PaperKind.ANNOUNCEMENT: "announcement",
    PaperKind.CERTIFICATE: "certificate",
    PaperKind.TRAINING: "certificate",
    PaperKind.APPOINTMENT: "decree",
    PaperKind.INVITATION: "invitation",
    PaperKind.DUTY: "duty",
}
_SHEETS = {Text.ATTENDANCE: "attendance", Text.SCORES: "scores"}
PREVIEW = "Pratinjau, tanpa nomor"


def template_of(text: Text, kind: PaperKind | None = None) -> str:
    """The template that prints a text; declarations share one."""
    return _ISSUED[kind] if kind else _SHEETS.get(text, "statement")


def print_paper(kind: PaperKind, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of an issued paper. The same data and instant give the same bytes."""
    qr = draw_qr(str(data["url"]))
    mark = f"Kode verifikasi dokumen {data['code']}"
    return typeset(_ISSUED[kind], _complete(data, mark, qr), at=at)


def print_preview(kind: PaperKind, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a paper that has neither number nor code; made apart, for somebody who waits for it."""
    return typeset_apart(_ISSUED[kind], _complete(data, PREVIEW, ""), at=at)


def print_sheet(text: Text, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a sheet that is signed by hand and has no number; made apart too."""
    return typeset_apart(template_of(text), _complete(data, str(data["event"]), ""), at=at)


def draw_sample(text: Text, kind: PaperKind | None, data: Mapping[str, Any], *, at: datetime) -> list[bytes]:
    """Pictures (PNG) of the pages of a sample."""
    mark = PREVIEW if kind else str(data["event"])
    return draw_apart(template_of(text, kind), _complete(data, mark, ""), at=at)


def _complete(data: Mapping[str, Any], mark: str, qr: str) -> dict[str, Any]:
    head = {**data["head"], "logo": draw_logo(data["head"].get("logo_key", ""))}
    return {**data, "head": head, "words": {**data["words"], "fingerprint": mark}, "qr": qr}


def draw_logo(key: str) -> str:
    """The logo as SVG, for a template that is given text alone; empty without one."""
    return _wrap_picture(storage.read(key)) if key else ""


@lru_cache(maxsize=8)
def _wrap_picture(content: bytes) -> str:
    width, height = struct.unpack(">II", content[16:24])  # where a PNG says its size
    size = f'width="{width}" height="{height}"'
    link = f"data:image/png;base64,{b64encode(content).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>'
        f'<image {size} href="{link}"/></svg>'
    )
