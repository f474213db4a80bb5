"""The data-protection impact record (DPIA): its sections, and risks as likelihood times impact."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SECTIONS = ("data", "subjects", "basis", "purposes", "recipients", "retention", "opinion")
MOST_RISKS = 12
LONGEST = 5000
SCALE = range(1, 6)


class Grade(enum.StrEnum):
    """How grave a risk is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Risk:
    """One risk to the people concerned; likelihood and impact from 1 to 5."""

    what: str
    likelihood: int
    impact: int
    measures: str = ""

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact

    @property
    def grade(self) -> Grade:
        """Up to 5 is low, up to 12 medium."""
        return Grade.LOW if self.score <= 5 else Grade.MEDIUM if self.score <= 12 else Grade.HIGH


@dataclass(frozen=True)
class Impact:
    """What a record says."""

    texts: Mapping[str, str]
    risks: tuple[Risk, ...]

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        risks = [[risk.what, risk.likelihood, risk.impact, risk.measures] for risk in self.risks]
        return {"texts": {key: self.texts.get(key, "") for key in SECTIONS}, "risks": risks}


def read_impact(kept: Mapping[str, Any]) -> Impact:
    """A record as it was kept."""
    return Impact(dict(kept["texts"]), tuple(Risk(*row) for row in kept["risks"]))


def find_gap(impact: Impact) -> str | None:
    """What is missing before it can be signed: a section's key, `risks`, or `measures` of a risk that is not low."""
    empty = next((key for key in SECTIONS if not impact.texts.get(key, "").strip()), None)
    if empty is not None:
        return empty
    if not impact.risks:
        return "risks"
    bare = any(not risk.measures.strip() for risk in impact.risks if risk.grade is not Grade.LOW)
    return "measures" if bare else None


def digest(kept: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of what is signed."""
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
