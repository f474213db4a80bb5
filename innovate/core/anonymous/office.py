"""Office files (docx, xlsx, pptx): author fields emptied, authors of remarks and changes blanked, pictures stripped."""

from __future__ import annotations

import io
import re
import zipfile

from innovate.core.anonymous import pictures

_EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
# Word: authors of remarks, changes and people; PowerPoint: cmAuthor name/initials; Excel: <author>, lastModifiedBy.
_ATTRIBUTES = re.compile(
    rb'\b((?:\w+:)?(?:author|initials|lastModifiedBy|userName|userId|providerId))="[^"]*"'
)
_NAMES = re.compile(rb'(<(?:\w+:)?(?:cmAuthor|author|person)\b[^>]*?\b(?:name|displayName))="[^"]*"')
_AUTHORS = re.compile(rb"(<(?:\w+:)?author>)[^<]*(</(?:\w+:)?author>)")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_MOST = 300 * 1024**2  # bytes that all parts may become together


def strip(content: bytes) -> bytes:
    """The same document without its author fields."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        if sum(item.file_size for item in old.infolist()) > _MOST:
            raise ValueError("unfolds beyond all bounds")
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename), _clean(item.filename, old.read(item)))
    return out.getvalue()


def _clean(name: str, content: bytes) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    lower = name.lower()
    if lower.endswith(_PICTURES):
        return pictures.strip(content)
    if lower.endswith(".xml"):
        content = _ATTRIBUTES.sub(rb'\1=""', content)
        content = _NAMES.sub(rb'\1=""', content)
        return _AUTHORS.sub(rb"\1\2", content)
    return content
