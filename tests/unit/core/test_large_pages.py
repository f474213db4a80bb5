"""Large pages are computed one at a time."""

from __future__ import annotations

import threading

import pytest

from innovate.core.web import large_pages
from innovate.core.web.large_pages import large_page


def test_two_are_never_computed_side_by_side() -> None:
    inside, most = 0, 0
    start = threading.Barrier(4)
    guard = threading.Lock()

    @large_page
    def view(n: int) -> int:
        nonlocal inside, most
        with guard:
            inside += 1
            most = max(most, inside)
        for _ in range(20_000):
            pass
        with guard:
            inside -= 1
        return n

    answers: list[int] = []

    def ask(n: int) -> None:
        start.wait()
        answers.append(view(n))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(answers), most) == ([0, 1, 2, 3], 1)


def test_one_that_failed_gives_its_turn_on() -> None:
    @large_page
    def view() -> None:
        raise ValueError("broken")

    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            view()
    assert not large_pages._turn.locked()


def test_nobody_waits_for_ever_behind_one_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_pages, "_PATIENCE", 0.01)
    with large_pages._turn:
        assert large_page(lambda: "served")() == "served"
