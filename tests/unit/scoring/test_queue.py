"""The order of a juror's queue: nothing is lost, what is left comes first where that was asked."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.queue import PARTS, Order, arrange, find_order


@dataclass
class Item:
    number: int | None
    title: str
    work: str
    total: float | None


items = st.lists(
    st.builds(
        Item,
        number=st.none() | st.integers(1, 99),
        title=st.text(max_size=5),
        work=st.sampled_from(["todo", "doing", "done", "recused", "excluded"]),
        total=st.none() | st.floats(0, 100),
    )
)


@given(items, st.sampled_from(Order))
def test_every_order_holds_every_entry_once(given_items: list[Item], order: Order) -> None:
    arranged = arrange(given_items, order)
    assert sorted(map(id, arranged)) == sorted(map(id, given_items))


@given(items)
def test_what_is_left_comes_before_what_is_done(given_items: list[Item]) -> None:
    works = [item.work in PARTS["sisa"] for item in arrange(given_items, Order.WORK)]
    assert works == sorted(works, reverse=True)


@given(items)
def test_own_scores_fall_and_what_was_not_handed_in_stands_last(given_items: list[Item]) -> None:
    arranged = arrange(given_items, Order.SCORE)
    scores = [item.total for item in arranged if item.work == "done" and item.total is not None]
    assert scores == sorted(scores, reverse=True)
    assert [item.total for item in arranged[: len(scores)]] == scores


@pytest.mark.parametrize("word", ["", "apa saja", "NILAI"])
def test_an_unknown_order_is_by_number(word: str) -> None:
    assert find_order(word) is Order.NUMBER
    assert find_order("nilai") is Order.SCORE
