"""The calendar file, read back by a parser written from RFC 5545, not by the code that made it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.calendar import Entry, build_calendar, escape, fold

WIB = ZoneInfo("Asia/Pontianak")
ENTRY = Entry(
    uid="abc@innovate.example",
    summary="Pendaftaran; tahap 1, gelombang A: Kompetisi Inovasi Kota Pontianak yang namanya sangat panjang sekali",
    starts_at=datetime(2026, 11, 2, 8, 0, tzinfo=WIB),
    ends_at=datetime(2026, 11, 27, 23, 59, tzinfo=WIB),
    changed_at=datetime(2026, 10, 1, 9, 0, tzinfo=WIB),
    sequence=2,
    description="Baris satu\nBaris dua \\ garis",
    location="Aula, lantai 2",
    url="https://inovasi.example.go.id/k/kota-2026",
)


def read(data: bytes) -> dict[str, str]:
    """Properties of a file with one event: unfolded, unescaped."""
    text = data.decode()
    assert text.replace("\r\n", "").count("\n") == 0
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    found: dict[str, str] = {}
    for line in lines:
        name, _colon, value = line.partition(":")
        found.setdefault(name, unescape(value))
    return found


def unescape(value: str) -> str:
    out, chars = "", iter(value)
    for char in chars:
        if char == "\\":
            follower = next(chars)
            out += "\n" if follower in "nN" else follower
        else:
            out += char
    return out


def test_calendar_holds_instants_in_utc_and_texts_as_written():
    found = read(build_calendar("Kompetisi", [ENTRY]))
    assert found["DTSTART"] == "20261102T010000Z"
    assert found["DTEND"] == "20261127T165900Z"
    assert found["DTSTAMP"] == "20261001T020000Z"
    assert found["SEQUENCE"] == "2"
    assert found["UID"] == ENTRY.uid
    assert found["SUMMARY"] == ENTRY.summary
    assert found["DESCRIPTION"] == ENTRY.description
    assert found["LOCATION"] == ENTRY.location
    assert found["URL"] == ENTRY.url
    assert (found["VERSION"], found["BEGIN"], found["END"]) == ("2.0", "VCALENDAR", "VEVENT")


def test_no_line_is_longer_than_75_octets():
    data = build_calendar("Kompetisi", [ENTRY])
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\r\n " in data


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_folding_keeps_every_character_whole(text):
    line = "SUMMARY:" + escape(text)
    folded = fold(line)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
    assert "\n" not in line
    assert "\r" not in line
