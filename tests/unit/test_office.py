"""Words of office files."""

from __future__ import annotations

import io
import random

import openpyxl
import pytest

from innovate.core import office
from tests.factories.papers import packed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def test_paragraphs_are_parted_and_runs_joined() -> None:
    body = f"<w:d {W}><w:p><w:r><w:t>Lam</w:t></w:r><w:r><w:t>piran</w:t></w:r></w:p><w:p><w:t>Dua</w:t></w:p></w:d>"
    head = f"<w:hdr {W}><w:p><w:t>Kepala</w:t></w:p></w:hdr>"
    content = packed({"word/document.xml": body, "word/header1.xml": head, "word/styles.xml": body})
    assert office.read_words(content) == [(0, "Lampiran\nDua"), (0, "Kepala")]


def test_slides_are_numbered_whatever_their_order_in_the_file() -> None:
    slides = {f"ppt/slides/slide{n}.xml": f"<p {A}><a:p><a:t>Salindia {n}</a:t></a:p></p>" for n in (10, 2)}
    assert office.read_words(packed(slides)) == [(2, "Salindia 2"), (10, "Salindia 10")]


def test_cells_of_a_workbook_are_read() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["B2"] = "Oktavia Damayanti"
    book.save(out)
    assert "Oktavia Damayanti" in " ".join(text for _n, text in office.read_words(out.getvalue()))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04rusak",
        packed({"word/document.xml": "<a><b></a>"}),
        packed({"word/document.xml": "<w>" + " " * (office.MOST_BYTES + 1) + "</w>"}),
        packed({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]><x><t>&j;</t></x>"}),
    ],
    ids=["empty", "broken zip", "broken xml", "bomb", "entities"],
)  # fmt: skip
def test_what_is_no_office_file_is_refused(content: bytes) -> None:
    with pytest.raises(office.CannotReadError):
        office.read_words(content)


def test_any_broken_byte_reads_or_is_refused() -> None:
    whole = packed({"word/document.xml": f"<w:d {W}><w:p><w:t>Lampiran</w:t></w:p></w:d>"})
    dice = random.Random(7)
    for _turn in range(300):
        bent = bytearray(whole)
        bent[dice.randrange(len(bent))] = dice.randrange(256)
        try:
            office.read_words(bytes(bent))
        except office.CannotReadError:
            continue


def test_depth_does_not_exhaust_the_reader() -> None:
    deep = "<t>" * 50_000 + "</t>" * 50_000
    assert office.read_words(packed({"word/document.xml": deep})) == []
