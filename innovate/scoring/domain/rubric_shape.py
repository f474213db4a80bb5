"""What a template says of rounds and their rubrics; `rubrics` of one kind of phase belong to its phases in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from innovate.events.domain.shapes import (
    Fault,
    Key,
    broken,
    flag,
    listed,
    mapped,
    number,
    one_of,
    optional,
    text,
    whole,
)
from innovate.scoring.domain.maturity import find_band_problem
from innovate.scoring.domain.rubric import MAX_CRITERIA, CriterionDraft, find_problems

MOST_BALLOTS = 50
_KINDS = ("judging", "final")
_LEVEL = mapped(
    {
        "value": Key(number(0, 100_000)),
        "label": optional(text(200), ""),
        "description": optional(text(2000), ""),
    }
)
_CRITERION = mapped(
    {
        "name": Key(text(120, filled=True)),
        "description": optional(text(2000), ""),
        "weight": Key(number(0.01, 100)),
        "min": optional(number(0, 100_000), 1),
        "max": optional(number(0, 100_000), 5),
        "step": optional(number(0.01, 1000), 1),
        "levels": optional(listed(_LEVEL, 50), []),
        "key": optional(text(60), ""),
    }
)
_BAND = mapped(
    {
        "name": Key(text(60, filled=True)),
        "above": optional(number(0, 100_000)),
        "from": optional(number(0, 100_000)),
    }
)
_INDEX = mapped({"name": Key(text(120, filled=True)), "bands": Key(listed(_BAND, 10, 1))})
RUBRICS = listed(
    mapped(
        {
            "phase": Key(one_of(_KINDS)),
            "ballots": optional(whole(1, MOST_BALLOTS)),
            "weight": optional(number(0, 100)),
            "takes_all": optional(flag),
            "carries": optional(flag),
            "blind": optional(flag),
            "chair_sees": optional(flag),
            "index": optional(_INDEX),
            "criteria": Key(listed(_CRITERION, MAX_CRITERIA)),
        }
    ),
    20,
)


def match_rounds(rows: Sequence[Mapping[str, Any]], kinds: Sequence[str]) -> list[Mapping[str, Any] | None]:
    """The row of each round by the kind of its phase: the nth of a kind, else the first of that kind, else None."""
    seen: Counter[str] = Counter()
    found = []
    for kind in kinds:
        same = [row for row in rows if row["phase"] == kind]
        found.append(same[seen[kind] if seen[kind] < len(same) else 0] if same else None)
        seen[kind] += 1
    return found


def review_rubrics(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Rubrics that cannot be used, or that no phase has."""
    rows = document.get("rubrics") or ()
    phases = Counter(phase["kind"] for phase in document["phases"])
    seen: Counter[str] = Counter()
    for place, row in enumerate(rows):
        seen[row["phase"]] += 1
        if seen[row["phase"]] > phases[row["phase"]]:
            yield broken(("rubrics", place, "phase"), "no_phase")
        drafts = [draft_of(criterion) for criterion in row["criteria"]]
        for index, code in find_problems(drafts) if drafts else ():
            path: tuple[str | int, ...] = ("rubrics", place, "criteria")
            yield broken((*path, index) if index >= 0 else path, f"rubric_{code}")
        if row["index"] and find_band_problem(row["index"]["bands"]):
            yield broken(("rubrics", place, "index", "bands"), "bands")


def draft_of(row: Mapping[str, Any]) -> CriterionDraft:
    """A criterion as rules take it."""
    weight, low, high, step = (Decimal(str(row[key])) for key in ("weight", "min", "max", "step"))
    return CriterionDraft(row["name"], weight, row["description"], low, high, step)
