"""Numbers out of what anybody may have typed, and rounded as people round."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

LARGEST = 2**31 - 1  # what a column holds


def read_number(text: str) -> int | None:
    """A whole number from 0 to what a column holds, written in plain digits, or None.

    `²` and `①` are digits to Python and no numbers; thousands of digits are more than it reads.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def round_half_up(value: float | Decimal | str, places: int) -> Decimal:
    """A number to so many decimals, a half away from zero, as scores are rounded by hand: 88,305 is 88,31.

    A float counts as the shortest number that is read as it (`repr`). Never minus zero.
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
