"""Keys of criteria stay when a rubric changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.criterion_keys import Keyed, give_keys

BEFORE = [Keyed("Kebaruan", "kebaruan"), Keyed("Manfaat", "manfaat"), Keyed("Dampak", "dampak")]


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Kebaruan", "Manfaat", "Dampak"], ["kebaruan", "manfaat", "dampak"]),
        (["Dampak", "Kebaruan", "Manfaat"], ["dampak", "kebaruan", "manfaat"]),
        (["KEBARUAN ", "Manfaat", "Dampak"], ["kebaruan", "manfaat", "dampak"]),
        (["Kebaruan", "Kegunaan", "Dampak"], ["kebaruan", "manfaat", "dampak"]),  # renamed
        (["Kebaruan", "Dampak"], ["kebaruan", "dampak"]),
        (["Kebaruan", "Manfaat", "Dampak", "Manfaat"], ["kebaruan", "manfaat", "dampak", "manfaat-2"]),
        (["Kebaruan", "Biaya", "Manfaat", "Dampak"], ["kebaruan", "biaya", "manfaat", "dampak"]),
        (["Dampak", "Biaya", "Kebaruan"], ["dampak", "manfaat", "kebaruan"]),
    ],
)
def test_keys_of_a_changed_rubric(names, keys):
    assert give_keys(names, BEFORE) == keys


def test_keys_of_a_new_rubric():
    assert give_keys(["Kebaruan", "Mutu & Manfaat", "!!!", "Kebaruan"]) == [
        "kebaruan",
        "mutu-manfaat",
        "kriteria",
        "kebaruan-2",
    ]
    assert len(give_keys(["x" * 120])[0]) == 60


def test_criteria_without_a_key_get_one():
    assert give_keys(["Kebaruan", "Biaya"], [Keyed("Kebaruan", ""), Keyed("Manfaat", "")]) == [
        "kebaruan",
        "biaya",
    ]


@given(st.lists(st.text(max_size=20), max_size=8), st.lists(st.text(max_size=20), max_size=8))
def test_every_criterion_has_a_key_of_its_own(first, then):
    keys = give_keys(first)
    again = give_keys(then, [Keyed(*pair) for pair in zip(first, keys, strict=True)])
    for given_ in (keys, again):
        assert all(given_)
        assert len(set(given_)) == len(given_)
