"""Many papers as one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from innovate.core import storage
from innovate.documents.models import Document


class _Tail(io.RawIOBase):
    """What was written since it was last taken; it cannot be sought, so that nothing must be kept."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        self._parts.append(bytes(part))  # type: ignore[call-overload]
        return len(self._parts[-1])

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def stream_archive(rows: Sequence[Document]) -> Iterator[bytes]:
    """A ZIP of the papers, written as it is read; names are number and holder. The rows are read now."""
    return _pack([(zipfile.ZipInfo(name_of(row), _time_of(row)), row.served[0]) for row in rows])


def _pack(files: Sequence[tuple[zipfile.ZipInfo, str]]) -> Iterator[bytes]:
    tail = _Tail()
    with zipfile.ZipFile(tail, "w", zipfile.ZIP_STORED) as archive:
        for info, key in files:
            archive.writestr(info, storage.read(key))
            yield tail.take()
    yield tail.take()


def _time_of(row: Document) -> tuple[int, int, int, int, int, int]:
    at = row.issued_at
    return at.year, at.month, at.day, at.hour, at.minute, at.second


def name_of(row: Document) -> str:
    """`2026-012 Nama.pdf`, without what file systems do not take."""
    plain = "".join(sign if sign.isalnum() or sign in " .,-" else "_" for sign in row.holder).strip(" .")
    return f"{row.year}-{row.sequence:04d} {plain[:80]}.pdf"
