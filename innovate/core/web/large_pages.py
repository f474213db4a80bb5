"""Pages that compute over a whole competition: one at a time in each process.

The interpreter computes one of them at a time anyway, so nobody waits longer on the whole; side by side each would hold
its thousands of rows while the others run, and the process would keep the room that four of them once needed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
_turn = threading.Lock()
_PATIENCE = 10.0  # seconds; then it goes on beside the other, which hangs on something


def large_page(view: F) -> F:
    """Mark a view that only reads, and reads much."""

    @wraps(view)
    def in_turn(*args: Any, **kwargs: Any) -> Any:
        has_turn = _turn.acquire(timeout=_PATIENCE)
        try:
            return view(*args, **kwargs)
        finally:
            if has_turn:
                _turn.release()

    return in_turn  # type: ignore[return-value]
