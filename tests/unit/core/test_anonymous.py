"""Files lose what they say about their author, and stay what they are."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pypdfium2 as pdfium
import pytest
from PIL import Image

from innovate.core.anonymous.files import CannotStripError, strip
from innovate.core.anonymous.files import strip_here as strip_one

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AUTHOR = "Oktavia Damayanti"


def pdf_by_author() -> bytes:
    """A page with a text, an information dictionary and a remark signed by its author."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Annots [5 0 R] /Resources 7 0 R >>",
        b"<< /Length 38 >>\nstream\nBT /F 12 Tf 20 100 Td (Parit) Tj ET   \nendstream",
        b"<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /T (Oktavia Damayanti) /Contents (cek) >>",
        b"<< /Author (Oktavia Damayanti) /Title (Usulan Diskominfo) >>",
        b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 8 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 8\n0000000000 65535 f \n" + table + trailer


def test_a_pdf_keeps_its_pages_and_forgets_its_author():
    content = pdf_by_author()
    assert pdfium.PdfDocument(content).get_metadata_dict()["Author"] == AUTHOR
    clean = strip_one(content, "application/pdf")
    assert b"Oktavia" not in clean
    assert b"Diskominfo" not in clean
    document = pdfium.PdfDocument(clean)
    assert len(document) == 1
    assert document[0].get_textpage().get_text_range().strip() == "Parit"
    assert not document.get_metadata_dict(skip_empty=True).get("Author")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_how_it_stands_and_nothing_else(kind):
    picture = Image.new("RGB", (8, 4), "teal")
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, AUTHOR  # orientation, artist
    out = io.BytesIO()
    picture.save(out, kind, exif=exif.tobytes())
    assert AUTHOR.encode() in out.getvalue()
    clean = strip_one(out.getvalue(), f"image/{kind.lower()}")
    assert AUTHOR.encode() not in clean
    again = Image.open(io.BytesIO(clean))
    assert (again.format, again.size, again.getexif().get(0x0112)) == (kind, (8, 4), 6)
    assert again.getexif().get(0x013B) is None


def test_remarks_written_into_a_png_are_gone():
    from PIL.PngImagePlugin import PngInfo

    note = PngInfo()
    note.add_text("Author", AUTHOR)
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG", pnginfo=note)
    assert AUTHOR.encode() in out.getvalue()
    assert AUTHOR.encode() not in strip_one(out.getvalue(), "image/png")


def test_a_workbook_opens_and_its_author_is_gone():
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = AUTHOR
    book.active["A1"] = "Parit"
    out = io.BytesIO()
    book.save(out)
    clean = strip_one(out.getvalue(), EXCEL)
    assert not any(AUTHOR.encode() in part for part in parts_of(clean))
    again = openpyxl.load_workbook(io.BytesIO(clean))
    assert again.active["A1"].value == "Parit"
    assert again.properties.creator != AUTHOR


def parts_of(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_changes_and_remarks_in_a_document_lose_their_author():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:ins w:id="1" w:author="{AUTHOR}"><w:t>Parit</w:t></w:ins>')
        archive.writestr(
            "word/comments.xml", f'<w:comment w:author="{AUTHOR}" w:initials="OD">cek</w:comment>'
        )
        archive.writestr("docProps/core.xml", f"<dc:creator>{AUTHOR}</dc:creator>")
        archive.writestr("docProps/app.xml", "<Company>Diskominfo</Company>")
    parts = b"".join(parts_of(strip_one(out.getvalue(), WORD)))
    assert b"Parit" in parts
    assert b"cek" in parts
    for gone in (AUTHOR.encode(), b"OD", b"Diskominfo"):
        assert gone not in parts


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def test_a_film_keeps_its_length_and_loses_its_remarks():
    remarks = box(b"udta", box(b"\xa9ART", AUTHOR.encode()))
    film = box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"x" * 20) + remarks) + box(b"mdat", b"frames")
    clean = strip_one(film, "video/mp4")
    assert len(clean) == len(film)
    assert AUTHOR.encode() not in clean
    assert clean.endswith(b"frames")
    assert b"mvhd" + b"x" * 20 in clean


def element(kind: str, content: bytes, *, size: bytes = b"") -> bytes:
    return bytes.fromhex(kind) + (size or (1 << 28 | len(content)).to_bytes(4, "big")) + content


@pytest.mark.parametrize("size", [b"", b"\x01" + b"\xff" * 7], ids=["known", "as a browser records"])
def test_a_recording_keeps_its_length_and_loses_its_remarks(size):
    name = AUTHOR.encode()
    head = element("1a45dfa3", element("4282", b"webm"))
    info = element(
        "1549a966", element("7ba9", name) + element("4489", b"\x40\x59\x00\x00") + element("5741", name)
    )
    tracks = element("1654ae6b", element("ae", element("d7", b"\x01") + element("536e", name)))
    cluster = element("1f43b675", element("e7", b"\x00") + element("a3", b"frames"), size=size)
    tags = element("1254c367", element("7373", name)) + element("1941a469", name)
    film = head + element("18538067", info + tracks + cluster + tags, size=size)
    clean = strip_one(film, "video/webm")
    assert len(clean) == len(film)
    assert name in film
    assert name not in clean
    for kept in (head, element("4489", b"\x40\x59\x00\x00"), cluster):
        assert kept in clean
    assert strip_one(clean, "video/webm") == clean
    assert name not in strip_one(film[:-3], "video/webm")  # cut off in the middle


@pytest.mark.parametrize(
    "media_type", ["application/pdf", "image/png", WORD, "video/mp4", "video/webm", "text/plain"]
)
def test_what_cannot_be_read_is_not_given_out(media_type):
    with pytest.raises(CannotStripError):
        strip_one(b"\x00\x00\x00\x01nonsense", media_type)


def test_several_readers_at_once_each_get_their_own_document():
    """What reads PDF is not made for threads: in one process they got each other's pages, or none."""
    noise = [Image.effect_noise((300, 300), 80).convert("RGB") for _ in range(3)]
    out = io.BytesIO()
    noise[0].save(out, "PDF", save_all=True, append_images=noise[1:])
    wanted = len(strip_one(out.getvalue(), "application/pdf"))
    with ThreadPoolExecutor(4) as pool:
        got = [len(clean) for clean in pool.map(strip, [out.getvalue()] * 4, ["application/pdf"] * 4)]
    assert got == [wanted] * 4


def test_a_document_that_unfolds_beyond_all_bounds_is_not_unfolded():
    with pytest.raises(CannotStripError):
        strip_one(unfolding("word/a.xml", 3 * 1024**3), WORD)


def unfolding(name: str, size: int) -> bytes:
    """A small archive in which one part says that it becomes `size` bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(77_777))
    return out.getvalue().replace((77_777).to_bytes(4, "little"), size.to_bytes(4, "little"))


def test_a_picture_of_too_many_points_is_not_unpacked():
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    with pytest.raises(CannotStripError):
        strip_one(out.getvalue(), "image/png")
