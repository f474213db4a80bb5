"""When two titles name the same innovation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.ideas.domain.eligibility.titles import alike, plain_title, same_title


@pytest.mark.parametrize(
    ("one", "other", "same", "like"),
    [
        ("PECI HAJI", "Peci  Haji", True, True),
        ("PECI-HAJI!", "peci haji", True, True),
        ("Café Baca", "Cafe Baca", True, True),
        ("PECI HAJI", "PECI HAJI 2.0", False, True),
        ("PECI HAJI", "HAJI PECI", False, True),
        ("PECI HAJI", "PECI TANI", False, False),
        ("Sistem Layanan Kota", "Aplikasi Layanan Kota Pontianak", False, False),
        ("Sistem Layanan", "sistem layanan", True, True),
        ("Rekam Cetak KIA Sehari Jadi", "Rekam Cetak KIA Keliling", False, True),
        ("Satu Dua Tiga Empat", "Satu Dua Lima Enam", False, False),
        ("2026", "2025", False, False),
        ("2026", "2026", True, True),
        ("", "", False, False),
        ("!!!", "???", False, False),
        ("PECI", "", False, False),
    ],
)
def test_titles(one, other, same, like):
    assert same_title(one, other) is same
    assert same_title(other, one) is same
    assert alike(one, other) is like
    assert alike(other, one) is like


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_has_no_direction_and_holds_for_equal_titles(one, other):
    assert alike(one, other) == alike(other, one)
    assert same_title(one, one) == bool(plain_title(one))
    assert not same_title(one, other) or alike(one, other)
