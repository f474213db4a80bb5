"""Templates and the timetables they propose."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.eligibility import RuleKind, complete_parameters, find_parameter_problem
from innovate.events.domain.fields import find_field_problem
from innovate.events.domain.kinds import FieldKind, PhaseKind
from innovate.events.domain.meanings import CHOICES, Meaning, fits
from innovate.events.domain.phases import find_problems
from innovate.events.domain.template import (
    PlannedPhase,
    Timespan,
    plan_phases,
    propose_timetable,
    shift_timetable,
    write_phases,
)
from innovate.events.domain.template_shape import field_options
from innovate.events.services.templates import load_templates

WIB = ZoneInfo("Asia/Pontianak")
MONDAY = date(2027, 3, 1)


def test_templates_in_order():
    assert list(load_templates()) == ["kota", "kipp", "iga", "hackathon", "ideathon", "empty"]


@pytest.mark.parametrize("key", ["kota", "kipp", "iga", "hackathon", "ideathon", "empty"])
def test_template_proposes_a_timetable_without_problems(key):
    template = load_templates()[key]
    spans = propose_timetable(template.phases, MONDAY, WIB)
    assert find_problems(spans) == []
    assert spans[0].starts_at == datetime(2027, 3, 1, 8, 0, tzinfo=WIB)
    assert (max(s.ends_at for s in spans).date() - MONDAY).days == template.length_days - 1


@pytest.mark.parametrize("key", ["kota", "kipp", "iga", "hackathon", "ideathon", "empty"])
def test_template_brings_a_form_whose_fields_are_sound_and_rubrics_whose_weights_sum_up(key):
    template = load_templates()[key]
    assert template.form
    for field in template.form:
        kind = FieldKind(field["kind"])
        assert find_field_problem(kind, field.get("word_limit"), field_options(field)) is None, field["key"]
    assert len({field["key"] for field in template.form}) == len(template.form)
    for rubric in template.rubrics:
        assert sum(criterion["weight"] for criterion in rubric["criteria"]) == (37 if key == "iga" else 100)


@pytest.mark.parametrize("key", ["kota", "kipp", "hackathon", "ideathon", "empty"])
def test_template_gives_each_part_of_the_profile_one_field_that_can_hold_it(key):
    meant = [field for field in load_templates()[key].form if "meaning" in field]
    assert len({field["meaning"] for field in meant}) == len(meant)
    for field in meant:
        assert fits(Meaning(field["meaning"]), FieldKind(field["kind"])), field["key"]


@pytest.mark.parametrize("key", ["kota", "kipp"])
def test_the_citys_and_the_national_template_ask_for_the_whole_profile_in_the_words_of_the_index(key):
    meant = {field["meaning"]: field for field in load_templates()[key].form if "meaning" in field}
    assert set(meant) >= set(Meaning) - {Meaning.ORIGIN}
    for meaning, choices in CHOICES.items():
        assert tuple(meant[meaning]["options"]) == choices


@pytest.mark.parametrize("key", ["kota", "kipp", "hackathon", "ideathon", "empty"])
def test_template_asks_for_what_its_form_can_answer(key):
    template = load_templates()[key]
    kinds = [RuleKind(rule["kind"]) for rule in template.eligibility]
    assert len(set(kinds)) == len(kinds)
    assert bool(kinds) is (key in {"kota", "kipp"})
    files = {field["key"] for field in template.form if field["kind"] == "file"}
    meanings = {field.get("meaning") for field in template.form}
    for kind, rule in zip(kinds, template.eligibility, strict=True):
        asked = complete_parameters(kind, rule)
        assert find_parameter_problem(kind, asked) is None, kind
        assert set(rule) - {"kind", "blocks"} <= set(asked), "a parameter nobody reads"
        assert set(asked.get("fields", ())) <= files
        assert asked.get("since") in {None, *meanings}


def test_forty_eight_hours_are_counted_by_the_hour():
    planned = [PlannedPhase(PhaseKind.SUBMISSION, "Hackathon", 26, 2)]
    (span,) = propose_timetable(planned, MONDAY, WIB)
    assert (span.ends_at - span.starts_at).total_seconds() == 48 * 3600


def test_moving_a_timetable_keeps_local_hours_across_zones_and_distances():
    old = [
        Timespan(
            PhaseKind.REGISTRATION,
            "Pendaftaran",
            datetime(2026, 1, 5, 8, 0, tzinfo=WIB),
            datetime(2026, 1, 20, 23, 59, tzinfo=WIB),
        ),
        Timespan(
            PhaseKind.JUDGING,
            "Penilaian",
            datetime(2026, 2, 2, 9, 30, tzinfo=WIB),
            datetime(2026, 2, 12, 12, 0, tzinfo=WIB),
        ),
    ]
    moved = shift_timetable(old, MONDAY, WIB)
    assert [s.starts_at.isoformat() for s in moved] == [
        "2027-03-01T08:00:00+07:00",
        "2027-03-29T09:30:00+07:00",
    ]
    assert [s.ends_at.isoformat() for s in moved] == [
        "2027-03-16T23:59:00+07:00",
        "2027-04-08T12:00:00+07:00",
    ]
    assert shift_timetable([], MONDAY, WIB) == []


@pytest.mark.parametrize(
    ("kind", "words", "options", "problem"),
    [
        (FieldKind.LONG, 200, {}, None),
        (FieldKind.LONG, 0, {}, "word_limit"),
        (FieldKind.LONG, 5001, {}, "word_limit"),
        (FieldKind.SHORT, 10, {}, "word_limit"),
        (FieldKind.CHOICE, None, {"choices": []}, "choices"),
        (FieldKind.SEVERAL, None, {"choices": ["a", "a"]}, "choices_repeat"),
        (FieldKind.CHOICE, None, {"choices": ["a", "b"]}, None),
        (FieldKind.FILE, None, {"max_files": 0, "accept": ["pdf"]}, "max_files"),
        (FieldKind.FILE, None, {"max_files": 11, "accept": ["pdf"]}, "max_files"),
        (FieldKind.FILE, None, {"max_files": 1, "accept": []}, "accept"),
        (FieldKind.FILE, None, {"max_files": 1, "accept": ["exe"]}, "accept"),
        (FieldKind.FILE, None, {"max_files": 10, "accept": ["pdf"]}, None),
    ],
)
def test_field_problems(kind, words, options, problem):
    assert find_field_problem(kind, words, options) == problem


@pytest.mark.parametrize(
    ("limit", "least", "problem"),
    [
        (None, 300, None),
        (500, 300, None),
        (200, 300, "word_least"),
        (None, 0, "word_least"),
        (None, 5001, "word_least"),
    ],
)
def test_fewest_words(limit, least, problem):
    assert find_field_problem(FieldKind.LONG, limit, {"word_least": least}) == problem


@given(
    days=st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 86399), st.integers(60, 40 * 86400)),
        min_size=1,
        max_size=8,
    ),
    first_day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_a_timetable_written_as_offsets_is_the_same_on_any_first_day(days, first_day):
    """To the second, since that is what a template keeps."""
    zero = datetime(2026, 5, 4, tzinfo=WIB)
    spans = [
        Timespan(
            PhaseKind.JUDGING,
            "T",
            begin := zero + timedelta(days=d, seconds=s),
            begin + timedelta(seconds=length),
        )
        for d, s, length in days
    ]
    moved = propose_timetable(plan_phases(write_phases(spans, WIB)), first_day, WIB)
    assert moved == shift_timetable(spans, first_day, WIB)
