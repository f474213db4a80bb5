"""Numbers out of what anybody may have typed, and how they are rounded to be read."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

LARGEST = 2**31 - 1  # what a column holds


def read_number(text: str) -> int | None:
    """A whole number from 0 to what a column holds, written in plain digits, or None.

    `²` and `①` are digits to Python and no numbers; thousands of digits are more than it reads.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None


WIDE = Context(prec=400)  # digits of the largest float and its decimals
_COMPARED = 6  # decimals in which scores are compared (results/domain/ranking)


def round_half_up(value: float | Decimal, places: int) -> Decimal:
    """Rounded as by hand, half away from zero: 75,625 reads 75,63 on every page, file and paper.

    A float is first taken at six decimals, in which ranks compare scores: what arithmetic left behind tips no half, and
    equal ranks read the same.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(round(value, _COMPARED)))
    if not exact.is_finite():
        return exact
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=WIDE)
    return WIDE.plus(rounded)  # no minus before a nought
