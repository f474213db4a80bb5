"""Exact decimals as people in Indonesia write them: 1.250,75 and 1250.75 and 12,5."""

from __future__ import annotations

import re
from decimal import Decimal

WHOLE, PLACES = 11, 4  # digits a column holds before and after the comma
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"-?\d+([.,]\d+)?")


def read_decimal(text: str) -> Decimal | None:
    """The number written, exactly, or None. A dot before exactly three digits groups thousands: 1.250 is 1250."""
    text = text.strip().replace("\u2212", "-").replace(" ", "")
    if not text.isascii():
        return None
    if _GROUPED.fullmatch(text):
        number = Decimal(text.replace(".", "").replace(",", "."))
    elif _PLAIN.fullmatch(text):
        number = Decimal(text.replace(",", "."))
    else:
        return None
    return number if fits(number) else None


def fits(number: Decimal) -> bool:
    """Whether nothing of it is lost in a column."""
    return abs(number) < Decimal(10) ** WHOLE and number == round(number, PLACES)


def show_decimal(number: Decimal | None) -> str:
    """As it is typed back: without grouping, with a comma, without noughts at the end."""
    if number is None:
        return ""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")
