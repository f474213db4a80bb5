"""How a row of a ranking stands in the tables of papers."""

from __future__ import annotations

from decimal import Decimal

from innovate.core.numbers import round_half_up
from innovate.documents.domain.numerals import write_decimal
from innovate.results.models import StandingRow


def show_rank(row: StandingRow) -> str:
    """The rank, a dash for what is not ranked."""
    return str(row.rank) if row.rank is not None else "–"


def show_number(number: int | None) -> str:
    """An entry's number in three digits."""
    return f"{number or 0:03d}"


def show_score(score: float | Decimal | None) -> str:
    """Two decimals, a dash where there is no score."""
    return write_decimal(round_half_up(score, 2)) if score is not None else "–"


def show_plain(value: Decimal | float) -> str:
    """As few decimals as the value has."""
    return write_decimal(round_half_up(value, 2)).rstrip("0").rstrip(",")
