"""In which order, and which part of it, a juror's queue is shown."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Order(enum.StrEnum):
    """What the queue is sorted by."""

    NUMBER = "nomor"
    TITLE = "judul"
    WORK = "keadaan"  # what was begun, then what was not, then what is done
    SCORE = "nilai"  # the highest first, what was not handed in last


class Item(Protocol):
    """What the order must know of one entry."""

    @property
    def number(self) -> int | None: ...
    @property
    def title(self) -> str: ...
    @property
    def work(self) -> str: ...
    @property
    def total(self) -> float | None: ...


ItemT = TypeVar("ItemT", bound=Item)
_LEFT = {"doing": 0, "todo": 1, "done": 2}
# Address words: which states of work each part of the queue holds.
PARTS = {
    "sisa": frozenset({"todo", "doing"}),
    "belum": frozenset({"todo"}),
    "sedang": frozenset({"doing"}),
    "selesai": frozenset({"done"}),
}


def find_order(word: str) -> Order:
    """The order an address names; anything else is by number."""
    return Order(word) if word in set(Order) else Order.NUMBER


def arrange(items: Iterable[ItemT], order: Order) -> list[ItemT]:
    """The items in that order; what is equal stands by number."""
    by_number = sorted(items, key=lambda item: item.number or 0)
    if order is Order.TITLE:
        return sorted(by_number, key=lambda item: item.title.casefold())
    if order is Order.WORK:
        return sorted(by_number, key=lambda item: _LEFT.get(item.work, len(_LEFT)))
    if order is Order.SCORE:
        return sorted(by_number, key=lambda item: -_given(item))
    return by_number


def _given(item: Item) -> float:
    return item.total if item.work == "done" and item.total is not None else float("-inf")
