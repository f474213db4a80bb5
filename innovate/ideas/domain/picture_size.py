"""How many points a picture has, read from its first bytes; nothing is unpacked."""

from __future__ import annotations

_JPEG_SIZES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_ALONE = {0x01, *range(0xD0, 0xD9)}  # marks of a JPEG that nothing follows


def count_points(kind: str, content: bytes) -> int | None:
    """Width times height of a `png`, `jpg` or `webp`, or None where that cannot be read."""
    size = {"png": _read_png, "jpg": _read_jpeg, "webp": _read_webp}[kind](content)
    return size[0] * size[1] if size else None


def _read_png(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return _big(content[16:20]), _big(content[20:24])


def _read_jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark in _JPEG_SIZES:
            return _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7])
        at += 1 if mark == 0xFF else 2 if mark in _ALONE else 2 + _big(content[at + 2 : at + 4])
    return None


def _read_webp(content: bytes) -> tuple[int, int] | None:
    form, body = content[12:16], content[20:30]
    if len(body) < 10:
        return None
    if form == b"VP8X":
        return 1 + _little(body[4:7]), 1 + _little(body[7:10])
    if form == b"VP8L":
        bits = _little(body[1:5])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        return _little(body[6:8]) & 0x3FFF, _little(body[8:10]) & 0x3FFF
    return None


def _big(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _little(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
