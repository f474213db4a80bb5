"""A draw as plain values, to be kept between its preview and its application."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from innovate.scoring.domain.assignment.places import Draw, DrawInputs, DrawnPair, Gap, Hard, Why

_FIGURES = (
    "mean_affinity",
    "components",
    "efficiency",
    "conflict_violations",
    "wanted",
    "capacity_gap",
)


def fingerprint(inputs: DrawInputs) -> str:
    """Short name of the inputs: what was previewed is what is applied, or nothing."""
    text = json.dumps(inputs.as_json(), separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def draw_as_json(draw: Draw) -> dict[str, Any]:
    """The draw as lists and numbers."""
    return {
        "panel": [[pair.idea_id, pair.juror_id, *pair.why] for pair in draw.panel],
        "loads": list(map(list, draw.loads.items())),
        "hard": [[hard.idea_id, hard.short, hard.reason, hard.free] for hard in draw.hard],
        **{name: getattr(draw, name) for name in _FIGURES},
    }


def draw_from_json(values: Mapping[str, Any]) -> Draw:
    """What `draw_as_json` wrote."""
    return Draw(
        panel=tuple(DrawnPair(idea, juror, tuple(map(Why, why))) for idea, juror, *why in values["panel"]),
        loads=dict(values["loads"]),
        hard=tuple(Hard(idea, short, Gap(reason), free) for idea, short, reason, free in values["hard"]),
        **{name: values[name] for name in _FIGURES},
    )
