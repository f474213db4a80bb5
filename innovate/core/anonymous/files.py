"""One door for all kinds of files."""

from __future__ import annotations

from innovate.core.anonymous import films, office, pdf, pictures, webm

_OFFICE = "application/vnd.openxmlformats-officedocument."


class CannotStripError(Exception):
    """The file could not be read, so nobody knows what it says about its author."""


def strip(content: bytes, media_type: str) -> bytes:
    """The file with what it says about its author taken out: author fields, camera data, remarks' authors.

    What stands in the text or the picture itself is left alone. CannotStripError for files that cannot be read.
    """
    try:
        if media_type == "application/pdf":
            return pdf.strip(content)
        if media_type.startswith("image/"):
            return pictures.strip(content)
        if media_type.startswith(_OFFICE):
            return office.strip(content)
        if media_type == "video/mp4":
            return films.strip(content)
        if media_type == "video/webm":
            return webm.strip(content)
    except (
        Exception
    ) as error:  # whatever a parser stumbles over: a file that cannot be cleaned is not given out
        raise CannotStripError(media_type) from error
    raise CannotStripError(media_type)
