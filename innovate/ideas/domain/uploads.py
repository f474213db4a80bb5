"""Which files are taken: known by their first bytes and their name, both saying the same."""

from __future__ import annotations

import enum
import re
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO

from innovate.ideas.domain.picture_size import count_points

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
_ALIASES = {"jpeg": "jpg"}
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_NAME_MAX = 120
_PICTURES = {"jpg", "png", "webp"}
MOST_POINTS = 100_000_000  # of a picture
MOST_UNFOLDED = 300 * 1024**2  # bytes that the parts of an office file become together


class UploadFault(enum.StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"  # not on the list
    MISLABELLED = "mislabelled"  # the content is not what the name says
    MACROS = "macros"  # an office file that carries a program
    UNFOLDS = "unfolds"  # an office file that becomes very large when it is opened
    MANY_POINTS = "many_points"  # a picture that no telephone can show


@dataclass(frozen=True)
class Upload:
    """A file that passed: its safe name, its kind (extension) and its media type."""

    filename: str
    kind: str
    media_type: str


def inspect(
    filename: str, content: bytes, *, max_bytes: int, accepted: Collection[str] = ()
) -> Upload | UploadFault:
    """Take the file or say why not. `accepted` narrows the house's list to a field's own."""
    if not content:
        return UploadFault.EMPTY
    if len(content) > max_bytes:
        return UploadFault.TOO_LARGE
    kind = extension_of(filename)
    allowed = {_ALIASES.get(item, item) for item in accepted} & set(MEDIA_TYPES) or set(MEDIA_TYPES)
    if kind not in allowed:
        return UploadFault.KIND
    found = detect(content)
    if found in {UploadFault.MACROS, UploadFault.UNFOLDS}:
        return UploadFault(found)
    if found != kind:
        return UploadFault.MISLABELLED
    if kind in _PICTURES and (count_points(kind, content) or 0) > MOST_POINTS:
        return UploadFault.MANY_POINTS
    return Upload(safe_name(filename, kind), kind, MEDIA_TYPES[kind])


def extension_of(filename: str) -> str:
    """The extension in lower case, aliases resolved; empty without one."""
    stem, dot, extension = filename.rpartition(".")
    extension = extension.strip().lower()
    return _ALIASES.get(extension, extension) if dot and stem else ""


def detect(content: bytes) -> str:
    """What the bytes are: an extension of the list, `macros`, `unfolds`, or empty when unknown."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] != b"qt  ":
        return "mp4"
    if (
        content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]
    ):  # other Matroska does not play everywhere
        return "webm"
    return _detect_office(content) if content.startswith(b"PK\x03\x04") else ""


def _detect_office(content: bytes) -> str:
    """Only the archive's list of names is read; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            unfolded = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OSError):
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return UploadFault.MACROS
    if unfolded > MOST_UNFOLDED:
        return UploadFault.UNFOLDS
    return next((kind for name, kind in _OFFICE.items() if name in names), "")


def safe_name(filename: str, kind: str) -> str:
    """A name that is safe in a header and on a disk, as close to the person's own as possible."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/").rpartition("/")[2])
    stem = name.rpartition(".")[0]
    stem = "".join(c for c in stem if c.isprintable() and c not in '<>:"|?*%;/')
    stem = re.sub(r"\s+", " ", stem).strip(" .")[:_NAME_MAX].strip(" .")
    return f"{stem or 'berkas'}.{kind}"
