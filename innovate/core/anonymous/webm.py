"""WebM: remarks become empty, in place, so that nothing moves and every address inside the film stays true."""

from __future__ import annotations

# Elements are named by their whole identifier, as https://www.rfc-editor.org/rfc/rfc9559 lists them.
_ENTERED = {0x18538067, 0x1549A966, 0x1654AE6B, 0xAE}  # Segment, Info, Tracks, TrackEntry
_EMPTIED = {
    0x7BA9,
    0x4461,
    0x7384,
    0x3C83AB,
    0x3E83BB,
    0x4D80,
    0x5741,
    0x536E,
    0x258688,
}  # titles, names, date, tools
_DROPPED = {
    0x1254C367,
    0x1941A469,
    0x1043A770,
    0xBF,
}  # Tags, Attachments, Chapters, and checksums no longer true
_VOID = 0xEC
_LONGEST_ID, _LONGEST_SIZE = 4, 8


def strip(content: bytes) -> bytes:
    """The same film without title, author, date, tools, chapters' names and whatever was attached."""
    film = bytearray(content)
    at = 0
    while at < len(film):
        kind, size_at = _read_kind(film, at)
        size, begins = _read_size(film, size_at)
        if (
            kind in _ENTERED or size is None
        ):  # a stream does not know how long its parts are; what follows is inside
            at = begins
            continue
        ends = min(begins + size, len(film))  # the last part of a recording may be cut off
        if kind in _EMPTIED:
            film[begins:ends] = bytes(ends - begins)
        elif kind in _DROPPED:
            film[at:ends] = _void(ends - at, begins - at - 1)
        at = ends
    return bytes(film)


def _read_kind(film: bytearray, at: int) -> tuple[int, int]:
    """An element's identifier and where its size stands."""
    length = 9 - film[at].bit_length()
    if length > _LONGEST_ID or at + length >= len(film):
        raise ValueError("not an element")
    return int.from_bytes(film[at : at + length], "big"), at + length


def _read_size(film: bytearray, at: int) -> tuple[int | None, int]:
    """How long the content is, None when that is not said, and where it begins."""
    length = 9 - film[at].bit_length()
    if length > _LONGEST_SIZE or at + length > len(film):
        raise ValueError("an element without a size")
    unknown = (1 << 7 * length) - 1
    size = int.from_bytes(film[at : at + length], "big") & unknown
    return None if size == unknown else size, at + length


def _void(length: int, room: int) -> bytes:
    """Empty space of `length` bytes; its size is written in `room` bytes, eight at most."""
    width = min(room, _LONGEST_SIZE)
    content = length - 1 - width
    return bytes([_VOID]) + (content | 1 << 7 * width).to_bytes(width, "big") + bytes(content)
