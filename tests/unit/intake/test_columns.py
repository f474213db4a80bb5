"""Heads and columns of the sheets committees really keep."""

from __future__ import annotations

import pytest

from innovate.intake.domain.cells import address
from innovate.intake.domain.columns import criterion_of, find_head, guess_columns
from innovate.intake.domain.jurors_of_files import guess_juror
from innovate.intake.domain.names import Names, bare_criterion, bare_name, entry_names, entry_ways
from innovate.intake.domain.reading import Upload
from innovate.intake.domain.world import Judge

CRITERIA = [(11, "Kebaruan"), (12, "Manfaat bagi warga"), (13, "Keberlanjutan")]


@pytest.mark.parametrize(
    ("titles", "meanings"),
    [
        (["idea", "juror", "criterion", "score"], ["idea", "juror", "criterion", "score"]),
        (["No. Karya", "Penilai", "Aspek", "Nilai"], ["idea", "juror", "criterion", "score"]),
        (
            [
                "No",
                "Judul Inovasi",
                "Nama Juri",
                "1. Kebaruan (40%)",
                "K2",
                "KEBERLANJUTAN",
                "Jumlah",
                "Catatan",
            ],
            ["", "idea", "juror", "c:11", "c:12", "c:13", "", "note_jury"],
        ),
        (["Nomor", "Kebaruan", "Manfaat bagi warga", "Keberlanjutan"], ["idea", "c:11", "c:12", "c:13"]),
        (
            ["Tim", "Juri", "Email", "Kebaruan", "Catatan untuk tim"],
            ["idea", "juror", "", "c:11", "note_team"],
        ),
        (["Tanggal", "Tempat"], ["", ""]),
    ],
)
def test_titles_are_guessed_in_both_languages(titles, meanings) -> None:
    assert list(guess_columns(titles, CRITERIA).values()) == meanings


def test_the_mark_of_a_criterion_is_read_and_nothing_else() -> None:
    marks = ["c:11", "idea", "c:", "c:²", "c:-1", "c:" + "9" * 5000]
    assert [criterion_of(mark) for mark in marks] == [11, None, None, None, None, None]


def test_a_single_criterion_needs_no_column_of_its_name() -> None:
    found = guess_columns(["Karya", "Juri", "Nilai"], CRITERIA[:1])
    assert found == {"karya": "idea", "juri": "juror", "nilai": "c:11"}
    assert guess_columns(["Karya", "Juri", "Nilai"], CRITERIA)["nilai"] == ""


def test_the_head_is_found_below_titles_of_the_sheet() -> None:
    rows = [
        (1, ["LEMBAR PENILAIAN"]),
        (2, []),
        (3, ["Juri: Siti"]),
        (5, ["No", "Judul", "Kebaruan"]),
        (6, [1, "A", 3]),
    ]
    assert find_head(rows, CRITERIA) == 5
    assert find_head([(4, ["apa", "saja"])], CRITERIA) == 4
    assert find_head([(1, [None, ""])], CRITERIA) == 0


def test_names_are_found_however_they_are_written() -> None:
    entries = Names(
        {n: entry_names(n, "A", title, "Tim") for n, title in ((7, "PARIT KITA"), (17, "Sungai"))}
    )
    for text in ("7", "007", "No. 7", "#7", "A-007", "a7", "parit  kita", "nomor karya 7"):
        assert entries.find(*entry_ways(text)) == 7, text
    assert entries.find("Tim") is None, "both teams are called so"
    assert entries.find(*entry_ways("70")) is None
    assert bare_name("Dr. Hj. Siti Aminah, M.T.") == bare_name("siti aminah") == "siti aminah"
    assert bare_criterion("2) Manfaat bagi warga [30 %]") == "manfaat bagi warga"


@pytest.mark.parametrize(
    ("name", "above", "juror"),
    [
        ("Nilai_Siti-Aminah.xlsx", [], 1),
        ("nilai.xlsx", ["Nama juri : Dr. Siti Aminah, M.T."], 1),
        ("nilai.xlsx", ["Siti Aminah", "Budi"], None),
        ("nilai budiman.xlsx", [], None),
        ("budi.csv", ["Siti Aminah"], 2),
    ],
)
def test_the_juror_of_a_file_is_read_from_its_name_or_above_its_head(name, above, juror) -> None:
    jurors = {
        1: Judge(1, "a", "s@x.id", "Siti Aminah", "Dr. Siti Aminah, M.T."),
        2: Judge(2, "b", "b@x.id", "Budi", "Budi"),
    }
    rows = [(n, [text]) for n, text in enumerate(above, 1)]
    assert guess_juror(Upload(name, rows, head=9), jurors) == juror


def test_cells_are_called_as_spreadsheets_call_them() -> None:
    assert [address(17, column) for column in (2, 25, 26, 701, 702)] == [
        "C17",
        "Z17",
        "AA17",
        "ZZ17",
        "AAA17",
    ]
