"""Where a cell is, and which number stands in it."""

from __future__ import annotations

from decimal import Decimal

from innovate.intake.domain.faults import Code
from innovate.results.domain.sheets.faults import FaultCode
from innovate.results.domain.sheets.numbers import Cell, read_number

_FINEST = Decimal("0.000001")  # a spreadsheet's own arithmetic is good for more than this
_CODES = {FaultCode.NOT_A_NUMBER: Code.NOT_A_NUMBER, FaultCode.AMBIGUOUS: Code.AMBIGUOUS}


def address(row: int, column: int) -> str:
    """`C17` of row 17 and column 2 (counted from 0)."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def read_score(cell: Cell) -> Decimal | Code:
    """`88`, `88,5`, `88.5` or a spreadsheet's number, exactly as it is shown; or what is wrong with it."""
    value = read_number(cell)
    if isinstance(value, FaultCode):
        return _CODES[value]
    if isinstance(cell, str):
        return Decimal(cell.strip().replace(",", "."))
    return Decimal(repr(value)).quantize(_FINEST).normalize() + 0
