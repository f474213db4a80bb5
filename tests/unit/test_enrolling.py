"""When somebody may enrol, what is held at the same time, and what may be handed out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.learning.domain.enrolling import Door, Obstacle, Span, find_obstacle, find_overlaps, places_left
from innovate.learning.domain.materials import Fault, clean_name, inspect, is_link
from innovate.learning.domain.plans import Voice, read_voices

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
hours = st.integers(-50, 50).map(lambda n: NOON + n * HOUR)
spans = st.tuples(hours, st.integers(1, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1] * HOUR))


def door(**values):
    return Door(
        **{"is_held": True, "opens_at": None, "closes_at": None, "spans": [Span(NOON, NOON + HOUR)], **values}
    )


@pytest.mark.parametrize(
    ("given_door", "at", "expected"),
    [
        (door(), NOON - HOUR, None),
        (door(), NOON, Obstacle.CLOSED),
        (door(closes_at=NOON + HOUR), NOON, None),
        (door(closes_at=NOON - HOUR), NOON - HOUR, Obstacle.CLOSED),
        (door(opens_at=NOON - HOUR), NOON - 2 * HOUR, Obstacle.NOT_YET),
        (door(opens_at=NOON - HOUR), NOON - HOUR, None),
        (door(spans=[]), NOON - HOUR, Obstacle.CLOSED),
        (door(is_held=False), NOON - HOUR, Obstacle.CANCELLED),
    ],
)
def test_the_way_in_opens_and_closes(given_door, at, expected) -> None:
    assert find_obstacle(given_door, at) is expected


def test_the_person_counts_after_the_calendar() -> None:
    assert find_obstacle(door(), NOON - HOUR, verified=False, fits=False) is Obstacle.UNVERIFIED
    assert find_obstacle(door(), NOON - HOUR, fits=False) is Obstacle.NOT_FOR_YOU
    assert find_obstacle(door(), NOON, fits=False) is Obstacle.CLOSED


def test_only_the_hours_of_enrolling_do_not_bind_who_is_in_the_room() -> None:
    shut = door(opens_at=NOON - 3 * HOUR, closes_at=NOON - 2 * HOUR)
    assert find_obstacle(shut, NOON, in_room=True) is None
    assert find_obstacle(shut, NOON, in_room=True, verified=False) is Obstacle.UNVERIFIED
    assert find_obstacle(shut, NOON, in_room=True, fits=False) is Obstacle.NOT_FOR_YOU
    assert find_obstacle(door(is_held=False), NOON, in_room=True) is Obstacle.CANCELLED


@given(spans, spans)
def test_overlapping_is_mutual_and_needs_a_shared_instant(one, other) -> None:
    mutual = bool(find_overlaps([one], [other]))
    assert mutual == bool(find_overlaps([other], [one]))
    shared = max(one.starts_at, other.starts_at) < min(one.ends_at, other.ends_at)
    assert mutual == shared


@given(st.none() | st.integers(1, 100), st.integers(0, 200))
def test_free_places_are_never_below_none(capacity, placed) -> None:
    left = places_left(capacity, placed)
    assert left is None if capacity is None else left == max(0, capacity - placed)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("paparan.pdf", b"%PDF-1.7", "application/pdf"),
        ("FOTO.JPEG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("kosong.pdf", b"", Fault.EMPTY),
        ("besar.pdf", b"%PDF-" + b"x" * 100, Fault.LARGE),
        ("jahat.html", b"<script>", Fault.KIND),
        ("tanpa", b"%PDF-", Fault.KIND),
        ("palsu.pdf", b"MZ\x90", Fault.OTHER),
    ],
)
def test_a_file_is_what_its_name_says(name, content, expected) -> None:
    assert inspect(name, content, max_bytes=50) == expected


@given(st.text(max_size=300))
def test_names_of_files_are_safe(name) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= 200
    assert not set(clean) & set('/\\:*?"<>|\r\n\x00')


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "//x.example", "rapat", "http://", "https://a b", "http://[x"]
)
def test_only_addresses_of_the_web_are_links(text) -> None:
    assert not is_link(text)
    assert is_link("https://rapat.example/x?y=1")


def test_speakers_are_read_line_by_line() -> None:
    text = "Dewi Lestari; Kepala Bidang; dewi@pontianak.example\n\nRudi\nSari; sari@pontianak.example"
    assert read_voices(text) == [
        Voice("Dewi Lestari", "Kepala Bidang", "dewi@pontianak.example"),
        Voice("Rudi"),
        Voice("Sari", "", "sari@pontianak.example"),
    ]


@pytest.mark.parametrize(
    ("line", "voice"),
    [
        ("dewi@pontianak.example", Voice("", "", "dewi@pontianak.example")),
        ("dewi@pontianak.example; Dewi; Kabid", Voice("Dewi", "Kabid", "dewi@pontianak.example")),
        ("Dewi; dewi@pontianak.example; Kabid", Voice("Dewi", "Kabid", "dewi@pontianak.example")),
        ("Dewi; dewi@a.example; dewi@b.example", Voice("Dewi", "", "dewi@a.example; dewi@b.example")),
        ("; Kabid; dewi@pontianak.example", Voice("", "Kabid", "dewi@pontianak.example")),
        ("Dewi;; Kabid", Voice("Dewi", "Kabid")),
    ],
)
def test_an_address_is_no_name_wherever_it_stands(line: str, voice: Voice) -> None:
    assert read_voices(line) == [voice]


@given(st.text(alphabet="ab@;\t\n ", max_size=20))
def test_whatever_is_typed_no_address_is_shown(text: str) -> None:
    assert not [voice for voice in read_voices(text) if "@" in voice.name + voice.title]
