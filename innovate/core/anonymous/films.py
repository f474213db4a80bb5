"""MP4: boxes that carry remarks (`udta`, `meta`, `uuid`) become free space of the same length, so nothing moves."""

from __future__ import annotations

from collections.abc import Iterator

_REMARKS = {b"udta", b"meta", b"uuid"}
_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf"}


def strip(content: bytes) -> bytes:
    """The same film without title, author, place and whatever else was written beside it."""
    film = bytearray(content)
    _walk(film, 0, len(film))
    return bytes(film)


def _walk(film: bytearray, start: int, end: int) -> None:
    for at, head, size in _boxes(film, start, end):
        kind = bytes(film[at + 4 : at + 8])
        if kind in _REMARKS:
            film[at + 4 : at + 8] = b"free"
            film[at + head : at + size] = bytes(size - head)
        elif kind in _CONTAINERS:
            _walk(film, at + head, at + size)


def _boxes(film: bytearray, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where each box begins, how long its head and how long it is altogether."""
    at = start
    while at + 8 <= end:
        size, head = int.from_bytes(film[at : at + 4], "big"), 8
        if size == 1:  # a long box: its size follows
            size, head = int.from_bytes(film[at + 8 : at + 16], "big"), 16
        elif size == 0:  # until the end of the file
            size = end - at
        if size < head or at + size > end:
            raise ValueError("a box is longer than what holds it")
        yield at, head, size
        at += size
