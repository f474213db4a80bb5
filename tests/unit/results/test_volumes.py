"""Rows divided into volumes."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.volumes import Slice, divide


def test_a_table_goes_on_in_the_next_volume() -> None:
    assert divide([2, 0, 3], 4) == [
        [Slice(0, 0, 2), Slice(1, 0, 0), Slice(2, 0, 2)],
        [Slice(2, 2, 3)],
    ]
    assert divide([], 4) == [[]]


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(1, 25))
def test_every_row_stands_once_in_order_and_no_volume_is_too_thick(lengths, most) -> None:
    volumes = divide(lengths, most)
    parts = [part for volume in volumes for part in volume]
    rows = [(part.table, row) for part in parts for row in range(part.start, part.stop)]
    assert rows == [(table, row) for table, total in enumerate(lengths) for row in range(total)]
    assert all(sum(part.stop - part.start for part in volume) <= most for volume in volumes)
    assert all(volumes) or volumes == [[]]
    assert {part.table for part in parts} == set(range(len(lengths)))
