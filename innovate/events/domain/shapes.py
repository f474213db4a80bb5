"""Shapes of documents: small checks that are put together, and every place where a document does not fit.

A check takes a value, its path and the list of faults; it returns the value as it is kept. After a fault the value
returned means nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Any

Path = tuple[str | int, ...]
_LONGEST = 60_000


class Misfit(enum.StrEnum):
    """How a value fails to fit."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    TEXT = "text"
    EMPTY = "empty"
    LONG = "long"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    LIST = "list"
    MANY = "many"
    FEW = "few"
    MAP = "map"
    CLOCK = "clock"
    REPEATED = "repeated"
    RULE = "rule"


@dataclass(frozen=True)
class Fault:
    """One place that does not fit. `about` fills the sentence; of a broken rule it names the rule."""

    path: Path
    misfit: Misfit
    about: Mapping[str, Any] = field(default_factory=dict)


Faults = list[Fault]
Check = Callable[[Any, Path, Faults], Any]


@dataclass(frozen=True)
class Key:
    """One key of a map. A key that is not needed has a default."""

    check: Check
    needed: bool = True
    default: Any = None


def optional(check: Check, default: Any = None) -> Key:
    """A key that may be absent or empty."""
    return Key(check, needed=False, default=default)


def text(most: int = _LONGEST, *, filled: bool = False) -> Check:
    """Text of at most so many characters."""

    def check(value: Any, path: Path, faults: Faults) -> Any:
        if isinstance(value, bool | list | dict) or value is None:
            return _fault(faults, path, Misfit.TEXT)
        found = str(value).replace("\r\n", "\n").strip()
        if filled and not found:
            return _fault(faults, path, Misfit.EMPTY)
        return _fault(faults, path, Misfit.LONG, most=most) if len(found) > most else found

    return check


def whole(low: int, high: int) -> Check:
    """A whole number in a closed range."""

    def check(value: Any, path: Path, faults: Faults) -> Any:
        good = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return value if good else _fault(faults, path, Misfit.WHOLE, low=low, high=high)

    return check


def number(low: float, high: float, *, step: str = "0.01") -> Check:
    """A number in a closed range, of at most two decimals; whole ones are kept as such."""

    def check(value: Any, path: Path, faults: Faults) -> Any:
        good = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
        if not good or Decimal(str(value)) % Decimal(step):
            return _fault(faults, path, Misfit.NUMBER, low=low, high=high)
        return int(value) if value == int(value) else value

    return check


def flag(value: Any, path: Path, faults: Faults) -> Any:
    """True or false."""
    return value if isinstance(value, bool) else _fault(faults, path, Misfit.FLAG)


def clock(value: Any, path: Path, faults: Faults) -> Any:
    """A time of day, `08:00`."""
    try:
        found = time.fromisoformat(value)
    except (TypeError, ValueError):
        return _fault(faults, path, Misfit.CLOCK)
    return found.isoformat("seconds" if found.second else "minutes")


def one_of(values: Collection[str]) -> Check:
    """One of a closed list of words."""

    def check(value: Any, path: Path, faults: Faults) -> Any:
        good = isinstance(value, str) and value in values
        return value if good else _fault(faults, path, Misfit.CHOICE, values=", ".join(values))

    return check


def listed(item: Check, most: int, least: int = 0) -> Check:
    """A list of things of one shape."""

    def check(value: Any, path: Path, faults: Faults) -> Any:
        if not isinstance(value, list):
            return _fault(faults, path, Misfit.LIST)
        if len(value) > most:
            return _fault(faults, path, Misfit.MANY, most=most)
        if len(value) < least:
            return _fault(faults, path, Misfit.FEW, least=least)
        return [item(each, (*path, number), faults) for number, each in enumerate(value)]

    return check


def mapped(keys: Mapping[str, Key]) -> Check:
    """A map with these keys and no others; those absent get their default."""

    def check(value: Any, path: Path, faults: Faults) -> Any:
        if not isinstance(value, dict):
            return _fault(faults, path, Misfit.MAP)
        for name in value:
            if name not in keys:
                _fault(faults, (*path, name), Misfit.UNKNOWN, known=", ".join(keys))
        found = {}
        for name, key in keys.items():
            if value.get(name) is not None:
                found[name] = key.check(value[name], (*path, name), faults)
            elif key.needed:
                _fault(faults, (*path, name), Misfit.MISSING)
            else:
                found[name] = key.default
        return found

    return check


def unlike(rows: Any, key: str, path: Path) -> Faults:
    """A fault for each row whose `key` another row had before, whatever its case."""
    seen: set[str] = set()
    faults: Faults = []
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        value = row.get(key) if isinstance(row, dict) else None
        if isinstance(value, str) and value.casefold() in seen:
            _fault(faults, (*path, number, key), Misfit.REPEATED, value=value)
        seen.add(str(value).casefold())
    return faults


def broken(path: Path, rule: str, **about: Any) -> Fault:
    """A rule that single values do not show."""
    return Fault(path, Misfit.RULE, {"rule": rule, **about})


def _fault(faults: Faults, path: Path, misfit: Misfit, **about: Any) -> None:
    faults.append(Fault(path, misfit, about))
