"""Photos drawn anew: the points are kept, everything else a camera wrote beside them (place, device, time) is gone.

`python -m innovate.core.photos IN OUT` is the process in which a picture from outside is opened, under limits.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from innovate.core.apart import ApartError, limit_myself, run_apart

MAX_SIDE = 1920  # pixels: sharp on a screen, light on a poor line
_QUALITY = 82
_MOST = 100_000_000  # points that are unpacked
_SECONDS = 30


class CannotRedrawError(Exception):
    """The picture is broken or too large to be unpacked."""


@dataclass(frozen=True)
class Photo:
    """A JPEG without anything but its points, the right way up."""

    content: bytes
    width: int
    height: int


def redraw_photo(content: bytes) -> Photo:
    """The picture as a JPEG of at most 1920 points a side. CannotRedrawError for what cannot be read."""
    with tempfile.TemporaryDirectory(prefix="innovate-photo-") as name:
        folder = Path(name)
        (folder / "in").write_bytes(content)
        try:
            run_apart("innovate.core.photos", str(folder / "in"), str(folder / "out"), seconds=_SECONDS)
        except ApartError as fault:
            raise CannotRedrawError from fault
        size = json.loads((folder / "out.json").read_text())
        return Photo((folder / "out").read_bytes(), size["width"], size["height"])


def _main(source: str, target: str) -> None:
    limit_myself(_SECONDS)
    from PIL import Image, ImageOps

    with Image.open(source) as picture:
        if picture.width * picture.height > _MOST:
            raise ValueError("more points than may be unpacked")
        drawn = ImageOps.exif_transpose(picture).convert("RGB")
    drawn.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = Image.new("RGB", drawn.size)
    bare.paste(drawn)
    bare.save(target, "JPEG", quality=_QUALITY)
    Path(f"{target}.json").write_text(json.dumps({"width": bare.width, "height": bare.height}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
