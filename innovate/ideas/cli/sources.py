"""Where the texts come from: a folder of files, or a CSV with `id,text`. Read as often as asked, never held whole."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flask_babel import gettext as _

if TYPE_CHECKING:
    from _csv import Reader as _Reader

_SEPARATORS = (",", ";", "\t")
_LARGEST_TEXT = 20_000_000  # characters of one text
COLUMNS = ("id", "text")


class BadSource(ValueError):
    """A text cannot be read; the message says where and why."""


def _place(path: Path, row: int, column: object, what: str) -> BadSource:
    where = _("baris %(row)s, kolom %(column)s", row=row, column=column)
    return BadSource(f"{path.name}: {where}: {what}")


class Folder:
    """Every visible file below a folder is a text in UTF-8, known by its path in the folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        found = (each for each in path.rglob("*") if each.is_file())
        self.files = sorted(each for each in found if not _is_hidden(each.relative_to(path)))
        if not self.files:
            raise BadSource(f"{path}: {_('folder ini tidak berisi berkas teks.')}")

    def read(self) -> Iterator[tuple[str, str]]:
        """Names and texts in the order of the names."""
        for file in self.files:
            yield file.relative_to(self.path).as_posix(), _read_text(file)

    def fetch(self, places: Collection[int]) -> dict[int, str]:
        """The texts at these places of that order."""
        return {place: _read_text(self.files[place]) for place in places}


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadSource(f"{path}: {error.strerror}") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_text(path, content[: error.start].decode("utf-8", "replace")) from None
    if "\0" in text:
        raise _not_text(path, text[: text.index("\0")])
    return text


def _not_text(path: Path, before: str) -> BadSource:
    return _place(path, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1, _("bukan teks UTF-8."))


class Table:
    """A CSV, separated by comma, semicolon or tab, whose head has the columns `id` and `text`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Iterator[tuple[str, str]]:
        """Ids and texts in the order of the rows. BadSource names row and column of what is wrong."""
        seen: dict[str, int] = {}
        for row, name, text in self._rows():
            if not name:
                raise _place(self.path, row, "id", _("sel ini wajib diisi."))
            if name in seen:
                raise _place(
                    self.path,
                    row,
                    "id",
                    _("%(value)s sudah ada di baris %(row)s.", value=name, row=seen[name]),
                )
            seen[name] = row
            yield name, text
        if not seen:
            raise _place(
                self.path, 2, "id", _("berkas ini kosong; baris pertama memuat nama kolom, lalu datanya.")
            )

    def fetch(self, places: Collection[int]) -> dict[int, str]:
        """The texts at these places of that order."""
        wanted = set(places)
        rows = islice(self._rows(), max(wanted, default=-1) + 1)
        return {place: text for place, (_row, _name, text) in enumerate(rows) if place in wanted}

    def _rows(self) -> Iterator[tuple[int, str, str]]:
        before = csv.field_size_limit(_LARGEST_TEXT)
        try:
            with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
                head = file.readline()
                separator = max(_SEPARATORS, key=head.count)
                file.seek(0)
                yield from self._cells(csv.reader(file, delimiter=separator, strict=True))
        except OSError as error:
            raise BadSource(f"{self.path}: {error.strerror}") from None
        finally:
            csv.field_size_limit(before)

    def _cells(self, reader: _Reader) -> Iterator[tuple[int, str, str]]:
        row, head = 1, None
        try:
            for cells in reader:
                self._check(row, cells)
                if head is None:
                    head = self._head(cells)
                elif any(cells):
                    if len(cells) > len(head):
                        raise _place(self.path, row, len(head) + 1, _("lebih banyak sel daripada kolom."))
                    said = dict(zip(head, cells, strict=False))
                    yield row, said.get("id", "").strip(), said.get("text", "")
                row = reader.line_num + 1
        except csv.Error as error:
            what = (
                _("teks ini terlalu panjang.")
                if "limit" in str(error)
                else _("tanda petik di baris ini tidak ditutup; berkas tidak terbaca sebagai CSV.")
            )
            raise _place(self.path, row, 1, what) from None
        if head is None:
            self._head([])

    def _check(self, row: int, cells: Sequence[str]) -> None:
        for number, cell in enumerate(cells, 1):
            if "\0" in cell or (not cell.isascii() and any("\ud800" <= char <= "\udfff" for char in cell)):
                raise _place(self.path, row, number, _("bukan teks UTF-8."))

    def _head(self, cells: Sequence[str]) -> list[str]:
        head = [cell.strip().casefold() for cell in cells]
        for column in COLUMNS:
            if column not in head:
                found = ", ".join(filter(None, cells)) or "–"
                raise _place(
                    self.path, 1, column, _("kolom ini tidak ada. Yang ada: %(found)s.", found=found)
                )
            if head.count(column) > 1:
                raise _place(self.path, 1, column, _("kolom ini tertulis dua kali."))
        return head


def open_source(path: Path) -> Folder | Table:
    """A folder or a file as texts."""
    return Folder(path) if path.is_dir() else Table(path)
