"""Who changed what: steps of a ballot's history put together into changes, each from what was to what is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_OPENING = "reopen"
_CLOSING = frozenset({"submit", "late"})
_ALONE = frozenset({"late", "exclude", "include", "rubric"})


@dataclass(frozen=True)
class Step:
    """One row of a ballot's history: `before` is the ballot as it was, as `Sheet.as_json` writes it."""

    action: str
    actor: str
    reason: str
    before: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Amendment:
    """A change that counts. `before` and `after` are totals, None where nothing was handed in; `after_values` is None
    while the juror has not handed in again. `criteria` holds key -> (before, after) of those that differ.
    """

    action: str
    actor: str
    reason: str
    at: datetime
    before: float | None
    after: float | None
    criteria: dict[str, tuple[str, str]] = field(default_factory=dict)
    pending: bool = False


def put_together(steps: Sequence[Step], current: Mapping[str, Any]) -> list[Amendment]:
    """The changes in one ballot's steps (oldest first); `current` is the ballot as it is now."""
    states = [*(step.before for step in steps[1:]), current]
    found = []
    begun: Step | None = None
    for step, after in zip(steps, states, strict=True):
        if step.action == _OPENING:
            begun = begun or step
        elif step.action in _CLOSING:
            first = begun or step
            reason = first.reason or step.reason
            found.append(_change(first, after, "amend" if begun else step.action, reason))
            begun = None
        elif step.action in _ALONE:
            found.append(_change(step, after, step.action, step.reason))
    if begun is not None:
        found.append(_change(begun, {}, "amend", begun.reason, pending=True))
    return found


def _change(
    step: Step, after: Mapping[str, Any], action: str, reason: str, *, pending: bool = False
) -> Amendment:
    old, new = step.before.get("values", {}), after.get("values", {})
    differ = {key: (old.get(key, ""), new.get(key, "")) for key in [*old, *(k for k in new if k not in old)]}
    return Amendment(
        action=action,
        actor=step.actor,
        reason=reason,
        at=step.at,
        before=_counted(step.before),
        after=_counted(after),
        criteria={} if pending else {k: pair for k, pair in differ.items() if pair[0] != pair[1]},
        pending=pending,
    )


def _counted(state: Mapping[str, Any]) -> float | None:
    return state.get("total") if state.get("state") == "submitted" else None
