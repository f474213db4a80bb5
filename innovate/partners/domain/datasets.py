"""Files an organisation gives with its challenge: known by their name and their bytes, both saying the same."""

from __future__ import annotations

import enum
import json
import re
import unicodedata
import zipfile
from io import BytesIO

_OPEN_XML = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xlsx": _OPEN_XML,
    "ods": _OPEN_DOCUMENT,
    "pdf": "application/pdf",
}
_INSIDE = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}
MOST_UNFOLDED = 300 * 1024**2  # bytes that the parts of a workbook become together


class DataFault(enum.StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"  # not on the list
    OTHER = "other"  # the content is not what the name says
    MACROS = "macros"  # a workbook that carries a program
    UNFOLDS = "unfolds"  # a workbook that becomes very large when it is opened


def inspect(filename: str, content: bytes, *, max_bytes: int) -> str | DataFault:
    """The media type of the file, or why it is not taken."""
    if not content:
        return DataFault.EMPTY
    if len(content) > max_bytes:
        return DataFault.LARGE
    kind = filename.rpartition(".")[2].strip().lower()
    if kind not in MEDIA_TYPES:
        return DataFault.KIND
    if kind in _INSIDE:
        fault = _find_fault_of_workbook(content, _INSIDE[kind])
    elif kind == "pdf":
        fault = None if content.startswith(b"%PDF-") else DataFault.OTHER
    else:
        fault = _find_fault_of_text(content, must_parse=kind != "csv")
    return fault or MEDIA_TYPES[kind]


def _find_fault_of_workbook(content: bytes, inside: str) -> DataFault | None:
    """Only the archive's list of names is read; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OSError):
        return DataFault.OTHER
    names = [part.filename for part in parts]
    if inside not in names:
        return DataFault.OTHER
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        return DataFault.MACROS
    return DataFault.UNFOLDS if sum(part.file_size for part in parts) > MOST_UNFOLDED else None


def _find_fault_of_text(content: bytes, *, must_parse: bool) -> DataFault | None:
    try:
        text = content.decode("utf-8-sig")
        if must_parse:
            json.loads(text)
    except (ValueError, RecursionError):
        return DataFault.OTHER
    return DataFault.OTHER if "\x00" in text else None


def clean_name(filename: str) -> str:
    """The file's own name without folders and signs that no disk takes, its ending kept."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/").rpartition("/")[2])
    stem, _dot, ending = name.rpartition(".")
    stem = "".join(sign for sign in stem if sign.isprintable() and sign not in '<>:"|?*%;')
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:120]
    return f"{stem or 'data'}.{ending.strip().lower()}"
