"""Numbers as people type them and as spreadsheets keep them."""

from __future__ import annotations

import re

from innovate.results.domain.sheets.faults import FaultCode

Cell = str | int | float | None
_TYPED = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_LARGEST, _SMALLEST = 1e15, 1e-15
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{3}")


def read_number(cell: Cell) -> float | FaultCode:
    """`88`, `88,5` and `88.5`, or what is wrong with it.

    Exactly three digits after a point, `1.234` or `88.125`, are thousands to some and decimals to others, so they are
    not guessed; `88,125` is a decimal. A cell that a spreadsheet keeps as a number is what it is, as far as one can be
    typed: beyond 15 digits it is none, and what would need more than 15 decimals is the dust of its arithmetic, 0.
    """
    if isinstance(cell, bool) or cell is None:
        return FaultCode.NOT_A_NUMBER
    if isinstance(cell, int | float):
        return _read_kept(cell)
    text = cell.strip()
    if _THOUSANDS.fullmatch(text):
        return FaultCode.AMBIGUOUS
    if not _TYPED.fullmatch(text):
        return FaultCode.NOT_A_NUMBER
    return float(text.replace(",", "."))


def _read_kept(cell: float) -> float | FaultCode:
    if not abs(cell) < _LARGEST:  # NaN is not
        return FaultCode.NOT_A_NUMBER
    return float(cell) if abs(cell) >= _SMALLEST else 0.0
