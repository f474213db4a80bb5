"""Small cells stay hidden, also from somebody who subtracts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.core.suppression import suppress

CELLS = st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=12)


@pytest.mark.parametrize(
    ("cells", "hidden"),
    [
        ({}, ""),
        ({"a": 0, "b": 0}, ""),
        ({"a": 5, "b": 6}, ""),
        ({"a": 4, "b": 6, "c": 9}, "ab"),  # alone, 4 would be the total less the rest
        ({"a": 4, "b": 9, "c": 9}, "ab"),  # of equals the first
        ({"a": 3, "b": 2, "c": 9}, "ab"),
        ({"a": 1, "b": 1, "c": 9}, "abc"),  # 2 people behind two cells are one each
        ({"a": 1, "b": 3, "c": 7, "d": 9}, "abc"),
        ({"a": 4, "b": 0, "c": 9}, "ac"),  # an empty cell covers nothing
        ({"a": 4}, "a"),
        ({"a": 4, "b": 0}, "a"),
    ],
)
def test_hides_small_cells_and_one_beside_them(cells: dict[str, int], hidden: str) -> None:
    assert suppress(cells) == frozenset(hidden)


def test_another_minimum() -> None:
    assert suppress({"a": 2, "b": 3, "c": 4}, minimum=3) == {"a", "b"}


@given(CELLS, st.integers(1, 8))
def test_nothing_small_is_shown_and_nothing_hidden_is_computed(cells: dict[str, int], minimum: int) -> None:
    hidden = suppress(cells, minimum)
    assert all(not 0 < count < minimum for key, count in cells.items() if key not in hidden)
    assert all(cells[key] > 0 for key in hidden)
    if hidden and sum(cells.values()) >= minimum and len([count for count in cells.values() if count]) > 1:
        assert len(hidden) >= 2
        assert sum(cells[key] for key in hidden) >= minimum


@given(CELLS)
def test_nobody_small_means_nothing_hidden(cells: dict[str, int]) -> None:
    large = {key: count for key, count in cells.items() if count >= 5}
    assert suppress(large) == frozenset()
