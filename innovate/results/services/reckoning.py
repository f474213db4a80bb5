"""Ranking files for visitors: nothing is stored; one at a time in a process, and within what an address may use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from innovate.core.errors import TooMany, require
from innovate.results.domain.allowance import Allowance, cost_of, spend

MOST_ADDRESSES = 5_000
PATIENCE = 8.0  # seconds


class Counter:
    """Where visitors' files are taken in. It lives in memory: what is counted is gone when the process ends."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Allowance] = OrderedDict()
        self._counting = Lock()
        self._working = Lock()

    @contextmanager
    def take(self, address: str, *files: bytes, at: datetime) -> Iterator[None]:
        """Work on files of one address; TooMany while it has used up its allowance or the counter is busy."""
        with self._counting:
            left, wait = spend(self._known.pop(address, None), sum(map(cost_of, files)), at)
            self._known[address] = left
            if len(self._known) > MOST_ADDRESSES:
                self._known.popitem(last=False)
        require(not wait, _too_many(wait))
        free = self._working.acquire(timeout=PATIENCE)
        busy = _l("Berkas orang lain sedang dihitung. Coba lagi beberapa detik lagi.")
        require(free, TooMany(busy, details={"retry_after": 5}))
        try:
            yield
        finally:
            self._working.release()

    def forget(self) -> None:
        """Begin anew."""
        with self._counting:
            self._known.clear()


counter = Counter()


def _too_many(wait: int) -> TooMany:
    message = lazy_ngettext(
        "Banyak berkas besar datang dari jaringan ini. Tunggu %(num)s detik, lalu coba lagi.",
        "Banyak berkas besar datang dari jaringan ini. Tunggu %(num)s detik, lalu coba lagi.",
        wait,
    )
    return TooMany(message, details={"retry_after": wait})
