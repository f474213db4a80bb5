"""What is said of a Juara Favorit."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_ngettext


def say_votes(votes: int) -> Any:
    """Why it holds the award."""
    return lazy_ngettext(
        "Dipilih publik dengan %(num)s suara.", "Dipilih publik dengan %(num)s suara.", votes
    )
