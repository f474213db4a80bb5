"""Numbers out of what anybody may have typed."""

from __future__ import annotations

LARGEST = 2**31 - 1  # what a column holds


def read_number(text: str) -> int | None:
    """A whole number from 0 to what a column holds, written in plain digits, or None.

    `²` and `①` are digits to Python and no numbers; thousands of digits are more than it reads.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None
