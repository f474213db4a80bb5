"""The to-do until launch, and short names made from long ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.naming import free_name, is_slug, slugify
from innovate.events.domain.readiness import Facts, blocking, list_checks
from innovate.events.domain.template import Timespan

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def span(kind: PhaseKind, start: int, end: int) -> Timespan:
    return Timespan(kind, kind.value, NOW + timedelta(days=start), NOW + timedelta(days=end))


READY = Facts(
    phases=[
        span(PhaseKind.SUBMISSION, 1, 10),
        span(PhaseKind.SCREENING, 10, 12),
        span(PhaseKind.JUDGING, 12, 20),
    ],
    has_description=True,
    has_rules=True,
    has_contact=True,
    fields=3,
    prizes=1,
    questions=1,
    checklist=1,
    jurors=3,
    screeners=1,
)


def missing(facts: Facts) -> set[str]:
    return {check.code for check in list_checks(facts, NOW) if not check.done}


def test_complete_event_misses_nothing():
    assert missing(READY) == set()


@pytest.mark.parametrize(
    ("change", "code", "blocks"),
    [
        ({"has_description": False}, "description", True),
        ({"fields": 0}, "form", True),
        ({"phases": []}, "timetable", True),
        ({"phases": [span(PhaseKind.SUBMISSION, -10, 0)]}, "submission_ahead", True),
        ({"has_rules": False}, "rules", False),
        ({"has_contact": False}, "contact", False),
        ({"prizes": 0}, "prizes", False),
        ({"questions": 0}, "questions", False),
        ({"checklist": 0}, "checklist", False),
        ({"screeners": 0}, "screeners", False),
        ({"jurors": 0}, "jurors", False),
    ],
)
def test_each_gap_is_named_and_only_the_necessary_ones_block(change: dict[str, Any], code, blocks):
    facts = replace(READY, **change)
    assert code in missing(facts)
    assert (code in {check.code for check in blocking(list_checks(facts, NOW))}) is blocks


def test_screening_asks_for_people_only_where_there_is_screening():
    facts = replace(READY, phases=[span(PhaseKind.SUBMISSION, 1, 10)], checklist=0, screeners=0)
    assert missing(facts) == set()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Kompetisi Inovasi Kota 2027", "kompetisi-inovasi-kota-2027"),
        ("  Größe & café!  ", "groe-cafe"),
        ("???", ""),
        ("a" * 100, "a" * 80),
    ],
)
def test_slugify(text, slug):
    assert slugify(text) == slug


@given(st.text(max_size=200))
def test_slugs_are_empty_or_fit_an_address(text):
    slug = slugify(text)
    assert slug == "" or (is_slug(slug) and len(slug) <= 80)


def test_free_name_counts_up_and_stays_within_its_limit():
    assert free_name("lomba", set()) == "lomba"
    assert free_name("lomba", {"lomba", "lomba-2"}) == "lomba-3"
    assert free_name("abcde", {"abcde"}, limit=5) == "abc-2"
    assert not is_slug("Lomba")
    assert not is_slug("-lomba")
    assert not is_slug("lomba--x")
