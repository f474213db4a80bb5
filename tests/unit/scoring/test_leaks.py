"""Names that give a blind entry away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.leaks import LeakKind, Name, find_leaks, fold, patterns_of

DINAS = Name(LeakKind.UNIT, "Dinas Komunikasi dan Informatika")
SHORT = Name(LeakKind.UNIT, "Diskominfo")


def member(name):
    return Name(LeakKind.MEMBER, name)


def found(text, *names):
    return [leak.found for leak in find_leaks({"": text}, names)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Digagas oleh DISKOMINFO sejak 2024.", SHORT, ["DISKOMINFO"]),
        ("Digagas dinas komunikasi\ndan informatika kota.", DINAS, ["dinas komunikasi\ndan informatika"]),
        ("Diskominfotik bukan unit itu.", SHORT, []),
        ("Berkas diskominfo_surat-dukungan.pdf", SHORT, ["diskominfo"]),
        ("Penulisnya Oktavia Damayanti.", member("Oktavia Damayanti"), ["Oktavia Damayanti"]),
        ("Penulisnya Damayanti.", member("Dr. Oktavia Damayanti, S.T., M.T."), ["Damayanti"]),
        ("Bu Óktavia memimpin rapat.", member("Oktavia Damayanti"), ["Óktavia"]),
        ("Warga berbudi dan cahaya pagi.", member("Budi Cahaya"), []),  # everyday words
        ("Warga bernama Budi Cahaya.", member("Budi Cahaya"), ["Budi Cahaya"]),
        ("Air naik pukul tiga.", member("Tri Ani"), []),  # too short to tell
        ("Sungai Kapuas meluap.", member("Sungai"), []),
        ("Suharto memeriksa.", member("Suharto"), ["Suharto"]),
        ("Air parit kita keruh.", Name(LeakKind.TEAM, "Parit Kita"), []),  # an everyday phrase
        ("https://kode.example/parit-kita", Name(LeakKind.TEAM, "Parit Kita"), ["parit-kita"]),
        ("Tim Parit Kita bekerja.", Name(LeakKind.TEAM, "Parit Kita"), ["Parit Kita"]),
    ],
)
def test_what_is_recognised(text, name, expected):
    assert found(text, name) == expected


def test_a_passage_is_named_once_by_its_longest_find():
    leaks = find_leaks(
        {"Ringkasan": "Oktavia Damayanti memimpin. Lalu Oktavia pulang."}, [member("Oktavia Damayanti")]
    )
    assert [(leak.part, leak.found) for leak in leaks] == [
        ("Ringkasan", "Oktavia Damayanti"),
        ("Ringkasan", "Oktavia"),
    ]


def test_the_passage_around_is_shown():
    text = "kata " * 40 + "Diskominfo" + " kata" * 40
    (leak,) = find_leaks({"": text}, [SHORT])
    assert leak.before.startswith("…kata ")
    assert leak.after.endswith("kata…")
    assert len(leak.before) <= 62


def test_a_name_of_titles_only_finds_nothing():
    assert patterns_of(member("Dr. H. S.T.")) == []


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@given(st.text(max_size=80), st.text(max_size=30))
def test_a_find_is_what_stands_in_the_text(text, name):
    for leak in find_leaks({"": text}, [member(name), Name(LeakKind.UNIT, name)]):
        assert leak.found
        assert leak.found in text
