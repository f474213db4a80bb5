"""Which entries an event asks for: kinds of rules that compute themselves, with their parameters."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from innovate.events.domain.meanings import Meaning


class RuleKind(enum.StrEnum):
    """What can be asked of an entry; an event has each at most once."""

    MINIMUM_AGE = "minimum_age"
    MAXIMUM_AGE = "maximum_age"
    FORMER_WINNER = "former_winner"
    LETTERS = "letters"
    SAME_TITLE = "same_title"
    MINIMUM_WORDS = "minimum_words"
    ASN_ONLY = "asn_only"


BEGINNINGS = (
    Meaning.USE_START,
    Meaning.TRIAL_START,
)  # from which day the age of an innovation can be counted
_AGE = {"since": Meaning.USE_START.value}
DEFAULTS: dict[RuleKind, dict[str, Any]] = {
    RuleKind.MINIMUM_AGE: {**_AGE, "months": 12},
    RuleKind.MAXIMUM_AGE: {**_AGE, "months": 60},
    RuleKind.FORMER_WINNER: {"years": 2, "ranks": 1, "any_title": False, "family": True},
    RuleKind.LETTERS: {"fields": []},
    RuleKind.SAME_TITLE: {},
    RuleKind.MINIMUM_WORDS: {"least_words": 8},
    RuleKind.ASN_ONLY: {},
}
RANGES = {"months": (1, 240), "years": (1, 20), "ranks": (1, 10), "least_words": (1, 500)}


def complete_parameters(kind: RuleKind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of this kind, the usual ones where none are given; others are left out."""
    return {key: usual if given.get(key) is None else given[key] for key, usual in DEFAULTS[kind].items()}


def find_parameter_problem(kind: RuleKind, parameters: Mapping[str, Any]) -> str | None:
    """The first parameter (by name) that cannot be used, or None."""
    return next((key for key in DEFAULTS[kind] if not _is_usable(key, parameters.get(key))), None)


def _is_usable(key: str, value: Any) -> bool:
    if key in RANGES:
        least, most = RANGES[key]
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    if key == "since":
        return value in BEGINNINGS
    if key == "fields":
        return bool(value) and all(isinstance(item, str) for item in value)
    return isinstance(value, bool)


def closing_day(ends_at: datetime, zone: tzinfo) -> date:
    """The last day on which entries are taken, in the event's zone: midnight ends the day before it."""
    return (ends_at - timedelta(microseconds=1)).astimezone(zone).date()
