"""Answers as people type them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.kinds import FieldKind
from innovate.ideas.domain.answers import (
    Fault,
    FaultKind,
    answers_equal,
    clean_text,
    count_words,
    find_fault,
    read_date,
    read_number,
    read_value,
)
from innovate.ideas.domain.completeness import (
    Demands,
    Draft,
    Gap,
    Need,
    Progress,
    find_gap,
    find_gaps,
    progress_of,
)

anything = st.text(st.characters())  # every code point, halves of pairs and NUL included


@dataclass
class Field:
    key: str = "ringkasan"
    kind: FieldKind = FieldKind.LONG
    label: str = "Ringkasan"
    required: bool = True
    word_limit: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


@given(anything)
def test_cleaned_text_can_be_stored_and_stays_the_same_when_cleaned_again(raw):
    text = clean_text(raw)
    text.encode("utf-8")
    assert "\x00" not in text
    assert "\r" not in text
    assert clean_text(text) == text


@given(anything)
def test_one_line_has_no_breaks(raw):
    assert len(clean_text(raw, lines=False).splitlines()) <= 1


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
def test_ordinary_text_is_kept_letter_by_letter(raw):
    assert clean_text(raw) == raw.strip()


@given(st.sampled_from(FieldKind), st.lists(anything, max_size=4))
def test_any_input_to_any_field_is_read_and_judged_without_a_crash(kind, raw):
    item = Field(kind=kind, word_limit=3, options={"choices": ["A", "B"]})
    value = read_value(item, raw)
    fault = find_fault(item, value)
    draft = Draft("T", None, None, {"ringkasan": value})
    assert fault is None or isinstance(fault, Fault)
    assert progress_of(item, draft) in Progress
    assert isinstance(find_gap(item, draft), Gap | None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1500000", "1500000"),
        ("1.500.000", "1500000"),
        ("1.234,5", "1234.5"),
        ("88,5", "88.5"),
        ("88.5", "88.5"),
        ("1.234", "1234"),
        ("-3", "-3"),
        ("0", "0"),
    ],
)
def test_numbers_are_read_as_written_here(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2,3", "1.23.456", "1e5", "NaN", "٣", "1 000", "9" * 31, "12rb"]
)
def test_what_is_no_number(text):
    assert read_number(text) is None


@given(anything)
def test_reading_numbers_and_dates_never_crashes(text):
    assert isinstance(read_number(text), Decimal | None)
    assert isinstance(read_date(text), date | None)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-02-28", date(2026, 2, 28)), ("2026-02-30", None), ("28-02-2026", None)],
)
def test_dates(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        (FieldKind.LONG, "satu dua tiga empat", FaultKind.WORDS),
        (FieldKind.LONG, "satu dua tiga", None),
        (FieldKind.NUMBER, "banyak", FaultKind.NUMBER),
        (FieldKind.NUMBER, "1.500", None),
        (FieldKind.DATE, "2026-13-01", FaultKind.DATE),
        (FieldKind.LINK, "javascript:alert(1)", FaultKind.LINK),
        (FieldKind.LINK, "http://[", FaultKind.LINK),
        (FieldKind.LINK, "contoh.go.id", FaultKind.LINK),
        (FieldKind.LINK, "https://contoh.go.id/a?b=c", None),
        (FieldKind.VIDEO, "https://youtu.be/abc", None),
        (FieldKind.CHOICE, "C", FaultKind.CHOICE),
        (FieldKind.CHOICE, "A", None),
        (FieldKind.SEVERAL, ["A", "C"], FaultKind.CHOICE),
        (FieldKind.SHORT, "x" * 301, FaultKind.LENGTH),
    ],
)
def test_faults(kind, value, fault):
    item = Field(kind=kind, word_limit=3 if kind is FieldKind.LONG else None, options={"choices": ["A", "B"]})
    found = find_fault(item, value)
    assert (found.kind if found else None) == fault


def test_a_fault_says_by_how_much():
    assert find_fault(Field(word_limit=2), "a b c d") == Fault(FaultKind.WORDS, 2)


def test_several_keep_the_order_of_the_form_and_what_is_no_longer_offered():
    item = Field(kind=FieldKind.SEVERAL, options={"choices": ["A", "B"]})
    assert read_value(item, ["B", "Z", "A", "A", ""]) == ["A", "B", "Z"]


def test_words_are_runs_between_white_space():
    assert count_words(" satu  dua\n\ntiga — empat ") == 5
    assert count_words(["a"]) == 0


def test_equal_answers_ignore_what_is_empty():
    assert answers_equal({"a": "x", "b": ""}, {"a": "x"})
    assert not answers_equal({"a": "x"}, {"a": "y"})


def test_gaps_name_what_is_missing_in_the_order_of_the_form():
    fields = [
        Field("ringkasan", word_limit=2),
        Field("ide", label="Ide"),
        Field("aksi", required=False),
        Field("bukti", FieldKind.FILE, "Bukti"),
        Field("video", FieldKind.VIDEO, "Video", required=False),
    ]
    demands = Demands(fields, frozenset({1}), frozenset({7}), team_min=2, team_max=3)
    draft = Draft(" ", None, 8, {"ringkasan": "a b c", "video": "bukan tautan"})
    gaps = find_gaps(draft, demands, members=1)
    assert [(gap.need, gap.anchor) for gap in gaps] == [
        (Need.TITLE, "title"),
        (Need.GROUP, "group"),
        (Need.TRACK, "track"),
        (Need.MEND, "f-ringkasan"),
        (Need.ANSWER, "f-ide"),
        (Need.FILE, "f-bukti"),
        (Need.MEND, "f-video"),
        (Need.TEAM_SMALL, ""),
    ]
    assert gaps[-1].amount == 1


def test_a_complete_idea_lacks_nothing():
    fields = [Field(), Field("bukti", FieldKind.FILE, options={"max_files": 2})]
    demands = Demands(fields, frozenset({1}), frozenset(), team_min=1, team_max=5)
    assert find_gaps(Draft("T", 1, None, {"ringkasan": "isi"}, {"bukti": 2}), demands, 5) == []
    assert find_gaps(Draft("T", 1, None, {"ringkasan": "isi"}, {"bukti": 3}), demands, 6) == [
        Gap(Need.TOO_MANY_FILES, "f-bukti", "Ringkasan", amount=1),
        Gap(Need.TEAM_LARGE, amount=1),
    ]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("", Progress.EMPTY), ("a", Progress.FULL), ("a b c", Progress.BAD)],
)
def test_progress(answer, state):
    assert progress_of(Field(word_limit=2), Draft("", None, None, {"ringkasan": answer})) is state
