"""One door for all kinds of files.

`python -m innovate.core.anonymous.files IN OUT TYPE` is the process in which documents and pictures are cleaned.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from innovate.core.anonymous import films, office, pdf, pictures, webm
from innovate.core.apart import ApartError, limit_myself, run_apart

_OFFICE = "application/vnd.openxmlformats-officedocument."
_HERE = {"video/mp4", "video/webm"}  # bytes walked through by ourselves
_SECONDS = 30
_AT_ONCE = BoundedSemaphore(2)  # of one server process


class CannotStripError(Exception):
    """The file could not be read, so nobody knows what it says about its author."""


def strip(content: bytes, media_type: str) -> bytes:
    """The file with what it says about its author taken out: author fields, camera data, remarks' authors.

    What stands in the text or the picture itself is left alone. CannotStripError for files that cannot be read.
    """
    if media_type in _HERE:
        return strip_here(content, media_type)
    with _AT_ONCE, tempfile.TemporaryDirectory(prefix="innovate-strip-") as name:
        source, target = Path(name) / "in", Path(name) / "out"
        source.write_bytes(content)
        try:
            run_apart("innovate.core.anonymous.files", str(source), str(target), media_type, seconds=_SECONDS)
        except ApartError as fault:
            raise CannotStripError(media_type) from fault
        return target.read_bytes()


def strip_here(content: bytes, media_type: str) -> bytes:
    """The same in this process, one file at a time."""
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


def _main(source: str, target: str, media_type: str) -> None:
    limit_myself(_SECONDS)
    Path(target).write_bytes(strip_here(Path(source).read_bytes(), media_type))


if __name__ == "__main__":
    _main(*sys.argv[1:])
