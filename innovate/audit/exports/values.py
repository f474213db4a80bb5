"""One recorded value as people read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from innovate.audit.exports.fields import FIELDS
from innovate.audit.exports.names import Names
from innovate.audit.exports.words import WORDS
from innovate.core.web.localisation import show_number, show_short_date, show_time

# What a number in these fields is the key of.
REFERENCES = {
    "added": "idea",
    "by_hand": "idea",
    "captain_id": "user",
    "confirmed_by": "user",
    "declined_by_id": "user",
    "entries": "idea",
    "file": "idea_file",
    "from": "round",
    "group_id": "group",
    "idea": "idea",
    "juror": "user",
    "jurors": "user",
    "keyed_by": "user",
    "mentor": "user",
    "parent_id": "unit_key",
    "phase": "phase",
    "removed": "idea",
    "round": "round",
    "team": "team",
    "typist": "user",
    "unit_id": "unit_key",
    "user_id": "user",
    "user_ids": "user",
    "users": "user",
    "won": "idea",
}
KEYED = {"values": "criterion", "notes": "criterion", "notes_internal": "criterion"}  # … and their own keys
# Keys of rows and inputs of a computation: they stay in the trail and in its file, nobody reads them.
UNSAID = {
    "assignments",
    "ballot",
    "id",
    "inputs",
    "invitation_id",
    "last_step",
    "nonce",
    "pairs",
    "public_id",
    "rubric",
    "screening",
    "seat",
    "snapshot",
    "snapshot_id",
}
PRIVATE = {"nip", "phone"}  # that they changed is said, not to what
MOST = 12  # of a list
LONGEST = 300
_POINTER = re.compile(r"([a-z_]+):(\d+)")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS_OF = {
    ("assignment.bar", "reason"): "cause",
    ("dismissal.propose", "tie"): "cause",
    ("event.create", "source"): "",  # the address of the competition it was copied from
    ("idea.leaks", "answer"): "leak_answer",
}
_SAID_ALREADY = {("task.enqueue", "kind"), ("task.cancel", "kind"), ("idea.submit", "revision")}


def is_said(action: str, key: str) -> bool:
    """Whether people read this field."""
    return key not in UNSAID and (action, key) not in _SAID_ALREADY


def words_of(action: str, key: str) -> Mapping[str, Any]:
    """Words of the codes this field may hold; empty where it holds none."""
    return WORDS.get(_WORDS_OF.get((action, key), key), {})


def is_reference(action: str, key: str) -> bool:
    """Whether numbers in this field are keys. What an erasure lists are entries of the trail, not proposals."""
    return key in REFERENCES and action != "audit.erase"


def pointers(action: str, key: str, value: Any) -> Iterator[tuple[str, str]]:
    """The things a value points to: (kind, key)."""
    if key in KEYED and isinstance(value, dict):
        yield from ((KEYED[key], str(each)) for each in value)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, int) and not isinstance(each, bool) and is_reference(action, key):
            yield REFERENCES[key], str(each)
        elif isinstance(each, str) and (found := _POINTER.fullmatch(each)):
            yield found[1], found[2]


def say(action: str, key: str, value: Any, names: Names, zone: str | None) -> str:
    """The value in words of the reader's language; a text of somebody's own stays as it was written."""
    if value is None or value in ("", [], {}):
        return "–"
    if key in PRIVATE:
        return "•••"
    if isinstance(value, list):
        return _listed([say(action, key, each, names, zone) for each in value])
    if isinstance(value, dict):
        return _listed(_pairs(action, key, value, names, zone))
    return _one(action, key, value, names, zone)


def _one(action: str, key: str, value: Any, names: Names, zone: str | None) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if key == "seed":
        return str(value)
    if isinstance(value, int | float):
        pointed = (REFERENCES[key], str(value)) if is_reference(action, key) else ("", "")
        return names.get(pointed) or (_("nomor %(n)s", n=value) if pointed[0] else show_number(value))
    return _text(words_of(action, key), str(value), key, names, zone)


def _text(words: Mapping[str, Any], value: str, key: str, names: Names, zone: str | None) -> str:
    if value in words:
        return str(words[value])
    if pointer := _POINTER.fullmatch(value):
        return names.get((pointer[1], pointer[2]), value)
    if _INSTANT.fullmatch(value) and (at := _instant(value)):
        return f"{show_short_date(at, zone)} {show_time(at, zone)}"
    if _DAY.fullmatch(value) and key in {"received_on", "valid_from", "valid_until"}:
        return show_short_date(date.fromisoformat(value))
    if key in {"sha256", "stamp"} and len(value) > 24:
        return f"{value[:16]}…"
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


def _instant(value: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _pairs(action: str, key: str, value: dict[str, Any], names: Names, zone: str | None) -> Iterator[str]:
    for each, inside in value.items():
        label = names.get((KEYED[key], each), each) if key in KEYED else str(FIELDS.get(each, each))
        yield f"{label}: {say(action, each, inside, names, zone)}"


def _listed(texts: Iterable[str]) -> str:
    given = list(texts)
    rest = len(given) - MOST
    shown = ", ".join(given[:MOST])
    return _("%(names)s dan %(n)s lainnya", names=shown, n=rest) if rest > 0 else shown
