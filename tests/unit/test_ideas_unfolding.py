"""Small files that become very large are refused before anybody has to open them."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from innovate.ideas.domain.picture_size import count_points
from innovate.ideas.domain.uploads import Upload, UploadFault, inspect

KINDS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}


def picture(kind: str, width: int, height: int, **options) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, KINDS[kind], **options)
    return out.getvalue()


@pytest.mark.parametrize(
    "options", [{}, {"lossless": True}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}, {"progressive": True}]
)
@pytest.mark.parametrize("kind", KINDS)
def test_the_points_of_a_picture_are_read_from_its_head(kind, options):
    assert count_points(kind, picture(kind, 321, 45, **options)) == 321 * 45


@given(
    st.sampled_from(sorted(KINDS)),
    st.binary(max_size=60),
    st.sampled_from([b"", b"\xff\xd8\xff", b"RIFF0000WEBPVP8X"]),
)
def test_no_head_breaks_it(kind, content, before):
    found = count_points(kind, before + content)
    assert found is None or found >= 0


def test_a_picture_that_no_telephone_can_show_is_refused():
    many = picture("png", 3, 3).replace((3).to_bytes(4, "big") * 2, (30_000).to_bytes(4, "big") * 2, 1)
    assert inspect("peta.png", many, max_bytes=10**6) is UploadFault.MANY_POINTS
    assert isinstance(inspect("peta.png", picture("png", 3, 3), max_bytes=10**6), Upload)


def test_a_document_that_unfolds_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(77_777), zipfile.ZIP_DEFLATED)
    content = out.getvalue()
    assert isinstance(inspect("a.docx", content, max_bytes=10**6), Upload)
    content = content.replace((77_777).to_bytes(4, "little"), (3 * 1024**3).to_bytes(4, "little"))
    assert inspect("a.docx", content, max_bytes=10**6) is UploadFault.UNFOLDS
