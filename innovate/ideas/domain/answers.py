"""What people type into an entry form: kept as typed, read by the kind of its field, judged without being lost."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

from innovate.events.domain.kinds import FieldKind

Value: TypeAlias = str | list[str]

SHORT_MAX = 300
LONG_MAX = 30_000
LINK_MAX = 500
# Everything below a space except tab and line feed, DEL, and halves of surrogate pairs, which no database stores.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?|[+-]?\d+(\.\d+)?", re.ASCII)


class Field(Protocol):
    """What a rule must know of a field of the form."""

    key: str
    label: str
    kind: FieldKind
    required: bool
    word_limit: int | None
    options: dict[str, Any]


class FaultKind(enum.StrEnum):
    """What can be wrong with an answer."""

    WORDS = "words"  # more words than allowed
    FEW = "few"  # fewer words than asked for
    LENGTH = "length"  # more characters than can be kept
    NUMBER = "number"
    DATE = "date"
    LINK = "link"
    CHOICE = "choice"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an answer; `by` says by how much, where that means something."""

    kind: FaultKind
    by: int = 0


def clean_text(raw: str, *, lines: bool = True) -> str:
    """The text without what cannot be stored or shown; on one line unless `lines`."""
    text = _UNWANTED.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        text = " ".join(text.split())
    return text.strip()


def read_value(field: Field, raw: Sequence[str]) -> Value:
    """The answer of a field out of the strings a form sent for it."""
    if field.kind is FieldKind.SEVERAL:
        chosen = {clean_text(item, lines=False) for item in raw}
        listed = choices_of(field)
        return [item for item in listed if item in chosen] + sorted(chosen - set(listed) - {""})
    return clean_text(raw[0] if raw else "", lines=field.kind is FieldKind.LONG)


def choices_of(field: Field) -> list[str]:
    """What may be chosen in a choice or several field."""
    return [str(choice) for choice in field.options.get("choices", [])]


def max_files_of(field: Field) -> int:
    """How many files a file field takes."""
    return int(field.options.get("max_files") or 1)


def accepted_of(field: Field) -> frozenset[str]:
    """File extensions the field takes; empty: all that the house takes."""
    return frozenset(str(item).lower().lstrip(".") for item in field.options.get("accept") or ())


def count_words(value: Any) -> int:
    """Words as people count them: runs of characters between white space."""
    return len(value.split()) if isinstance(value, str) else 0


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    return not value or (isinstance(value, str) and not value.strip())


def find_fault(field: Field, value: Any) -> Fault | None:
    """What is wrong with an answer that is given, None if nothing is."""
    if is_empty(value):
        return None
    limit = max_length(field.kind)
    if isinstance(value, str) and len(value) > limit:
        return Fault(FaultKind.LENGTH, len(value) - limit)
    if field.kind in {FieldKind.SHORT, FieldKind.LONG}:
        return _find_word_fault(field, value)
    return _FAULTS.get(field.kind, _no_fault)(field, value)


def _find_word_fault(field: Field, value: Any) -> Fault | None:
    words = count_words(value)
    if field.word_limit and words > field.word_limit:
        return Fault(FaultKind.WORDS, words - field.word_limit)
    missing = word_least_of(field) - words
    return Fault(FaultKind.FEW, missing) if missing > 0 else None


def word_least_of(field: Field) -> int:
    """How many words an answer must have at least, 0 if as few as one likes."""
    return int(field.options.get("word_least") or 0)


def max_length(kind: FieldKind) -> int:
    """How many characters are kept of a text of this kind."""
    return {FieldKind.LONG: LONG_MAX, FieldKind.LINK: LINK_MAX, FieldKind.VIDEO: LINK_MAX}.get(
        kind, SHORT_MAX
    )


def read_number(value: str) -> Decimal | None:
    """A number as Indonesians write it (`1.234.567,5`), or with a decimal point where that is unambiguous."""
    if len(value) > 30 or not _NUMBER.fullmatch(value):
        return None
    grouped = re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", value)
    plain = value.replace(".", "").replace(",", ".") if grouped or "," in value else value
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def read_date(value: str) -> date | None:
    """A day in ISO form, as browsers send it, or None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def is_link(value: str) -> bool:
    """Whether the text is a complete address of the web."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host and not re.search(r'[\s<>"\\]', value)


def _number_fault(_field: Field, value: Any) -> Fault | None:
    return None if read_number(str(value)) is not None else Fault(FaultKind.NUMBER)


def _date_fault(_field: Field, value: Any) -> Fault | None:
    return None if read_date(str(value)) else Fault(FaultKind.DATE)


def _link_fault(_field: Field, value: Any) -> Fault | None:
    return None if is_link(str(value)) else Fault(FaultKind.LINK)


def _choice_fault(field: Field, value: Any) -> Fault | None:
    given = set(value) if isinstance(value, list) else {value}
    return Fault(FaultKind.CHOICE) if given - set(choices_of(field)) else None


def _no_fault(_field: Field, _value: Any) -> Fault | None:
    return None


_FAULTS = {
    FieldKind.NUMBER: _number_fault,
    FieldKind.DATE: _date_fault,
    FieldKind.LINK: _link_fault,
    FieldKind.VIDEO: _link_fault,
    FieldKind.CHOICE: _choice_fault,
    FieldKind.SEVERAL: _choice_fault,
}


def answers_equal(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two sets of answers say the same; an empty answer equals a missing one."""
    keys = set(one) | set(other)
    return all((one.get(key) or "") == (other.get(key) or "") for key in keys)
