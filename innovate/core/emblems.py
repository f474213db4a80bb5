"""A logo as a small PNG that holds nothing but its points. The file from outside is opened in a process of its own.

`python -m innovate.core.emblems IN OUT` is that process.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from innovate.core.apart import ApartError, limit_myself, run_apart

LARGEST = 480  # points of its longer side
_MOST = 40_000_000  # points that are unpacked
_SECONDS = 20


class CannotReadError(Exception):
    """The file is no picture that can be opened."""


def redraw(content: bytes) -> bytes:
    """The picture anew as PNG, at most `LARGEST` points wide and high."""
    with tempfile.TemporaryDirectory(prefix="innovate-emblem-") as name:
        source, target = Path(name) / "in", Path(name) / "out.png"
        source.write_bytes(content)
        try:
            run_apart("innovate.core.emblems", str(source), str(target), seconds=_SECONDS)
        except ApartError as fault:
            raise CannotReadError(str(fault)) from fault
        return target.read_bytes()


def _main(source: str, target: str) -> None:
    limit_myself(_SECONDS)
    from PIL import Image, ImageOps

    with Image.open(source, formats=("PNG", "JPEG")) as picture:
        if picture.width * picture.height > _MOST:
            raise ValueError("more points than may be unpacked")
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((LARGEST, LARGEST))
    clean = Image.new("RGBA", upright.size)
    clean.paste(upright)
    clean.save(target, "PNG", optimize=True)


if __name__ == "__main__":
    _main(*sys.argv[1:])
