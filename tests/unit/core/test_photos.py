"""Photos drawn anew: the same picture, and nothing a camera wrote beside it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from innovate.core.photos import MAX_SIDE, CannotRedrawError, redraw_photo
from tests.factories.visits import picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone_and_it_stands_the_right_way_up(kind) -> None:
    sent = picture(kind, turned=6)
    with Image.open(io.BytesIO(sent)) as before:
        assert before.getexif()[0x0110] == "Kamera Rahasia 9"
    drawn = redraw_photo(sent)
    with Image.open(io.BytesIO(drawn.content)) as after:
        assert (after.format, after.size, dict(after.getexif())) == ("JPEG", (30, 40), {})
        assert not {"exif", "xmp", "comment"} & set(after.info)
    assert b"Rahasia" not in drawn.content


def test_a_large_one_becomes_light() -> None:
    drawn = redraw_photo(picture(size=(3000, 2000)))
    assert (drawn.width, drawn.height) == (MAX_SIDE, 1280)


def test_a_broken_one_is_refused() -> None:
    with pytest.raises(CannotRedrawError):
        redraw_photo(b"\xff\xd8\xff rusak")
