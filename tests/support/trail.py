"""Whatever a test lets the product record must have words: the action, its fields, and values that are codes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from innovate.audit.exports.actions import ACTIONS
from innovate.audit.exports.fields import FIELDS
from innovate.audit.exports.kinds import KINDS
from innovate.audit.exports.values import is_said, words_of
from innovate.audit.models import AuditDetail, AuditEntry

EXAMPLES = {"x.y"}  # of tests about the chain itself


def find_wordless(action: str, values: dict[str, Any]) -> list[str]:
    """Fields without a label, and codes without a word."""
    sides = [values.get("before") or {}, values.get("after") or {}]
    pairs = [(key, value) for side in sides for key, value in side.items() if is_said(action, key)]
    found = [key for key, _value in pairs if key not in FIELDS]
    return found + [
        f"{key}={value}"
        for key, value in pairs
        if (words := words_of(action, key)) and isinstance(value, str) and value and value not in words
    ]


def watch() -> None:
    """From now on a record without words fails where it is written."""
    event.listen(AuditEntry, "before_insert", _check_entry)
    event.listen(AuditDetail, "before_insert", _check_detail)


_actions: dict[int, str] = {}


def _check_entry(_mapper: Any, _connection: Any, entry: AuditEntry) -> None:
    _actions[entry.id] = entry.action
    if entry.action in EXAMPLES:
        return
    assert entry.action in ACTIONS, f"{entry.action} has no words in innovate/audit/exports/actions.py"
    assert entry.object_type in KINDS, (
        f"{entry.object_type} has no words in innovate/audit/exports/actions.py"
    )


def _check_detail(_mapper: Any, _connection: Any, detail: AuditDetail) -> None:
    action = _actions[detail.entry_id]
    if action not in EXAMPLES:
        wordless = find_wordless(action, detail.values or {})
        assert not wordless, f"{wordless} have no words in innovate/audit/exports"
