"""Numbers as people type them and as spreadsheets keep them."""

from __future__ import annotations

import math
import re

from innovate.results.domain.sheets.faults import FaultCode

Cell = str | int | float | None
_TYPED = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{3}")


def read_number(cell: Cell) -> float | FaultCode:
    """`88`, `88,5` and `88.5`, or what is wrong with it.

    Exactly three digits after a point, `1.234` or `88.125`, are thousands to some and decimals to others, so they are
    not guessed; `88,125` is a decimal. A cell that a spreadsheet keeps as a number is what it is.
    """
    if isinstance(cell, bool) or cell is None:
        return FaultCode.NOT_A_NUMBER
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else FaultCode.NOT_A_NUMBER
    text = cell.strip()
    if _THOUSANDS.fullmatch(text):
        return FaultCode.AMBIGUOUS
    if not _TYPED.fullmatch(text):
        return FaultCode.NOT_A_NUMBER
    return float(text.replace(",", "."))
