"""Who changed what: steps of a ballot's history put together into changes, each from what was to what is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

OPENING = "reopen"
CLOSING = frozenset({"submit", "late", "keyed"})
ALONE = frozenset({"exclude", "include", "rubric"})


@dataclass(frozen=True)
class Step:
    """One row of a ballot's history: `before` is the ballot as it was, as `Sheet.as_json` writes it."""

    id: int
    action: str
    actor: str
    reason: str
    before: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Amendment:
    """A change that counts; `step` is the row that completed it. `before` and `after` are totals, None where nothing
    was handed in or while it is `pending`. `criteria` holds key -> (before, after) of those that differ.
    """

    step: int
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
        if step.action == OPENING:
            begun = begun or step
        elif step.action in CLOSING:
            first = begun or step
            reason = first.reason or step.reason
            found.append(_change(first, after, "amend" if begun else step.action, reason, step=step.id))
            begun = None
        elif step.action in ALONE:
            found.append(_change(step, after, step.action, step.reason, step=step.id))
    if begun is not None:
        found.append(_change(begun, {}, "amend", begun.reason, step=begun.id, pending=True))
    return found


def _change(
    first: Step, after: Mapping[str, Any], action: str, reason: str, *, step: int, pending: bool = False
) -> Amendment:
    old, new = first.before.get("values", {}), after.get("values", {})
    differ = {key: (old.get(key, ""), new.get(key, "")) for key in [*old, *(k for k in new if k not in old)]}
    return Amendment(
        step=step,
        action=action,
        actor=first.actor,
        reason=reason,
        at=first.at,
        before=_counted(first.before),
        after=_counted(after),
        criteria={} if pending else {k: pair for k, pair in differ.items() if pair[0] != pair[1]},
        pending=pending,
    )


def _counted(state: Mapping[str, Any]) -> float | None:
    return state.get("total") if state.get("state") == "submitted" else None
