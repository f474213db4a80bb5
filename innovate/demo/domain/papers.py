"""A small writer of PDF: pages of plain text, enough for letters that open everywhere."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 64  # A4 in points
_SIZE, _LEADING = 11, 16
_COLUMNS = 86
_LINES = (_HEIGHT - 2 * _MARGIN) // _LEADING


def make_pdf(title: str, paragraphs: Iterable[str]) -> bytes:
    """A document in Helvetica: the title in bold, then the paragraphs, wrapped over as many pages as needed."""
    lines = [line for paragraph in paragraphs for line in (*_wrap(paragraph), "")]
    pages = [lines[start : start + _LINES - 2] for start in range(0, len(lines), _LINES - 2)] or [[]]
    streams = [_page(title if number == 0 else "", page) for number, page in enumerate(pages)]
    return assemble(title, streams)


def _wrap(paragraph: str) -> list[str]:
    return [
        piece
        for line in paragraph.splitlines() or [""]
        for piece in (textwrap.wrap(line, _COLUMNS, break_long_words=True) or [""])
    ]


def _page(title: str, lines: Sequence[str]) -> bytes:
    top = _HEIGHT - _MARGIN
    parts = [b"BT", f"{_LEADING} TL".encode(), f"{_MARGIN} {top} Td".encode()]
    if title:
        for line in textwrap.wrap(title, 60):
            parts += [b"/F2 14 Tf", text(line), b"T*"]
        parts.append(b"T*")
    parts.append(f"/F1 {_SIZE} Tf".encode())
    parts += [text(line) + b" T*" for line in lines]
    return b"\n".join([*parts, b"ET"])


def text(line: str) -> bytes:
    """The words as an operator that shows them."""
    plain = line.encode("cp1252", "replace")
    for special in (b"\\", b"(", b")"):
        plain = plain.replace(special, b"\\" + special)
    return b"(" + plain + b") Tj"


def assemble(title: str, streams: Sequence[bytes], *, size: tuple[int, int] = (_WIDTH, _HEIGHT)) -> bytes:
    """A document whose pages draw these streams, in Helvetica (F1) and its bold (F2); `size` in points.

    Objects: 1 catalogue, 2 page tree, 3 and 4 fonts, 5 information, then a page and its content in turn.
    """
    first = 6
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(streams)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
        b"<< /Title " + text(title).removesuffix(b" Tj") + b" /Producer (Innovate) >>",
    ]
    for number, stream in enumerate(streams):
        objects += [_page_object(first + 2 * number + 1, size), _stream_object(stream)]
    return _file(objects)


def _page_object(content: int, size: tuple[int, int]) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {content} 0 R "
        "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
    ).encode()


def _stream_object(stream: bytes) -> bytes:
    return f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    body = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    body += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\n".encode()
    return bytes(body + f"startxref\n{start}\n%%EOF\n".encode())
