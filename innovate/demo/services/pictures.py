"""Drawn pictures that stand for photos: a canal, a house beside it, and what was found there."""

from __future__ import annotations

import io
from random import Random

_SIZE = (960, 640)


def draw_place(seed: str) -> bytes:
    """A JPEG of an invented place; the same for the same seed."""
    from PIL import Image, ImageDraw

    chance = Random(seed)
    picture = Image.new("RGB", _SIZE, (196, 222, 232))
    pen = ImageDraw.Draw(picture)
    width, height = _SIZE
    shore = int(height * 0.62)
    pen.rectangle((0, shore, width, height), fill=(98, 132, 122))
    for line in range(shore + 12, height, 26):
        start = chance.randint(0, 200)
        pen.line((start, line, start + chance.randint(200, 600), line), fill=(140, 172, 160), width=4)
    left = chance.randint(60, 260)
    for nth in range(3):
        x = left + nth * chance.randint(190, 240)
        wide, high = chance.randint(130, 180), chance.randint(110, 190)
        colour = tuple(chance.randint(150, 235) for _part in range(3))
        pen.rectangle((x, shore - high, x + wide, shore), fill=colour)
        roof = [(x - 14, shore - high), (x + wide // 2, shore - high - 70), (x + wide + 14, shore - high)]
        pen.polygon(roof, fill=(120, 62, 46))
        pen.rectangle((x + wide // 2 - 18, shore - 66, x + wide // 2 + 18, shore), fill=(70, 52, 44))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
