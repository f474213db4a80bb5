"""What may be handed out: a link, or a file that is what its name says."""

from __future__ import annotations

import enum
import re
from urllib.parse import urlsplit

_ZIPPED = b"PK\x03\x04"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
# By ending: how the bytes begin, and the media type.
KINDS: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "pptx": (_ZIPPED, _OPEN_XML + "presentationml.presentation"),
    "docx": (_ZIPPED, _OPEN_XML + "wordprocessingml.document"),
    "xlsx": (_ZIPPED, _OPEN_XML + "spreadsheetml.sheet"),
    "odp": (_ZIPPED, "application/vnd.oasis.opendocument.presentation"),
    "odt": (_ZIPPED, "application/vnd.oasis.opendocument.text"),
    "ods": (_ZIPPED, "application/vnd.oasis.opendocument.spreadsheet"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
}
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


class Fault(enum.StrEnum):
    """Why a file cannot be handed out."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    OTHER = "other"


def inspect(filename: str, content: bytes, *, max_bytes: int) -> str | Fault:
    """The media type of a file, or what is wrong with it."""
    if not content:
        return Fault.EMPTY
    if len(content) > max_bytes:
        return Fault.LARGE
    ending = filename.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if ending not in KINDS:
        return Fault.KIND
    begins, media_type = KINDS[ending]
    return media_type if content.startswith(begins) else Fault.OTHER


def clean_name(filename: str) -> str:
    """A file's own name without folders and signs that no disk takes, at most 200 characters, its ending kept."""
    name = _UNSAFE.sub(" ", filename.replace("\\", "/").rpartition("/")[2]).strip(" .") or "bahan"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 199 - len(ending)]}.{ending}" if dot and len(ending) < 20 else name[:200]


def is_link(text: str) -> bool:
    """Whether this is an address of the web that can be opened."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)
