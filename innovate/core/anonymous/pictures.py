"""Pictures: written anew without camera data, place, author and remarks; only how they stand is kept."""

from __future__ import annotations

import io
from typing import Any

_ORIENTATION = 0x0112
_MOST = 100_000_000  # points


def strip(content: bytes) -> bytes:
    """The same picture in the same format; only its orientation and colour profile remain of what it carried."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        if picture.width * picture.height > _MOST:
            raise ValueError("more points than may be unpacked")
        picture.load()
        kind = picture.format or ""
        exif = Image.Exif()
        if turned := picture.getexif().get(_ORIENTATION):
            exif[_ORIENTATION] = turned
        options: dict[str, Any] = {"exif": exif.tobytes() if turned else b""}
        if profile := picture.info.get("icc_profile"):
            options["icc_profile"] = profile
        for key in ("comment", "xmp", "exif", "XML:com.adobe.xmp", "Raw profile type exif"):
            picture.info.pop(key, None)
        if kind == "JPEG":
            options |= {"quality": "keep"}
        elif kind == "WEBP":
            options |= {"quality": 95, "method": 4, "xmp": b""}
        out = io.BytesIO()
        picture.save(out, kind, **options)
    return out.getvalue()
