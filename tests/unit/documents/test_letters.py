"""Sessions, pacts, ordinals and signs of letters."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.core.glyphs import SQUARE, replace_unknown
from innovate.documents.domain.dates import write_span
from innovate.documents.domain.kinds import PaperKind, Recipients
from innovate.documents.domain.numerals import write_ordinal
from innovate.documents.domain.pacts import take_apart
from innovate.documents.domain.sessions import Asked, Session, read_asked
from innovate.documents.services.letters import show_nip, write_nip
from innovate.scoring.domain.pact import BODY

DAY = date(2026, 11, 23)
HOURS = st.sampled_from(["", "09:00", "13:30"])
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SESSIONS = st.builds(
    Session, agenda=st.text(), first=DAYS, last=DAYS, place=st.text(), begins=HOURS, ends=HOURS
)
ASKED = st.builds(
    Asked,
    kind=st.sampled_from([PaperKind.INVITATION, PaperKind.DUTY]),
    to=st.sampled_from(Recipients),
    session=SESSIONS,
    each=st.booleans(),
    with_nip=st.booleans(),
)


def test_an_activity_is_said_as_letters_say_it() -> None:
    session = Session("Presentasi", DAY, DAY, "Balai Kota", "09:00", "12:30")
    said = "pukul 09.00 WIB sampai dengan pukul 12.30 WIB"
    assert session.list_rows("Asia/Pontianak") == [
        ["Hari, tanggal", "Senin, 23 November 2026"],
        ["Waktu", said],
        ["Tempat", "Balai Kota"],
        ["Acara", "Presentasi"],
    ]
    open_end = Session("Presentasi", DAY, date(2026, 11, 24), "", "09:00")
    assert open_end.say_hours("Asia/Jayapura") == "pukul 09.00 WIT sampai dengan selesai"
    rows = dict(open_end.list_rows("Asia/Makassar"))
    assert rows["Hari, tanggal"] == "Senin, 23 November 2026 sampai dengan Selasa, 24 November 2026"
    assert "Tempat" not in rows
    assert write_span(DAY, DAY) == "Senin, 23 November 2026"


@given(ASKED, ASKED)
def test_what_was_asked_for_is_read_back_and_has_a_stamp_of_its_own(one: Asked, other: Asked) -> None:
    assert read_asked(one.write()) == one
    assert (one.stamp == other.stamp) == (one == other)


def test_the_pact_of_the_house_comes_apart_into_its_clauses() -> None:
    parts = take_apart(BODY)
    assert len(parts.opening) == 1
    assert len(parts.clauses) == 6
    assert parts.closing == []
    assert not any(clause[0].isdigit() for clause in parts.clauses)


def test_a_line_under_another_goes_on_with_it() -> None:
    parts = take_apart("Saya\nmenyatakan:\n\n1. satu\nlanjut\n2) dua\n\nDemikian\nadanya.")
    assert parts == (["Saya menyatakan:"], ["satu lanjut", "dua"], ["Demikian adanya."])


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "KESATU"), (2, "KEDUA"), (10, "KESEPULUH"), (11, "KESEBELAS"), (21, "KEDUAPULUHSATU")],
)
def test_clauses_of_a_decree_are_counted(number: int, word: str) -> None:
    assert write_ordinal(number) == word


@pytest.mark.parametrize(
    ("digits", "said", "shown"),
    [
        ("198609262015051001", "NIP 19860926 201505 1 001", "19860926 201505 1 001"),
        ("200012312024211001", "NI PPPK 20001231 2024 21 1 001", "20001231 2024 21 1 001"),
        ("", "", "–"),
        ("123", "NIP 123", "123"),
    ],
)
def test_a_nip_is_printed_in_its_groups_under_its_name(digits: str, said: str, shown: str) -> None:
    assert (write_nip(digits), show_nip(digits)) == (said, shown)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Šukrī Nguyễn عربي – “x”", "Šukrī Nguyễn عربي – “x”"),
        ("漢😀", SQUARE * 2),
        ("a\ufe0fb\U000e0041", "ab"),
    ],
)
def test_signs_without_a_glyph_become_a_square(text: str, printed: str) -> None:
    assert replace_unknown(text) == printed
