"""Telephone numbers: kept as +62…, shown as people write them."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s().\-/]+")
# Area codes of three digits (0xx); all others have four.
_SHORT_AREAS = {"021", "022", "024", "031", "061"}


def normalise(text: str) -> str | None:
    """`0812-3456-7890`, `62 812…` and `+62 812…` as `+62812…`; other countries keep their code; None: no number."""
    digits = _SEPARATORS.sub("", text)
    if re.fullmatch(r"\+[1-9][0-9]{7,14}", digits):
        number = digits
    elif re.fullmatch(r"0[1-9][0-9]{6,12}", digits):
        number = "+62" + digits[1:]
    elif re.fullmatch(r"62[1-9][0-9]{6,12}", digits):
        number = "+" + digits
    else:
        return None
    if number.startswith("+62") and not 10 <= len(number) <= 15:
        return None
    return None if number.startswith("+620") else number


def show(number: str) -> str:
    """`0812-3456-7890` for mobiles, `(0561) 733041` for lines, other countries as they are."""
    if not number.startswith("+62"):
        return number
    local = "0" + number.removeprefix("+62")
    if local.startswith("08"):
        return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)
    area = local[:3] if local[:3] in _SHORT_AREAS else local[:4]
    return f"({area}) {local[len(area) :]}"
