"""Placeholders: what is wrong with them and where, and that filling is one pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.documents.domain.blanks import Fault, fill, fill_lines, find_faults, names_in
from innovate.documents.domain.kinds import Audience, PaperKind
from innovate.documents.domain.texts import FORMS, ONE_LINE, PARTS, Text, text_for

KNOWN = ("nama_kegiatan", "babak", "tanggal_panjang")
PLAIN = st.text(st.characters(exclude_characters="{}", exclude_categories=("Cs", "Cc")), max_size=40)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Penilaian {{ nama_kegitan }}.", Fault(1, 2, "{{ nama_kegitan }}", False, "{{ nama_kegiatan }}")),
        ("a\nb c {{Nama Kegiatan}}", Fault(2, 3, "{{ Nama Kegiatan }}", False, "{{ nama_kegiatan }}")),
        ("babak { babak }", Fault(1, 2, "{ babak }", True, "{{ babak }}")),
        ("babak {{ babak } ini", Fault(1, 2, "{{ babak }", True, "{{ babak }}")),
        ("babak ini }}", Fault(1, 3, "}}", True, "")),
        ("{{ xyzzy }}", Fault(1, 1, "{{ xyzzy }}", False, "")),
        ("{{}}", Fault(1, 1, "{{  }}", False, "")),
        ("{{{ babak }}}", Fault(1, 1, "{{{ babak }}}", True, "{{ babak }}")),
    ],
)
def test_a_wrong_placeholder_is_told_with_its_place_and_what_is_meant(text: str, fault: Fault) -> None:
    assert find_faults(text, KNOWN)[0] == fault


@pytest.mark.parametrize("text", ["", "({{ babak }}),", "{{babak}}{{ babak }}", "{{ nama_kegiatan }}:"])
def test_a_known_placeholder_may_touch_what_is_around_it(text: str) -> None:
    assert find_faults(text, KNOWN) == []


def test_every_fault_of_a_text_is_found() -> None:
    assert len(find_faults("{{ a }} {{ b }}\n{{ babak }} }", KNOWN)) == 3


@given(PLAIN, st.text(max_size=40))
def test_what_a_value_holds_is_never_a_placeholder(around: str, value: str) -> None:
    text = f"{around}{{{{ babak }}}}{around}"
    values = {"babak": f"{value}{{{{ nama_kegiatan }}}}", "nama_kegiatan": "RAHASIA"}
    assert fill(text, values) == f"{around}{values['babak']}{around}"


@given(PLAIN)
def test_a_text_without_braces_has_no_fault_and_stays(text: str) -> None:
    assert find_faults(text, KNOWN) == []
    assert fill(text, {}) == text


def test_a_line_whose_placeholder_is_empty_is_left_out() -> None:
    text = "satu {{ babak }}\n\n dua \ntiga {{ nama_kegiatan }}"
    assert fill_lines(text, {"babak": "", "nama_kegiatan": "X"}) == ["dua", "tiga X"]


@pytest.mark.parametrize("text", Text)
def test_the_words_of_the_house_know_their_placeholders(text: Text) -> None:
    form = FORMS[text]
    assert form.house["title"]
    assert set(form.house) <= set(form.parts) <= set(PARTS)
    for part, written in form.house.items():
        assert find_faults(written, form.blanks) == []
        assert set(names_in(written)) <= set(form.blanks)
        assert part not in ONE_LINE or "\n" not in written


def test_every_paper_has_its_text() -> None:
    for kind in PaperKind:
        assert FORMS[text_for(kind)].kind is kind
    assert text_for(PaperKind.CERTIFICATE, Audience.WINNERS) is Text.AWARD
