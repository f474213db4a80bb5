"""What a team may learn without pointing at a juror or another team."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.feedback import ENOUGH, Spread, order_comments, spread_of


def test_the_spread_is_the_middle_half() -> None:
    assert spread_of([1, 2, 3, 4, 5]) == Spread(2, 3, 4, 5)
    assert spread_of([1.0] * (ENOUGH - 1)) is None
    assert spread_of([]) is None


@given(st.lists(st.floats(0, 100), min_size=ENOUGH, max_size=60))
def test_the_spread_lies_within_and_does_not_depend_on_order(means: list[float]) -> None:
    found = spread_of(means)
    assert found == spread_of(sorted(means))
    assert min(means) - 1e-9 <= found.low <= found.middle <= found.high <= max(means) + 1e-9
    assert found.entries == len(means)


@given(st.lists(st.text(max_size=8)), st.randoms())
def test_the_order_of_comments_does_not_depend_on_who_wrote_when(comments: list[str], chance) -> None:
    mixed = list(comments)
    chance.shuffle(mixed)
    assert order_comments(mixed) == order_comments(comments)
    assert set(order_comments(comments)) == {text.strip() for text in comments} - {""}
