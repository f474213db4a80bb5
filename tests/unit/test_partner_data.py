"""Which files an organisation may give with its challenge, and domains that belong to nobody alone."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.partners.domain.addresses import find_wrong_domain
from innovate.partners.domain.datasets import MEDIA_TYPES, DataFault, clean_name, inspect

MOST = 10_000


def workbook(*names: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("rob.csv", b"jam,tinggi\n1,2\n", "text/csv"),
        ("ROB.CSV", "\ufeffjam,tinggi".encode(), "text/csv"),
        ("rob.csv", b"MZ\x90\x00\x03\x00", DataFault.OTHER),
        ("rob.csv", "jam".encode("utf-16"), DataFault.OTHER),
        ("peta.geojson", b'{"type": "FeatureCollection", "features": []}', "application/geo+json"),
        ("peta.json", b"<script>alert(1)</script>", DataFault.OTHER),
        ("peta.json", b"[" * 5000, DataFault.OTHER),
        ("rob.xlsx", workbook("[Content_Types].xml", "xl/workbook.xml"), MEDIA_TYPES["xlsx"]),
        ("rob.ods", workbook("mimetype", "content.xml"), MEDIA_TYPES["ods"]),
        ("rob.xlsx", workbook("word/document.xml"), DataFault.OTHER),
        ("rob.xlsx", b"PK\x03\x04 bukan arsip", DataFault.OTHER),
        ("rob.xlsx", workbook("xl/workbook.xml", "xl/vbaProject.bin"), DataFault.MACROS),
        ("rob.pdf", b"%PDF-1.7", "application/pdf"),
        ("rob.pdf", b"<html>", DataFault.OTHER),
        ("rob.html", b"<html>", DataFault.KIND),
        ("csv", b"a", "text/csv"),
        ("rob.exe", b"MZ", DataFault.KIND),
        ("rob.csv", b"", DataFault.EMPTY),
        ("rob.csv", b"a" * (MOST + 1), DataFault.LARGE),
    ],
)
def test_a_file_is_what_its_name_says(name, content, found) -> None:
    assert inspect(name, content, max_bytes=MOST) == found


@given(st.text(max_size=300))
def test_a_name_is_safe_in_a_header_and_on_a_disk(text) -> None:
    name = clean_name(f"{text}.csv")
    assert name.endswith(".csv")
    assert len(name) <= 130
    assert not set(name) & set('/\\<>:"|?*%;\r\n\x00')


@pytest.mark.parametrize("domain", ["ac.id", "co.id", "go.id", "sch.id", "gmail.com"])
def test_a_domain_of_many_belongs_to_none(domain) -> None:
    assert find_wrong_domain([domain]) == domain
    assert find_wrong_domain([f"untan.{domain}"]) is None
