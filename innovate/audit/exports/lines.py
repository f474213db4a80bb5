"""Entries of the trail as sentences: who did what to which thing, and what was there before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from innovate.audit.exports.actions import ACTIONS
from innovate.audit.exports.fields import FIELDS
from innovate.audit.exports.kinds import KINDS
from innovate.audit.exports.names import Names, find_names
from innovate.audit.exports.values import is_said, pointers, say
from innovate.audit.models import AuditDetail, AuditEntry

Row = tuple[AuditEntry, AuditDetail | None]


@dataclass(frozen=True)
class Change:
    """One field; `before` or `after` is None where it was not recorded."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Line:
    """One entry. `subject` names the person it is about where that is somebody else."""

    number: int
    at: datetime
    actor: str
    sentence: str
    subject: str
    kind: str
    changes: tuple[Change, ...]
    is_erased: bool
    action: str
    values: dict[str, Any] | None


def read_lines(rows: Sequence[Row], zone: str | None = None) -> list[Line]:
    """The entries in words. As many queries as there are kinds of things in them, whatever their number."""
    names = find_names({pointer for entry, detail in rows for pointer in _pointers(entry, detail)})
    return [_line(entry, detail, names, zone) for entry, detail in rows]


def name_kinds(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Kinds of things with their words, in the order of the words."""
    named = [(code, str(KINDS.get(code, code)).capitalize()) for code in codes]
    return sorted(named, key=lambda pair: pair[1])


def _sides(detail: AuditDetail | None) -> list[dict[str, Any]]:
    values = (detail.values if detail else None) or {}
    return [values.get("before") or {}, values.get("after") or {}]


def _pointers(entry: AuditEntry, detail: AuditDetail | None) -> set[tuple[str, str]]:
    found = {(entry.object_type, entry.object_id)}
    people = (entry.actor_id, detail.subject_id if detail else None)
    found.update(("user", str(key)) for key in people if key is not None)
    for side in _sides(detail):
        for key, value in side.items():
            if is_said(entry.action, key):
                found.update(pointers(entry.action, key, value))
    return found


def _line(entry: AuditEntry, detail: AuditDetail | None, names: Names, zone: str | None) -> Line:
    subject = detail.subject_id if detail else None
    is_other = subject is not None and subject != entry.actor_id and entry.object_type != "user"
    return Line(
        number=entry.id,
        at=entry.at,
        actor=names.get(("user", str(entry.actor_id)), "") or _("Sistem"),
        sentence=say_action(entry, names),
        subject=names.get(("user", str(subject)), "") if is_other else "",
        kind=str(KINDS.get(entry.object_type, entry.object_type)),
        changes=_changes(entry.action, _sides(detail), names, zone),
        is_erased=detail is not None and detail.erased_at is not None,
        action=entry.action,
        values=detail.values if detail else None,
    )


def say_action(entry: AuditEntry, names: Names) -> str:
    """`mengajukan proposal PECI HAJI`: what was done, without who did it."""
    kind = KINDS.get(entry.object_type)
    it = names.get((entry.object_type, entry.object_id))
    if not it:
        it = _("nomor %(n)s", n=entry.object_id) if entry.object_id.isdigit() else entry.object_id
    words = ACTIONS.get(entry.action)
    if words is None:  # of a feature that is no longer installed
        return _("mengubah %(kind)s %(it)s", kind=kind or _("sesuatu"), it=it)
    return str(words).replace("%(it)s", it)


def _changes(
    action: str, sides: Sequence[dict[str, Any]], names: Names, zone: str | None
) -> tuple[Change, ...]:
    before, after = sides
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(
        Change(
            str(FIELDS.get(key) or key.replace("_", " ")),
            say(action, key, before[key], names, zone) if key in before else None,
            say(action, key, after[key], names, zone) if key in after else None,
        )
        for key in keys
        if is_said(action, key) and (before.get(key) not in _NOTHING or after.get(key) not in _NOTHING)
    )


_NOTHING: tuple[Any, ...] = (None, "", [], {})
