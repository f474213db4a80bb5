"""The words of an office file (docx, pptx, xlsx): what somebody reads who opens it."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

MEDIA_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_BYTES = 40 * 1024**2  # of all parts with words, unpacked
_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|ppt/(slides/slide|notesSlides/notesSlide|comments/comment)(?P<slide>\d+)\.xml"
    r"|xl/(sharedStrings|worksheets/sheet\d+|comments\d*|drawings/drawing\d+)\.xml"
)
_BREAKS = {"p", "br", "cr", "tab", "si", "is", "row"}  # elements after which a new word begins

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ET.ParseError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)  # what broken, encrypted or odd files raise


class CannotReadError(Exception):
    """The file is no office file, is broken, or unfolds beyond `MOST_BYTES`."""


def read_words(content: bytes) -> list[tuple[int, str]]:
    """The text of each part in reading order, with its slide (from 1), or 0 where a file has no slides.

    Raises CannotReadError. Words divided by formatting inside a paragraph are joined as they are read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [
                (found, item) for item in packed.infolist() if (found := _PARTS.fullmatch(item.filename))
            ]
            if sum(item.file_size for _found, item in parts) > MOST_BYTES:
                raise CannotReadError("unfolds beyond all bounds")
            read = [(int(found["slide"] or 0), _words(packed.read(item))) for found, item in parts]
    except _BROKEN as error:
        raise CannotReadError(str(error)) from error
    return sorted(((number, text) for number, text in read if text), key=lambda part: part[0])


def _words(content: bytes) -> str:
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(_pieces(content))).strip()


def _pieces(content: bytes) -> Iterator[str]:
    # expat refuses entities that unfold without end (2.4.1 and later); no entity of a file is ever fetched
    for _event, element in ET.iterparse(io.BytesIO(content), events=("end",)):  # noqa: S314 - see above
        name = element.tag.rpartition("}")[2]
        if name == "t":
            yield element.text or ""
        elif name in _BREAKS:
            yield "\n"
        element.clear()
