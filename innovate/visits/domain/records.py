"""What people type about a visit: a plan before it, findings on the spot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from innovate.visits.domain.states import Verdict, VisitEffect


@dataclass(frozen=True)
class Plan:
    """When and where, who goes (public ids, the first leads), and what the team should have at hand."""

    starts_at: datetime
    ends_at: datetime
    place: str
    visitors: Sequence[str]
    message: str = ""


@dataclass(frozen=True)
class Findings:
    """What a visitor typed. `answers` by the public id of a point; `version`: of what they had before them."""

    version: int
    answers: Mapping[str, tuple[Verdict | None, str]] = field(default_factory=dict)
    findings: str = ""
    conclusion: str = ""
    effect: VisitEffect = VisitEffect.NONE
    jury_note: str = ""
