"""NIP, the number of a civil servant: 18 digits.

| digits | PNS                         | PPPK                                  |
| 1-8    | date of birth YYYYMMDD      | the same                              |
| 9-12   | year of appointment         | the same                              |
| 13-14  | month of appointment 01-12  | 2 and the frequency 1-9 (mostly 21)   |
| 15     | 1 man, 2 woman              | the same                              |
| 16-18  | serial 001-999              | the same                              |

There is no check digit, so a number may be well formed and still belong to nobody.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import date

_SEPARATORS = re.compile(r"[\s.\-]+")
_FIRST_PPPK_YEAR = 2019


class NipFault(enum.StrEnum):
    """Why a text is no NIP."""

    CHARACTERS = "characters"
    LENGTH = "length"
    BIRTH_DATE = "birth_date"
    KIND = "kind"
    SEX = "sex"
    SERIAL = "serial"


class NipWarning(enum.StrEnum):
    """What is unusual about a well-formed NIP; never a reason to refuse it."""

    STATUS_DIFFERS = "status_differs"
    AGE = "age"
    FUTURE = "future"
    TOO_EARLY_PPPK = "too_early_pppk"


@dataclass(frozen=True)
class Nip:
    """A well-formed NIP and what it says."""

    digits: str

    @property
    def is_pppk(self) -> bool:
        return self.digits[12] == "2"

    @property
    def birth_date(self) -> date:
        return _date_of(self.digits[:8])

    @property
    def year(self) -> int:
        """Year of appointment."""
        return int(self.digits[8:12])

    @property
    def label(self) -> str:
        """What the number is called above a signature."""
        return "NI PPPK" if self.is_pppk else "NIP"

    @property
    def shown(self) -> str:
        """`19860926 201505 1 001` for PNS, `20001231 2024 21 1 001` for PPPK."""
        d = self.digits
        middle = f"{d[8:12]} {d[12:14]}" if self.is_pppk else d[8:14]
        return f"{d[:8]} {middle} {d[14]} {d[15:]}"


def normalise(text: str) -> str:
    """The text without the spaces, dots and hyphens people write between the groups."""
    return _SEPARATORS.sub("", text)


def parse(text: str) -> Nip | NipFault:
    """The NIP in `text`, or the first reason why there is none."""
    digits = normalise(text)
    if fault := _find_fault(digits):
        return fault
    return Nip(digits)


def _find_fault(digits: str) -> NipFault | None:
    if not re.fullmatch(r"[0-9]*", digits):
        return NipFault.CHARACTERS
    if len(digits) != 18:
        return NipFault.LENGTH
    checks = (
        (_is_date(digits[:8]), NipFault.BIRTH_DATE),
        ("01" <= digits[12:14] <= "12" or "21" <= digits[12:14] <= "29", NipFault.KIND),
        (digits[14] in "12", NipFault.SEX),
        (digits[15:] != "000", NipFault.SERIAL),
    )
    return next((fault for holds, fault in checks if not holds), None)


def list_warnings(nip: Nip, *, is_pppk: bool | None, today: date) -> list[NipWarning]:
    """What to point out to the person; `is_pppk` is the status given in the profile, None when it is no ASN's."""
    age = nip.year - nip.birth_date.year
    found = {
        NipWarning.STATUS_DIFFERS: is_pppk is not None and is_pppk != nip.is_pppk,
        NipWarning.AGE: not 18 <= age <= 58,
        NipWarning.FUTURE: nip.year > today.year or nip.birth_date > today,
        NipWarning.TOO_EARLY_PPPK: nip.is_pppk and nip.year < _FIRST_PPPK_YEAR,
    }
    return [warning for warning, holds in found.items() if holds]


def _is_date(digits: str) -> bool:
    try:
        _date_of(digits)
    except ValueError:
        return False
    return True


def _date_of(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
