"""Evidence beside its question, and the profile taken out of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.demo.domain.profiles import profile_of
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.meanings import CHOICES, Meaning
from innovate.ideas.domain.evidence import place_beside
from innovate.ideas.domain.reading import Entry, lay_out, lay_out_profile
from tests.factories.build import NOW


@dataclass(frozen=True)
class Field:
    key: str
    section: str = "Proposal"
    kind: FieldKind = FieldKind.SHORT
    proves: str = ""
    criterion: str = ""
    meaning: Meaning | None = None
    label: str = ""
    required: bool = False
    word_limit: int | None = None
    options: dict[str, Any] = field(default_factory=dict)
    removed_at: datetime | None = None


@dataclass(frozen=True)
class File:
    public_id: str
    field_key: str
    filename: str = "a.pdf"
    media_type: str = "application/pdf"
    size: int = 1


def placed(*fields: Field) -> list[tuple[str, str]]:
    return [(section, each.key) for section, each in place_beside(fields)]


@pytest.mark.parametrize(
    ("proves", "order"),
    [
        ({"c": "a"}, ["a", "c", "b", "d"]),
        ({"c": "a", "d": "a"}, ["a", "c", "d", "b"]),
        ({"c": "gone"}, ["a", "b", "c", "d"]),
        ({"c": "d", "d": "c"}, ["a", "b", "c", "d"]),  # proofs of each other stay
        ({"c": "c"}, ["a", "b", "c", "d"]),
        ({"a": "d"}, ["b", "c", "d", "a"]),
    ],
)
def test_what_proves_a_field_follows_it(proves, order):
    fields = [Field(key, section=key.upper(), proves=proves.get(key, "")) for key in "abcd"]
    found = placed(*fields)
    assert [key for _section, key in found] == order
    for section, key in found:
        follows = proves.get(key) in set("abcd") - set(proves)
        assert section == (proves[key] if follows else key).upper()


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefx"])), unique_by=lambda p: p[0]
    )
)
def test_no_field_is_lost_or_doubled(pairs):
    found = placed(*(Field(key, proves=proves) for key, proves in pairs))
    assert sorted(key for _section, key in found) == sorted(key for key, _proves in pairs)


def test_the_profile_stands_apart_in_its_own_order_and_evidence_by_criterion():
    fields = [
        Field("tema", meaning=Meaning.THEME),
        Field("mulai", kind=FieldKind.DATE, meaning=Meaning.USE_START),
        Field("panjang", meaning=Meaning.EXPANSION),
        Field("ide", kind=FieldKind.LONG),
        Field("lain", kind=FieldKind.LONG),
        Field("foto", kind=FieldKind.FILE, proves="ide", criterion="kebaruan", section="Bukti"),
        Field("kosong", kind=FieldKind.FILE, criterion="manfaat", section="Bukti"),
    ]
    answers = {"mulai": "2026-03-03", "panjang": "Perekaman", "ide": "Teks"}
    entry = Entry(
        "x",
        1,
        "PECI",
        "",
        "",
        sections=lay_out(fields, answers, [File("f", "foto"), File("g", "foto")]),
        profile=lay_out_profile(fields, answers),
    )
    assert [item.meaning for item in entry.profile] == [Meaning.EXPANSION, Meaning.USE_START, Meaning.THEME]
    assert (entry.expansion, entry.profile[1].day) == ("Perekaman", date(2026, 3, 3))
    assert [item.key for item in entry.items] == ["ide", "foto", "lain", "kosong"]
    assert [section.name for section in entry.sections] == ["Proposal", "Bukti"]
    assert {key: [item.key for item in items] for key, items in entry.evidence.items()} == {
        "kebaruan": ["foto"]
    }
    neutral = entry.with_neutral_files().evidence["kebaruan"][0]
    assert [file.filename for file in neutral.files] == ["lampiran-f.pdf", "lampiran-g.pdf"]


def test_of_two_fields_with_one_meaning_the_answered_one_speaks():
    fields = [Field("baru", meaning=Meaning.ORIGIN), Field("lama", meaning=Meaning.ORIGIN)]
    assert [item.key for item in lay_out_profile(fields, {"lama": "Arahan pimpinan"})] == ["lama"]
    assert [item.key for item in lay_out_profile(fields, {})] == ["baru"]
    gone = [Field("lama", meaning=Meaning.ORIGIN, removed_at=NOW), fields[0]]
    assert [item.key for item in lay_out_profile(gone, {"lama": "A", "baru": "B"})] == ["baru"]
    assert [item.key for item in lay_out_profile(gone, {"lama": "A"})] == ["lama"]
    assert Entry("x", 1, "PECI", "", "", profile=lay_out_profile(fields, {})).expansion == ""


def test_the_demos_profiles_use_the_lists_of_the_index():
    text = {
        "ringkasan": "Warga memakai aplikasi.",
        "kontribusi_tpb": "Tujuan 3, target 3.1, dan TPB 11.4; tujuan 99.",
    }
    made = profile_of("pkm-saigon", "tata-kelola", text)
    assert made["urusan"] == "Kesehatan"
    assert made["jenis"] == "Digital"
    assert made["tpb"] == [CHOICES[Meaning.SDG][2], CHOICES[Meaning.SDG][10]]
    assert profile_of("bkd", "lainnya", {})["urusan"] in CHOICES[Meaning.SECTOR]
    for meaning, key in (
        (Meaning.INITIATOR, "inisiator"),
        (Meaning.FORM, "bentuk"),
        (Meaning.STAGE, "tahapan"),
    ):
        assert made[key] in CHOICES[meaning]
